"""Timetable as a grid: a table per day, a column per pitch, a line per time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from timely.domain.timetable import Booking, Game
from timely.domain.translation import gettext
from timely.models import Event, Fixture
from timely.presenters.date_text import clock_text, day_text
from timely.presenters.round_text import away_name, home_name, round_text, table_text
from timely.services.timetables import may_be_locked


@dataclass(frozen=True, slots=True)
class Cell:
    """One game of the grid."""

    id: int
    home: str
    away: str
    what: str  # division, code, round, group
    ends: str  # "" if all games have the same length
    locked: bool
    begun: bool
    may_be_locked: bool
    moved: bool
    was: str  # its former time and pitch, if it moved


@dataclass(frozen=True, slots=True)
class Line:
    time: str
    cells: Sequence[Sequence[Cell]]  # one sequence per pitch


@dataclass(frozen=True, slots=True)
class DayGrid:
    title: str
    pitches: Sequence[str]
    lines: Sequence[Line] = field(default_factory=list)
    games: int = 0


def grids(
    event: Event, games: Sequence[Game], fixtures: Mapping[object, Fixture], bookings: Mapping[object, Booking]
) -> list[DayGrid]:
    """Grids by day; pitches in another time zone have a grid of their own, in local time."""
    zones = {pitch.id: pitch.timezone or event.timezone for pitch in event.pitches}
    names = {pitch.id: pitch.name for pitch in event.pitches}
    several = len(set(zones.values())) > 1
    says_end = len({game.minutes for game in games}) > 1
    days: dict[tuple[date, str], dict[datetime, dict[int | None, list[Cell]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for game in games:
        booking = bookings.get(game.key)
        if booking is None:
            continue
        fixture = fixtures[game.key]
        pitch_id = booking.pitch if isinstance(booking.pitch, int) else None
        name = fixture.venue_timezone or zones.get(pitch_id or 0, event.timezone)
        local = booking.start_at.astimezone(ZoneInfo(name))
        cell = _cell(game, fixture, booking, ZoneInfo(name), says_end=says_end)
        days[local.date(), name][booking.start_at][pitch_id].append(cell)
    found = []
    for (day, name), times in sorted(days.items(), key=lambda one: one[0]):
        used = {pitch_id for cells in times.values() for pitch_id in cells}
        order = [pitch.id for pitch in event.pitches if pitch.id in used] + ([None] if None in used else [])
        zone = ZoneInfo(name)
        lines = [Line(clock_text(at, zone), [cells[one] for one in order]) for at, cells in sorted(times.items())]
        title = day_text(day) + (f" · {name}" if several else "")
        count = sum(len(cell) for line in lines for cell in line.cells)
        found.append(
            DayGrid(title, [names[one] if one is not None else gettext("No pitch") for one in order], lines, count)
        )
    return found


def _cell(game: Game, fixture: Fixture, booking: Booking, zone: ZoneInfo, *, says_end: bool) -> Cell:
    moved = (fixture.start_at, fixture.pitch_id) != (booking.start_at, booking.pitch)
    division = fixture.stage.division.name if fixture.stage.division else ""
    where = table_text(fixture.group.title) if fixture.group and fixture.group.name else fixture.code
    return Cell(
        id=fixture.id,
        home=home_name(fixture),
        away=away_name(fixture),
        what=" · ".join(dict.fromkeys(part for part in (division, where, round_text(fixture.round)) if part)),
        ends=clock_text(booking.start_at + timedelta(minutes=game.minutes), zone) if says_end else "",
        locked=fixture.locked or game.begun,
        begun=game.begun,
        may_be_locked=may_be_locked(fixture),
        moved=moved,
        was=was_text(fixture) if moved else "",
    )


def was_text(fixture: Fixture) -> str:
    """`Sat 28 Nov 10:00 · Pitch 1`; "" for a game that had no time."""
    if fixture.start_at is None:
        return ""
    at = f"{day_text(fixture.start_on)} {clock_text(fixture.start_at, ZoneInfo(fixture.timezone))}"
    return f"{at} · {fixture.pitch.name}" if fixture.pitch else at
