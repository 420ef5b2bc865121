"""Titles of the tie-breakers in the terms of a sport."""

from collections.abc import Mapping

from timely.domain.rules.tiebreaker import ScoreUnit
from timely.domain.rules.tiebreakers import TIEBREAKERS
from timely.domain.sports import Sport

# By the sport's score unit. A sport that counts goals has the plain titles.
UNITS = {
    "points": ScoreUnit("points", "points scored"),
    "sets": ScoreUnit("set", "sets won"),
    "legs": ScoreUnit("leg", "legs won"),
    "runs": ScoreUnit("run", "runs scored"),
}


def titles(sport: Sport) -> Mapping[str, str]:
    """{tie-breaker: its title, such as "Set difference"}."""
    words = UNITS.get(sport.score_unit)
    return {key: one.title_in(words) for key, one in TIEBREAKERS.items()}
