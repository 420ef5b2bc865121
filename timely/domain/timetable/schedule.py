"""Schedules games: a place for every game, or the reason why there is none."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from timely.domain.standings.outcome import Team
from timely.domain.timetable.conflicts import Conflicts
from timely.domain.timetable.games import Booking, Game, GameKey, Pitch, PitchKey, Spacing
from timely.domain.timetable.input_checks import check
from timely.domain.timetable.local_times import Clocks, moment_of, seconds
from timely.domain.timetable.objective import best
from timely.domain.timetable.problem import problem
from timely.domain.timetable.shortages import shortages
from timely.domain.timetable.unplaced import Unplaced, why_unplaced
from timely.domain.translation import LazyText


@dataclass(frozen=True, slots=True)
class Schedule:
    """The schedule. Every game is in `bookings` (those that stay included) or in `missing`."""

    bookings: Mapping[GameKey, Booking]
    missing: tuple[Unplaced, ...]
    shortages: tuple[LazyText, ...]  # empty if no game is missing
    ends_at: datetime | None
    rests: Mapping[Team, tuple[int, ...]]  # of each known team: minutes between its games of a day, in order
    used: Mapping[PitchKey, int]  # of each pitch: minutes played

    @property
    def short(self) -> tuple[str, ...]:
        """The shortages as sentences in the reader's language."""
        return tuple(map(str, self.shortages))


def lay_out(
    games: Sequence[Game],
    pitches: Sequence[Pitch],
    spacing: Spacing,
    progress: Callable[[float], None] | None = None,
) -> Schedule:
    """A booking for each game that does not stay where it is; its earlier booking does not matter.

    *progress* is called with numbers that rise to 1. Raises ValidationError for input that makes no sense.
    """
    check(games, pitches, spacing)
    made = problem(games, pitches, spacing, Conflicts(games))
    placed = best(made, progress or (lambda part: None))
    bookings = {game.key: game.booking for game in games if game.stays and game.booking}
    for number, (pitch, start) in sorted(placed.items()):
        bookings[made.games[number].key] = Booking(pitches[pitch].key, moment_of(start))
    missing = [number for number in range(len(made.lines)) if number not in placed]
    clocks = Clocks(games, pitches)
    lengths = {game.key: game.minutes for game in games}
    ends = [seconds(booking.start_at) + lengths[key] * 60 for key, booking in bookings.items()]
    return Schedule(
        bookings,
        tuple(why_unplaced(made, pitches, clocks, placed, missing)),
        tuple(shortages(made, pitches, clocks)) if missing else (),
        moment_of(max(ends)) if ends else None,
        _rests(games, bookings, clocks),
        {
            pitch.key: sum(lengths[key] for key, booking in bookings.items() if booking.pitch == pitch.key)
            for pitch in pitches
        },
    )


def _rests(
    games: Sequence[Game], bookings: Mapping[GameKey, Booking], clocks: Clocks
) -> Mapping[Team, tuple[int, ...]]:
    """The rests of each team in minutes; a night between two games is none."""
    played: dict[Team, list[tuple[int, int, object]]] = defaultdict(list)
    for game in games:
        if game.key not in bookings:
            continue
        booking = bookings[game.key]
        start = seconds(booking.start_at)
        for side in (game.home, game.away):
            if side.team is not None:
                day = clocks.day(booking.start_at, booking.pitch)
                played[side.team].append((start, start + game.minutes * 60, day))
    found = {}
    for team, times in played.items():
        times.sort(key=lambda one: one[:2])
        found[team] = tuple((later[0] - sooner[1]) // 60 for sooner, later in pairwise(times) if sooner[2] == later[2])
    return found
