"""Net run rate: runs over overs, a side that is all out held to have faced them all."""

from fractions import Fraction

import pytest

from tests.domain.leagues import line_of, places
from timely.domain.rulebooks import RULEBOOKS
from timely.domain.rules.rules import Rules
from timely.domain.scores.overs import balls, overs_text
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standings import standings

TWENTY = RULEBOOKS["cricket-club"].rules


def innings(runs, overs, *, wickets=5, **more):
    return {"runs": runs, "wickets": wickets, "overs": overs, **more}


def game(home, away, first, second, **extra):
    return Outcome(home, away, first["runs"], second["runs"], {"innings": {"home": first, "away": second}, **extra})


@pytest.mark.parametrize(
    ("overs", "count"), [("20", 120), ("19.3", 117), (19.3, 117), (20, 120), ("0.5", 5), ("19.6", None), ("", None)]
)
def test_overs_are_written_with_balls(overs, count):
    assert balls(overs) == count


@pytest.mark.parametrize("overs", [None, True, "twenty", "19.33", "-1", [20], "1000"])
def test_what_is_no_overs(overs):
    assert balls(overs) is None


@pytest.mark.parametrize(("count", "text"), [(117, "19.3"), (120, "20"), (5, "0.5"), (0, "0")])
def test_balls_as_overs(count, text):
    assert overs_text(count) == text


def test_runs_and_balls_of_both_sides():
    lines = standings(["Ash", "Birch"], [game("Ash", "Birch", innings(150, "20"), innings(120, "20"))], TWENTY)
    ash, birch = lines
    assert (ash.runs_for, ash.runs_against, ash.balls_faced, ash.balls_bowled) == (150, 120, 120, 120)
    assert ash.net_run_rate == Fraction(150, 20) - Fraction(120, 20) == -birch.net_run_rate


def test_a_side_all_out_has_faced_all_its_overs():
    # Ash wins in 15 overs and 3 balls; Birch was all out in 18.
    chased = game("Ash", "Birch", innings(101, "15.3"), innings(100, "18", wickets=10))
    ash = line_of(standings(["Ash", "Birch"], [chased], TWENTY), "Ash")
    assert (ash.balls_faced, ash.balls_bowled) == (93, 120)
    assert ash.net_run_rate == Fraction(101 * 6, 93) - Fraction(100, 20)


def test_the_overs_it_was_entitled_to_may_be_fewer():
    shortened = game("Ash", "Birch", innings(80, "10"), innings(70, "8", all_out=True, quota="10"))
    assert line_of(standings(["Ash", "Birch"], [shortened], TWENTY), "Ash").balls_bowled == 60


def test_without_a_quota_the_longer_innings_stands_for_it():
    chased = game("Ash", "Birch", innings(101, "15.3"), innings(100, "18", all_out=True))
    ash = line_of(standings(["Ash", "Birch"], [chased], Rules(tiebreakers=("points", "net_run_rate"))), "Ash")
    assert ash.balls_bowled == 108


def test_a_game_without_a_result_does_not_count_for_it():
    lost_to_rain = Outcome("Ash", "Birch", 0, 0, {"innings": {"home": innings(30, "4")}, "cancelled": True})
    ash, birch = standings(["Ash", "Birch"], [lost_to_rain], TWENTY)
    assert (ash.points, birch.points, ash.net_run_rate, ash.balls_faced) == (1, 1, 0, 0)


def test_it_separates_level_teams_exactly():
    games = [
        game("Ash", "Cedar", innings(151, "20"), innings(150, "20")),
        game("Birch", "Cedar", innings(150, "19.5"), innings(149, "20")),
    ]
    lines = standings(["Ash", "Birch", "Cedar"], games, TWENTY)
    assert places(lines) == [(1, "Birch"), (2, "Ash"), (3, "Cedar")]


def test_half_told_innings_do_no_harm():
    told = Outcome("Ash", "Birch", 1, 0, {"innings": {"home": {"runs": 1}, "away": None}})
    assert line_of(standings(["Ash", "Birch"], [told], TWENTY), "Ash").net_run_rate == 0
