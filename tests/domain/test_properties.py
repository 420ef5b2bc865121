"""What is true of every table, whatever was played."""

from hypothesis import given, settings
from hypothesis import strategies as st

from timely.domain.outcomes import Outcome
from timely.domain.rules import Rules, read_rules
from timely.domain.standing import Standing
from timely.domain.standings import standings
from timely.domain.tiebreakers import RESTARTS, TIEBREAKERS

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
    tiebreakers=st.lists(st.sampled_from(CRITERIA), min_size=1, max_size=6, unique=True).map(tuple),
    head_to_head_restart=st.sampled_from(RESTARTS),
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
