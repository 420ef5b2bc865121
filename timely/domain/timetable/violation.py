"""Violation of a timetable's constraints, and the booked games as the checks need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from timely.domain.timetable.conflicts import Conflicts
from timely.domain.timetable.games import Booking, Game, GameKey, Pitch, Spacing
from timely.domain.timetable.local_times import Clocks, seconds

Kind = Literal["pitch", "changeover", "team", "rest", "order", "hours", "place", "round"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One violation. A `mild` one is reported, but allowed."""

    kind: Kind
    games: tuple[GameKey, ...]
    words: str
    minutes: int = 0  # by how much
    mild: bool = False


@dataclass(frozen=True, slots=True)
class Booked:
    """A game with its place; times in seconds since 1970."""

    game: Game
    booking: Booking
    start: int
    end: int
    number: int  # its index among the games as they were given

    def __lt__(self, other: "Booked") -> bool:
        return (self.start, self.number) < (other.start, other.number)


class Plan:
    """The games that have a booking, in the order of play, and what is needed to name them."""

    def __init__(self, games: Sequence[Game], pitches: Sequence[Pitch], spacing: Spacing) -> None:
        self.spacing, self.pitches = spacing, pitches
        self.clocks, self.sharing = Clocks(games, pitches), Conflicts(games)
        self.booked = sorted(
            Booked(game, game.booking, start, start + game.minutes * 60, number)
            for number, game in enumerate(games)
            if game.booking
            for start in (seconds(game.booking.start_at),)
        )
        self.by_key = {one.game.key: one for one in self.booked}

    def told(self, one: Booked) -> str:
        """The game as `Ash Town – Birch Rovers on Pitch 1 at 10:05`, with a remark if it is locked."""
        return f"{named(one.game)} {self.clocks.place(one.booking)}"


def named(game: Game) -> str:
    if game.begun:
        return f"{game.title} (begun)"
    return f"{game.title} (locked)" if game.locked else game.title


def short_by(gap: int, needed: int) -> int:
    """Minutes that a gap of seconds is short of what is needed."""
    return -(-(needed - gap) // 60)
