"""Values of a standing that the tie-breakers compare."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from timely.domain.standings.standing import Ratio, Standing

Value = Callable[[Standing], Any]  # higher is better


NO_VALUE = -math.inf  # of a ratio without data: below every other value, 0 included


def _last_if_none(quotient: Ratio | None) -> Ratio:
    # x ÷ 0 is the highest value; 0 ÷ 0 is none, and no data never ranks above data.
    return NO_VALUE if quotient is None else quotient


VALUES: dict[str, Value] = {
    "points": lambda line: line.points,
    "wins": lambda line: line.wins,
    "goal_difference": lambda line: line.goal_difference,
    "goals_for": lambda line: line.goals_for,
    "away_goals_for": lambda line: line.away_goals_for,
    "goal_average": lambda line: _last_if_none(line.goal_average),
    "set_ratio": lambda line: _last_if_none(line.set_ratio),
    "point_ratio": lambda line: _last_if_none(line.point_ratio),
    "try_difference": lambda line: line.try_difference,
    "tries_for": lambda line: line.tries_for,
    "net_run_rate": lambda line: line.net_run_rate,
    "sonneborn_berger": lambda line: line.sonneborn_berger,
    "fair_play": lambda line: line.fair_play,
    "group_position": lambda line: -line.position,
}

# Values that grow with the number of games, unlike a ratio or a rate.
ADDED_UP = frozenset(VALUES) - {"goal_average", "set_ratio", "point_ratio", "net_run_rate", "group_position"}


def per_game(criterion: str) -> Value:
    """The value of that tie-breaker divided by the games played, if it is one that adds up; else the plain value."""
    value = VALUES[criterion]
    if criterion not in ADDED_UP:
        return value
    return lambda line: Fraction(value(line), line.played) if line.played else Fraction(0)
