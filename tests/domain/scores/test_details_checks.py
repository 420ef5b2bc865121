"""Games played out by the rules give possible scores, in every sport; spoilt ones are refused."""

from copy import deepcopy
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.domain.plays import PLAYS, Game, cricket, legs
from timely.domain.errors import ValidationError
from timely.domain.rulebooks import RULEBOOKS, rules_for
from timely.domain.rules.rules import Rules, read_rules
from timely.domain.scores.overs import balls
from timely.domain.scores.score import check_score, known_extra, walkover_score
from timely.domain.sports import SPORTS
from timely.domain.standings.explanation import explain
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standings import standings

SET_SPORTS = [key for key, sport in SPORTS.items() if sport.form == "sets"]
CHANCES = st.integers(0, 2**32).map(Random)


def check(sport: str, game: Game, rules: Rules | None = None, **given_also: object) -> None:
    check_score(*game.score, game.extra, rules or rules_for(sport), SPORTS[sport], **given_also)


def refused(sport: str, game: Game, rules: Rules | None = None) -> str:
    """The path of what is wrong."""
    with pytest.raises(ValidationError) as caught:
        check(sport, game, rules)
    return caught.value.path


@pytest.mark.parametrize("sport", SPORTS)
@settings(max_examples=60, deadline=None)
@given(chance=CHANCES)
def test_what_was_played_is_possible_from_both_sides(sport, chance):
    game = PLAYS[sport](chance)
    check(sport, game)
    assert known_extra(game.extra, SPORTS[sport], rules_for(sport)) == (game.extra, [])
    check(sport, turned(game))


def turned(game: Game) -> Game:
    extra = deepcopy(game.extra)
    for key in ("sets", "periods", "tie_breaks"):
        if key in extra:
            extra[key] = [pair[::-1] if pair else None for pair in extra[key]]
    for key in ("innings", "tries"):
        if key in extra:
            extra[key] = {"home": extra[key]["away"], "away": extra[key]["home"]}
    return Game(game.away, game.home, extra)


@pytest.mark.parametrize("sport", SPORTS)
@settings(max_examples=15, deadline=None)
@given(chance=CHANCES)
def test_a_league_of_possible_scores_has_a_table(sport, chance):
    teams = [f"Team {number}" for number in range(5)]
    games = [(one, other) for one in teams for other in teams if one != other]
    outcomes = []
    for one, other in games:
        game = PLAYS[sport](chance)
        outcomes.append(Outcome(one, other, *game.score, game.extra))
    for rules in {id(book.rules): book.rules for book in RULEBOOKS.values() if sport in book.sports}.values():
        table = standings(teams, outcomes, rules)
        assert sorted(line.team for line in table) == teams
        assert sum(line.played for line in table) == 2 * len(games)
        assert sum(line.goal_difference for line in table) == 0
        assert set(explain(teams, outcomes, rules)) == set(teams)


@pytest.mark.parametrize("sport", SET_SPORTS)
@settings(max_examples=60, deadline=None)
@given(chance=CHANCES, data=st.data())
def test_a_spoilt_set_is_refused(sport, chance, data):
    game = PLAYS[sport](chance)
    number = data.draw(st.integers(0, len(game.extra["sets"]) - 1))
    points = game.extra["sets"][number]
    points[points[0] < points[1]] += data.draw(st.sampled_from((-1, 1)))  # of whoever won it
    assert refused(sport, game).startswith(f"extra.sets[{number}]")


@pytest.mark.parametrize("sport", SET_SPORTS)
@settings(max_examples=30, deadline=None)
@given(chance=CHANCES)
def test_a_set_too_many_or_too_few_is_refused(sport, chance):
    game = PLAYS[sport](chance)
    game.extra.pop("tie_breaks", None)
    told = game.extra["sets"]
    if told[:-1]:
        assert refused(sport, Game(*game.score, {"sets": told[:-1]})) == "extra.sets"
    # One more, which the loser won: the score and the sets agree, and yet the game was over.
    loser = 1 if game.home > game.away else 0
    extra_set = told[-1] if (told[-1][0] < told[-1][1]) == bool(loser) else told[-1][::-1]
    longer = Game(game.home + (loser == 0), game.away + (loser == 1), {"sets": [*told, extra_set]})
    assert refused(sport, longer) in {"home_score", "extra.sets", f"extra.sets[{len(told)}]"}


