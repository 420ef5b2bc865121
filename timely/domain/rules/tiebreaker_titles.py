"""Titles of the tie-breakers in the terms of a sport."""

from collections.abc import Mapping

from timely.domain.rules.tiebreakers import TIEBREAKERS
from timely.domain.sports import Sport

# score unit: (title of the difference, title of the number scored)
UNITS = {
    "points": ("Points difference", "Points scored"),
    "sets": ("Set difference", "Sets won"),
    "legs": ("Leg difference", "Legs won"),
    "runs": ("Run difference", "Runs scored"),
}


def titles(sport: Sport) -> Mapping[str, str]:
    """{tie-breaker: its title, such as "Set difference"}."""
    if sport.score_unit not in UNITS:
        return TIEBREAKERS
    difference, made = UNITS[sport.score_unit]
    return TIEBREAKERS | {
        "goal_difference": difference,
        "goals_for": made,
        "goal_average": difference.replace("difference", "average"),
        "head_to_head_goal_difference": f"Head-to-head {difference.lower()}",
        "head_to_head_goals_for": f"Head-to-head {made.lower()}",
    }
