"""One game as it counts: who did not appear, and whether every two teams have met."""

import pytest

from tests.domain.leagues import read_league
from timely.domain.standings.outcome import Outcome, forfeited_by, have_all_met


@pytest.mark.parametrize(("score", "side"), [((3, 0), "away"), ((0, 3), "home"), ((0, 0), "both"), ((1, 0), "away")])
def test_the_lower_score_is_of_the_side_that_did_not_appear(score, side):
    assert forfeited_by(*score) == side


ROUND = "Ash 1-0 Birch\nBirch 2-2 Cedar\nCedar 0-1 Ash"


@pytest.mark.parametrize(
    ("teams", "text", "expected"),
    [
        ("Ash Birch Cedar", ROUND, True),
        ("Ash Birch", ROUND, True),  # games with others are not asked for
        ("Ash Birch Cedar Dill", ROUND, False),
        ("Ash Birch Cedar", ROUND + "\nAsh 0-0 Dill\nBirch 0-0 Dill", True),
        ("Ash Birch Cedar", "Ash 1-0 Birch\nBirch 2-2 Ash\nCedar 0-1 Ash", False),  # two meetings are one pair
        ("Ash Birch", "", False),
        ("Ash", "", False),
        ("", "", False),
    ],
)
def test_have_all_met(teams, text, expected):
    assert have_all_met(teams.split(), read_league(text).outcomes) is expected


def test_a_game_of_a_team_with_itself_is_no_meeting():
    assert not have_all_met(["Ash", "Birch"], [Outcome("Ash", "Ash", 1, 0)])