@settings(max_examples=60, deadline=None)
@given(chance=CHANCES, tie_break=st.tuples(st.integers(0, 20), st.integers(0, 20)))
def test_a_tie_break_belongs_to_its_set(chance, tie_break):
    home, away = tie_break
    can_be = max(home, away) >= 7 and abs(home - away) >= 2 and (max(home, away) == 7 or abs(home - away) == 2)
    game = Game(2, 0, {"sets": [[7, 6], [6, 4]], "tie_breaks": [[home, away]]})
    if can_be and home > away:
        check("tennis", game)
    else:
        assert refused("tennis", game) == "extra.tie_breaks[0]"
    game.extra["tie_breaks"] = [[7, 5], [7, 5]]
    assert refused("tennis", game) == "extra.tie_breaks[1]"


@settings(max_examples=100, deadline=None)
@given(chance=CHANCES, spoil=st.sampled_from(("runs", "wickets", "balls", "overs", "all_out", "missing", "cut")))
def test_a_spoilt_innings_is_refused(chance, spoil):
    game = cricket(chance)
    innings = game.extra["innings"]
    side = innings["home"]
    if spoil == "runs":
        side["runs"] += 1
    elif spoil == "wickets":
        side["wickets"] = 11
    elif spoil == "balls":
        side["overs"] = "19.6"
    elif spoil == "overs":
        side["overs"] = "20.1"
    elif spoil == "all_out":
        side |= {"wickets": 10, "all_out": False}
    elif spoil == "missing":
        del innings["home"]
    else:  # it neither won nor ended
        assume(game.home <= game.away)
        side |= {"wickets": min(side["wickets"], 9), "overs": "4.5"}
        side.pop("all_out", None)
    assert refused("cricket", game).startswith("extra.innings.home")


def test_rain_gives_a_quota_of_its_own():
    home = {"runs": 80, "wickets": 4, "overs": "10"}
    away = {"runs": 70, "wickets": 5, "overs": "10"}
    game = Game(80, 70, {"innings": {"home": home, "away": away}})
    assert refused("cricket", game) == "extra.innings.away.overs"
    check("cricket", Game(80, 70, {"innings": {"home": home, "away": away, "quota": "10"}}))
    check("cricket", Game(80, 70, {"innings": {"home": home, "away": {**away, "quota": 10}}}))
    assert balls("10") == 60


@settings(max_examples=60, deadline=None)
@given(chance=CHANCES, sport=st.sampled_from(("basketball", "netball", "ice_hockey", "floorball", "handball")))
def test_periods_that_do_not_make_the_score_are_refused(chance, sport):
    game = PLAYS[sport](chance)
    chance.choice(game.extra["periods"])[chance.randrange(2)] += 1
    assert refused(sport, game) == "extra.periods"


@settings(max_examples=60, deadline=None)
@given(chance=CHANCES)
def test_nobody_plays_overtime_after_a_decided_game(chance):
    game = PLAYS["basketball"](chance)
    assume(len(game.extra["periods"]) == 4)
    home = 1 if game.home > game.away else 0
    longer = Game(game.home + home, game.away + 1 - home, {"periods": [*game.extra["periods"], [home, 1 - home]]})
    assert refused("basketball", longer) == "extra.periods[4]"


@pytest.mark.parametrize("sport", ["ice_hockey", "floorball"])
@pytest.mark.parametrize("late", ["overtime", "shootout"])
def test_the_first_goal_ends_it(sport, late):
    check(sport, Game(3, 2, {late: True}))
    assert refused(sport, Game(4, 2, {late: True})) == f"extra.{late}"
    told = [[1, 1], [0, 0], [1, 1], [1, 0]]
    check(sport, Game(3, 2, {late: True, "periods": told}))
    assert refused(sport, Game(3, 2, {"periods": told})) == "extra.periods[3]"


