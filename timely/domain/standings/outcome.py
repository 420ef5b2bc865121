"""Outcome: one game as it counts in a table."""

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

Team = Hashable  # anything that identifies a team: an id in the app, a name in a test


NO_DETAILS: Mapping[str, Any] = MappingProxyType({})


class Outcome(NamedTuple):
    """The outcome of one game. Callers pass outcomes in the order of play, oldest first: the form needs it.

    A tuple, because a season has hundreds, and a table makes them all anew.
    """

    home: Team
    away: Team
    home_score: int
    away_score: int
    extra: Mapping[str, Any] = NO_DETAILS  # sets, tries, cards: see scores/details.py
    forfeit: str = ""  # the side that did not appear: "home", "away" or "both"; then the score was awarded
    shootout: str = ""  # the winner of one after a level score, whose goals do not count: "home" or "away"


def forfeited_by(home_score: int, away_score: int) -> str:
    """The side that did not appear, by the score of a walkover: the one with the lower score, or "both" if level."""
    return "both" if home_score == away_score else "home" if home_score < away_score else "away"


def have_all_met(teams: Sequence[Team], outcomes: Sequence[Outcome]) -> bool:
    """Whether every two teams have met in a game that counts; False for fewer than two."""
    met = {frozenset((one.home, one.away)) for one in outcomes}
    known = set(teams)
    among = sum(1 for pair in met if len(pair) == 2 and pair <= known)
    return len(teams) > 1 and among == len(teams) * (len(teams) - 1) // 2
