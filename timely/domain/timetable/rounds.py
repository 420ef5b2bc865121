"""Slots of a round robin, in which each round begins when the last one is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from timely.domain.standings.outcome import Team


@dataclass(frozen=True)
class Slot:
    """The place of one game: the index of its pitch, and its start. None where that is left open."""

    start_at: datetime | None = None
    pitch: int | None = None


@dataclass(frozen=True)
class Day:
    """How the games follow each other. Without pitches there is always one free."""

    first_at: datetime | None = None
    game_minutes: int = 0
    between_minutes: int = 0
    pitches: int = 0


def slots(rounds: Sequence[Sequence[tuple[Team, Team]]], day: Day) -> list[list[Slot]]:
    """A slot for each game of each round. No team plays in two places at once, and rounds do not overlap.

    *first_at* is timezone-aware, and so are the starts; they keep their distance when the clocks change.
    """
    step = timedelta(minutes=day.game_minutes + day.between_minutes)
    start = day.first_at
    found: list[list[Slot]] = []
    for games in rounds:
        at_once = day.pitches or len(games) or 1
        found.append(
            [
                Slot(start + step * (number // at_once) if start else None, number % at_once if day.pitches else None)
                for number in range(len(games))
            ]
        )
        if start:
            start += step * -(-len(games) // at_once)
    return found
