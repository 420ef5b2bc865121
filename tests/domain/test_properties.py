"""Properties of every table, for random results."""

from hypothesis import given, settings
from hypothesis import strategies as st

from timely.domain.rules.rules import Rules, read_rules
from timely.domain.rules.tiebreakers import RESTARTS, TIEBREAKERS, by_hand
from timely.domain.rules.withdrawals import WAYS, Game, Withdrawal, withdrawal_outcomes
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standing import Standing
from timely.domain.standings.standings import standings

TEAMS = ["Ash", "Birch", "Cedar", "Dill", "Elm"]
CRITERIA = [name for name in TIEBREAKERS if name != "group_position"]

games = st.lists(
    st.tuples(st.sampled_from(TEAMS), st.sampled_from(TEAMS), st.integers(0, 3), st.integers(0, 3)).filter(
        lambda game: game[0] != game[1]
    ),
    max_size=14,
)
rules = st.builds(
    Rules,
    overtime_win=st.none() | st.just(2),
    walkover_win=st.none() | st.just(5),
    forfeit=st.none() | st.just(-1),
    tiebreakers=st.lists(st.sampled_from(CRITERIA), min_size=1, max_size=6, unique=True).map(tuple),
    tiebreakers_while_running=st.none() | st.just(("wins", "goals_for")),
    head_to_head_restart=st.sampled_from(RESTARTS),
    walkover=st.none() | st.just((3, 0)),
    withdrawal=st.builds(Withdrawal, st.sampled_from(["keep", "award"]), st.integers(0, 100)),
    overs=st.none() | st.integers(1, 100),
)
lots = st.permutations(TEAMS).map(lambda order: {"drawing_of_lots": order})


def table_of(played, rules: Rules, manual_order, teams=TEAMS) -> list[Standing]:
    return standings(teams, [Outcome(*game) for game in played], rules, manual_order=manual_order)


def told(line: Standing) -> tuple[object, ...]:
    return (
        line.position,
        line.tied,
        line.played,
        line.points,
        line.goal_difference,
        line.goals_for,
        line.wins,
    )


@settings(deadline=None)
@given(games, rules, lots, st.permutations(TEAMS), st.permutations(TEAMS), st.randoms())
def test_neither_names_nor_the_order_of_anything_matter(played, rules, manual_order, order, aliases, dice):
    alias = dict(zip(TEAMS, aliases, strict=True))
    renamed = [(alias[home], alias[away], h, a) for home, away, h, a in played]
    dice.shuffle(renamed)
    lots_renamed = {name: [alias[team] for team in teams] for name, teams in manual_order.items()}
    plain = {alias[str(line.team)]: told(line) for line in table_of(played, rules, manual_order)}
    shuffled = {line.team: told(line) for line in table_of(renamed, rules, lots_renamed, order)}
    assert plain == shuffled


@settings(deadline=None)
@given(games, rules, lots)
def test_figures_add_up(played, rules, manual_order):
    table = table_of(played, rules, manual_order)
    assert sorted(str(line.team) for line in table) == TEAMS
    assert sum(line.goals_for for line in table) == sum(line.goals_against for line in table)
    assert sum(line.played for line in table) == 2 * len(played)
    drawn = sum(1 for _, _, home, away in played if home == away)
    assert sum(line.points for line in table) == 3 * (len(played) - drawn) + 2 * drawn
    for line in table:
        assert line.played == line.won + line.drawn + line.lost
        assert len(line.form) == min(line.played, 5)


@settings(deadline=None)
@given(games, rules, lots)
def test_positions_skip_what_is_shared(played, rules, manual_order):
    table = table_of(played, rules, manual_order)
    for number, line in enumerate(table):
        sharing = [other for other in table if other.position == line.position]
        assert line.tied == (len(sharing) > 1)
        ahead = [other for other in table if other.position < line.position]
        assert line.position == len(ahead) + 1 <= number + 1


