"""Innings: what a side can have made, what ends it, and which side may have stopped early."""

import pytest

from timely.domain.errors import ValidationError
from timely.domain.rules.rules import Rules
from timely.domain.scores.cricket import check_innings

T20 = Rules(overs=20)


def side(runs, overs, wickets=None, **more):
    return {"runs": runs, "overs": overs} | ({} if wickets is None else {"wickets": wickets}) | more


def check(home, away, rules=T20, running=False, **more):
    score = (home["runs"] if home else 0, away["runs"] if away else 0)
    given = {name: one for name, one in (("home", home), ("away", away)) if one}
    check_innings(given | more, score, rules, "innings", running=running)


def refused(words, path, *sides, **more):
    with pytest.raises(ValidationError, match=words) as caught:
        check(*sides, **more)
    assert caught.value.path == f"innings{path}"


@pytest.mark.parametrize(
    ("home", "away"),
    [
        (side(160, "20", 5), side(161, "19.3", 4)),  # the target was reached
        (side(160, "20", 5), side(120, "15.2", 10)),  # all out
        (side(160, "20", 5), side(120, "15.2", all_out=True)),
        (side(160, "20", 5), side(160, "20", 7)),
        (side(90, "12", 10), side(91, "8")),
    ],
)
def test_possible_from_both_sides(home, away):
    check(home, away)
    check(away, home)


@pytest.mark.parametrize("wickets", [1, 2, 10])
def test_no_wicket_falls_before_the_first_ball(wickets):
    refused(f"{wickets} wickets cannot fall before", ".away.wickets", side(9, "20"), side(0, "0", wickets))


def test_who_stops_early_has_won_or_had_fewer_overs():
    refused("160-160 after 19.5 overs has not", ".away.overs", side(160, "20"), side(160, "19.5", 9))
    refused("100-160 after 12 overs has not", ".away.overs", side(160, "20"), side(100, "12", 3))
    refused("100-160 after 0 overs has not", ".away.overs", side(160, "20"), side(100, "0"))
    check(side(160, "20"), side(100, "12", 3, quota="12"))
    check(side(90, "12"), side(100, "12"), quota="12")
    refused("100-160 after 11.5 overs", ".away.overs", side(160, "20"), side(100, "11.5", 3, quota="12"))
    check(side(160, "20"), side(100, "12", 3), rules=Rules())  # without a quota nothing says that it could go on


def test_no_side_faces_more_than_its_quota():
    check(side(160, "20"), side(161, "20"))
    refused("20.1 overs are more than the 20 of an innings here", ".home.overs", side(160, "20.1"), side(161, "20"))
    refused("12.1 overs are more than the 12", ".away.overs", side(90, "20"), side(100, "12.1", quota="12"))
    # Its own quota goes before that of both sides, and that before the rules'.
    check(side(160, "20", quota="20"), side(161, "12"), quota="12")
    refused("13 overs are more than the 12", ".away.overs", side(90, "12"), side(100, "13"), quota="12")


@pytest.mark.parametrize("overs", ["19.6", "x", None, True, "100.1", -1])
def test_overs_are_written_with_up_to_five_balls(overs):
    refused("needs overs and balls", ".home.overs", {"runs": 1, "overs": overs}, side(2, "1"), rules=Rules())


def test_a_hundred_overs_are_the_most():
    check(side(1, "100"), side(2, "100"), rules=Rules())


def test_ten_wickets_are_all_out():
    refused("is all out", ".away.all_out", side(160, "20"), side(100, "12", 10, all_out=False))
    check(side(160, "20"), side(100, "20", 9, all_out=False))


def test_during_a_game_a_side_may_be_missing_and_stop_anywhere():
    check(side(50, "7.2", 3), None, running=True)
    check(side(160, "20"), side(50, "7.2"), running=True)
    refused("is missing", ".away", side(160, "20"), None)


def test_the_runs_are_the_score():
    with pytest.raises(ValidationError, match="51 runs are not the score of 50"):
        check_innings({"home": side(51, "7")}, (50, 0), T20, "innings", running=True)
