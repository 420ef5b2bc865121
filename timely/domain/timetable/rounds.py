"""When and where the games of a round robin are played, if each round begins when the last one is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from timely.domain.standings.outcome import Team


@dataclass(frozen=True)
class Slot:
    """One game's place: which of the pitches (from 0), and when. None where that is left open."""

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
    """A slot for each game of each round. Nobody plays in two places at once, and rounds do not overlap.

    *first_at* is aware, and so are the times: a day on which the clocks change is as long as it is.
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
