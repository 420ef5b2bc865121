"""Tie-breakers in the words of a sport."""

import pytest

from timely.domain.rules.tiebreaker_titles import titles
from timely.domain.rules.tiebreakers import TIEBREAKERS
from timely.domain.sports import SPORTS

IN_OTHER_WORDS = (
    "goal_difference",
    "goals_for",
    "goal_average",
    "head_to_head_goal_difference",
    "head_to_head_goals_for",
)


@pytest.mark.parametrize(
    ("sport", "expected"),
    [
        (
            "basketball",
            (
                "Points difference",
                "Points scored",
                "Points average",
                "Head-to-head points difference",
                "Head-to-head points scored",
            ),
        ),
        (
            "volleyball",
            (
                "Set difference",
                "Sets won",
                "Set average",
                "Head-to-head set difference",
                "Head-to-head sets won",
            ),
        ),
        (
            "darts",
            ("Leg difference", "Legs won", "Leg average", "Head-to-head leg difference", "Head-to-head legs won"),
        ),
        (
            "cricket",
            (
                "Run difference",
                "Runs scored",
                "Run average",
                "Head-to-head run difference",
                "Head-to-head runs scored",
            ),
        ),
    ],
)
def test_what_is_scored_has_the_sport_s_name(sport, expected):
    found = titles(SPORTS[sport])
    assert tuple(found[key] for key in IN_OTHER_WORDS) == expected


@pytest.mark.parametrize("sport", SPORTS)
def test_no_tie_breaker_is_without_a_title_and_only_those_of_scores_change(sport):
    found = titles(SPORTS[sport])
    assert list(found) == list(TIEBREAKERS)
    changed = {key for key, title in found.items() if title != TIEBREAKERS[key].title}
    assert changed == (set() if SPORTS[sport].score_unit == "goals" else set(IN_OTHER_WORDS))
