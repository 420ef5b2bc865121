"""Violation of a timetable's constraints, and the booked games as the checks need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from timely.domain.timetable.conflicts import Conflicts
from timely.domain.timetable.games import Booking, Game, GameKey, Pitch, Spacing
from timely.domain.timetable.local_times import Clocks, seconds
from timely.domain.translation import Text, lazy_gettext

Kind = Literal["pitch", "changeover", "team", "rest", "order", "hours", "place", "round"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One violation. A `mild` one is reported, but allowed."""

    kind: Kind
    games: tuple[GameKey, ...]
    text: Text
    minutes: int = 0  # by how much
    mild: bool = False

    @property
    def words(self) -> str:
        """The sentence in the reader's language."""
        return str(self.text)


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

    def told(self, one: Booked) -> Text:
        """The game as `Ash Town – Birch Rovers on Pitch 1 at 10:05`, with a remark if it is locked."""
        time = self.clocks.at(one.booking.start_at, one.booking.pitch)
        if one.booking.pitch is None:
            return lazy_gettext("%(game)s at %(time)s", game=named(one.game), time=time)
        where = self.clocks.name(one.booking.pitch)
        return lazy_gettext("%(game)s on %(pitch)s at %(time)s", game=named(one.game), pitch=where, time=time)


def named(game: Game) -> Text:
    if game.begun:
        return lazy_gettext("%(game)s (begun)", game=game.title)
    return lazy_gettext("%(game)s (locked)", game=game.title) if game.locked else game.title


def short_by(gap: int, needed: int) -> int:
    """Minutes that a gap of seconds is short of what is needed."""
    return -(-(needed - gap) // 60)
