"""Timetables: their settings, saving a computed schedule, locking games."""

from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from timely.clock import stamp
from timely.database.transactions import writing
from timely.domain.statuses import OFF
from timely.domain.timetable import Schedule, Settings
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.models import Event, Fixture, Pitch, User
from timely.queries.timetables import has_begun, timetable
from timely.services import audit
from timely.services.errors import RuleBroken
from timely.services.fixture_details import set_start

CHANGED = lazy_gettext("Games or pitches have changed since this was laid out. It is laid out anew.")


@dataclass(frozen=True, slots=True)
class Saved:
    """Numbers of games: those that got another time or pitch, and those that have none."""

    moved: int
    missing: int


def set_timetable_hours(event: Event, settings: Settings, *, by: User | None) -> None:
    """Stores the settings that a timetable is computed from."""
    with writing():
        after = settings.as_dict()
        if event.timetable != after:
            before, event.timetable = event.timetable, after
            audit.record(
                gettext_noop("set timetable hours"), event.name, by=by, event_id=event.id, before=before, after=after
            )


def save_layout(event: Event, layout: Schedule, *, seen_fingerprint: str, by: User | None) -> Saved:
    """Gives every game its time and pitch in *layout*; games that found no place lose theirs.

    Raises RuleBroken, with the code "stale" if *seen_fingerprint* is of other games than there are now.
    """
    with writing():
        if timetable(event).fingerprint != seen_fingerprint:
            raise RuleBroken(CHANGED, code="stale")
        fixtures: dict[object, Fixture] = {fixture.id: fixture for fixture in event.fixtures}
        pitches: dict[object, Pitch] = {pitch.id: pitch for pitch in event.pitches}
        moved, changed = 0, False
        for key, booking in layout.bookings.items():
            fixture = fixtures[key]
            if (fixture.pitch_id, fixture.start_at) != (booking.pitch, booking.start_at):
                moved += 1
            elif fixture.status != "POSTPONED":
                continue
            changed = True
            fixture.pitch = pitches.get(booking.pitch)
            set_start(fixture, ZoneInfo(fixture.timezone), None, booking.start_at)
            if fixture.status == "POSTPONED":
                fixture.status = "SCHEDULED"
        for one in layout.missing:
            fixture = fixtures[one.game]
            changed |= fixture.start_at is not None or fixture.pitch is not None
            fixture.pitch = None
            if fixture.start_at is not None:  # a day alone is no place in the timetable, and stays
                set_start(fixture, ZoneInfo(fixture.timezone), None, None)
        after = {
            "games": len(layout.bookings),
            "moved": moved,
            "without_a_place": len(layout.missing),
            "ends_at": stamp(layout.ends_at),
        }
        if changed:
            audit.record(gettext_noop("lay out timetable"), event.name, by=by, event_id=event.id, after=after)
    return Saved(moved, len(layout.missing))


def lock_games(event: Event, touched: Collection[int], locked: Collection[int], *, by: User | None) -> int:
    """The number of games that changed. Of those *touched*, the ones in *locked* keep their place in new schedules.

    Games that have begun keep theirs in any case, and are left as they are.
    """
    with writing():
        changed = [
            fixture for fixture in event.fixtures if fixture.id in touched and fixture.locked != (fixture.id in locked)
        ]
        changed = [fixture for fixture in changed if may_be_locked(fixture) or fixture.locked]
        for fixture in changed:
            fixture.locked = not fixture.locked
        if changed:
            after = {
                word: [f"{one.home_name} – {one.away_name}" for one in changed if one.locked == is_locked][:20]
                for word, is_locked in (("locked", True), ("unlocked", False))
            }
            audit.record(gettext_noop("lock games"), event.name, by=by, event_id=event.id, after=after)
    return len(changed)


def may_be_locked(fixture: Fixture) -> bool:
    """Whether the game has a time and has not begun; a result locks by itself."""
    return fixture.start_at is not None and fixture.status not in OFF and not has_begun(fixture)