@settings(deadline=None)
@given(games, rules)
def test_a_lot_for_all_leaves_nobody_tied(played, rules):
    decided = Rules(
        tiebreakers=(*(name for name in rules.tiebreakers if name != "drawing_of_lots"), "drawing_of_lots"),
        head_to_head_restart=rules.head_to_head_restart,
    )
    table = table_of(played, decided, {"drawing_of_lots": TEAMS})
    assert [line.position for line in table] == [1, 2, 3, 4, 5]


@settings(deadline=None)
@given(games, lots)
def test_the_first_criterion_is_never_overruled(played, manual_order):
    table = table_of(played, Rules(tiebreakers=("points", "head_to_head_points", "wins")), manual_order)
    assert [line.points for line in table] == sorted((line.points for line in table), reverse=True)


@given(rules)
def test_rules_survive_the_file(rules):
    assert read_rules(rules.as_dict()) == rules


forfeits = st.lists(st.sampled_from(["", "", "home", "away", "both"]), min_size=14, max_size=14)


@settings(deadline=None)
@given(games, rules, forfeits)
def test_points_add_up_with_those_who_did_not_appear(played, rules, absent):
    outcomes = [Outcome(*game, forfeit=side) for game, side in zip(played, absent, strict=False)]
    table = standings(TEAMS, outcomes, rules)
    win = 3 if rules.walkover_win is None else rules.walkover_win
    loss = 0 if rules.forfeit is None else rules.forfeit
    expected = 0
    for game in outcomes:
        if game.forfeit:
            expected += 2 * loss if game.forfeit == "both" else win + loss
        else:
            expected += 2 if game.home_score == game.away_score else 3
    assert sum(line.points for line in table) == expected
    assert sum(line.played for line in table) == 2 * len(outcomes)
    for line in table:
        assert line.played == line.won + line.drawn + line.lost


@settings(deadline=None)
@given(games, rules, lots)
def test_a_table_may_end_otherwise_but_its_figures_do_not(played, rules, manual_order):
    outcomes = [Outcome(*game) for game in played]
    running = standings(TEAMS, outcomes, rules, manual_order=manual_order, complete=False)
    over = standings(TEAMS, outcomes, rules, manual_order=manual_order)
    assert {line.team: told(line)[2:] for line in running} == {line.team: told(line)[2:] for line in over}
    if rules.tiebreakers_while_running is None:
        assert running == over


@given(
    st.lists(st.tuples(st.sampled_from(TEAMS), st.sampled_from(TEAMS), st.booleans()), max_size=20),
    st.sampled_from(WAYS),
    st.integers(0, 100),
)
def test_a_withdrawal_leaves_no_game_open_and_touches_no_other(plan, then, share):
    planned = [Game(number, *game) for number, game in enumerate(plan) if game[0] != game[1]]
    found = withdrawal_outcomes("Ash", planned, Withdrawal(then, share), (3, 0))
    assert set(found) == {game.key for game in planned if "Ash" in (game.home, game.away)}
    for game in planned:
        fate = found.get(game.key)
        if fate is None:
            continue
        assert (fate.what in ("stands", "annulled")) == game.played
        if fate.what == "awarded":
            winner = game.home if fate.home_score > fate.away_score else game.away
            assert winner != "Ash"
            assert fate.forfeit == ("away" if winner == game.home else "home")
    assert not {"stands", "awarded"} & {fate.what for fate in found.values()} or then != "annul"


@settings(deadline=None)
@given(games, st.sampled_from(list(by_hand())), st.permutations(TEAMS))
def test_whatever_is_decided_by_hand_is_decided(played, criterion, listed):
    rules = Rules(tiebreakers=("points", criterion))
    table = table_of(played, rules, {criterion: listed})
    assert not any(line.tied for line in table)
    assert [line.points for line in table] == sorted((line.points for line in table), reverse=True)
