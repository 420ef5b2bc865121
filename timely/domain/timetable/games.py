"""Data of a timetable: games and their sides, pitches and their hours, bookings and gaps."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from timely.domain.standings.outcome import Team
from timely.domain.translation import LazyText, Text

GameKey = Hashable
PitchKey = Hashable


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a game: a team, or what is known of it while its team is not.

    *source* is any value that stands for where it comes from (the winner of QF1): two sides of one division with the
    same source are the same team, and with different sources they are different ones. *could* are the teams that may
    still turn out to be it.
    """

    name: Text  # "Ash Town", or "Winner QF1"
    team: Team | None = None
    could: frozenset[Team] = frozenset()
    source: Hashable = None


@dataclass(frozen=True, slots=True)
class Booking:
    """A pitch and the start of a game on it. Without a pitch the game has only a time."""

    pitch: PitchKey | None
    start_at: datetime  # timezone-aware


@dataclass(frozen=True, slots=True)
class Game:
    """A game to be placed, or one that has its place.

    A `locked` game stays where it is booked; so does one that has `begun` (or is over). *after* are the games it waits
    for, because its teams come from there. Rounds are in order within a division; 0 has no order.
    """

    key: GameKey
    minutes: int
    home: Side
    away: Side
    division: Hashable = None
    round: int = 0
    after: tuple[GameKey, ...] = ()
    pitches: frozenset[PitchKey] | None = None  # where it may be played; None: anywhere
    booking: Booking | None = None
    locked: bool = False
    begun: bool = False
    name: str = ""  # "SF1", where it has one

    @property
    def title(self) -> Text:
        # The dash is the same in every language, so the message is in no catalogue.
        return self.name or LazyText("%(home)s – %(away)s", {"home": self.home.name, "away": self.away.name})

    @property
    def stays(self) -> bool:
        return self.booking is not None and (self.locked or self.begun)

    @property
    def end_at(self) -> datetime | None:
        return self.booking.start_at + timedelta(minutes=self.minutes) if self.booking else None


@dataclass(frozen=True, slots=True)
class Hours:
    """When a pitch may be used; both timezone-aware. A game must be over when it closes."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Pitch:
    """A pitch. Without hours no game is scheduled there, and none can be outside them."""

    key: PitchKey
    name: str
    hours: tuple[Hours, ...] = ()
    timezone: str = "UTC"  # of its local time


@dataclass(frozen=True, slots=True)
class Spacing:
    """The gaps between two games on a pitch, and between two games of a team, from end to start."""

    changeover_minutes: int = 0
    rest_minutes: int = 0
    step_minutes: int = 1  # games are scheduled at whole multiples of it: 5 gives 10:05, never 10:07