def test_every_score_of_rugby_that_can_be_made_and_no_other():
    """By adding tries, conversions and kicks up to 60 points."""
    made = {(0, 0)}
    for _ in range(20):
        made |= {(points + more, tries + t) for points, tries in made for more, t in ((5, 1), (7, 1), (3, 0))}
        made = {(points, tries) for points, tries in made if points <= 60}
    for points in range(61):
        for tries in range(20):
            game = Game(points, 0, {"tries": {"home": tries, "away": 0}})
            if (points, tries) in made or points == tries:
                check("rugby_union", game)
            else:
                assert refused("rugby_union", game) == "extra.tries.home"
        game = Game(points, 0)
        if any(points == one for one, _ in made):
            check("rugby_sevens", game)
        else:
            assert refused("rugby_sevens", game) == "home_score"


@pytest.mark.parametrize("home", range(4))
@pytest.mark.parametrize("away", range(4))
def test_a_game_of_chess_shares_out_one_point(home, away):
    if home + away == 2:
        check("chess", Game(home, away))
    else:
        assert refused("chess", Game(home, away)) == "home_score"
    four_boards = read_rules({"sets": {"best_of": 4}})
    check("chess", Game(5, 3), four_boards)
    check("chess", Game(4, 4), four_boards)
    assert refused("chess", Game(home, away), four_boards) == "home_score"


@settings(max_examples=60, deadline=None)
@given(chance=CHANCES)
def test_legs_of_a_known_number(chance):
    game = legs(chance)
    rules = read_rules({"sets": {"best_of": 2 * max(game.score) - 1}})
    check("darts", game, rules)
    won_by_home = game.home > game.away
    assert refused("darts", Game(game.home + won_by_home, game.away + (not won_by_home)), rules) == "home_score"
    assert refused("darts", Game(max(game.score) - 1, 0), rules) == "home_score"
    check("darts", Game(6, 6), read_rules({"sets": {"best_of": 12}}))
    assert refused("darts", Game(5, 5), read_rules({"sets": {"best_of": 12}})) == "home_score"


@pytest.mark.parametrize(("home", "away"), [(16, 13), (18, 16), (17, 14), (20, 3)])
def test_a_game_of_ultimate_ends_at_its_total(home, away):
    assert refused("ultimate", Game(home, away)) == "home_score"
    check("ultimate", Game(home, away), read_rules({"sets": {"to": 30}}, base=rules_for("ultimate")))


@pytest.mark.parametrize("sport", SPORTS)
@pytest.mark.parametrize("best_of", [None, 1, 3, 5])
def test_a_walkover_is_always_a_possible_score(sport, best_of):
    usual = rules_for(sport)
    rules = read_rules({"sets": {"best_of": best_of}}, base=usual) if best_of and not usual.by_sets else usual
    won, lost = walkover_score(SPORTS[sport], rules)
    assert won > lost
    check(sport, Game(won, lost), rules)
    check(sport, Game(lost, won), rules)
    if sport == "darts" and best_of:
        assert won == best_of // 2 + 1


@pytest.mark.parametrize("sport", SET_SPORTS)
@pytest.mark.parametrize("running", [False, True])
@pytest.mark.parametrize(("home", "away"), [(4, 1), (1, 4), (3, 3), (5, 0)])
def test_more_sets_than_a_best_of_five_has_are_refused_at_any_moment(sport, running, home, away):
    rules = read_rules({"sets": {"best_of": 5}, "scoring": "sets"}, base=rules_for("table_tennis"))
    with pytest.raises(ValidationError):
        check(sport, Game(home, away), rules, running=running)


@pytest.mark.parametrize(("home", "away"), [(0, 0), (2, 2), (3, 2), (3, 0), (1, 0)])
def test_a_running_score_of_a_best_of_five_is_possible(home, away):
    rules = read_rules({"sets": {"best_of": 5}}, base=rules_for("table_tennis"))
    check("table_tennis", Game(home, away), rules, running=True)
