"""Titles of the tie-breakers in the terms of a sport."""

from collections.abc import Mapping

from timely.domain.rules.tiebreakers import TIEBREAKERS
from timely.domain.sports import Sport


def titles(sport: Sport) -> Mapping[str, str]:
    """{tie-breaker: its title in English, such as "Set difference"}."""
    return {key: one.title_in(sport.score_unit) for key, one in TIEBREAKERS.items()}
