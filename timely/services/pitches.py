"""Pitches: added, changed, deleted."""

from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from timely.clock import on_another_clock
from timely.database.transactions import writing
from timely.domain.errors import ValidationError
from timely.domain.text import same_name
from timely.extensions import db
from timely.models import Event, Fixture, Pitch, User
from timely.services import audit
from timely.services.errors import RuleBroken
from timely.services.name_lists import new_names
from timely.timezones import is_timezone

MOST_PITCHES = 200
MOST_CHARACTERS = 60


def add_pitches(event: Event, text: str, *, by: User | None) -> list[Pitch]:
    """The new pitches, one for each line. Raises RuleBroken listing every line that cannot be accepted."""
    with writing():
        room = MOST_PITCHES - len(event.pitches)
        names = new_names(text, event.pitches, most_characters=MOST_CHARACTERS, room=room, noun="pitch")
        pitches = [Pitch(event_id=event.id, name=name) for name in names]
        event.pitches.extend(pitches)
        audit.record("add pitches", event.name, by=by, event_id=event.id, after={"pitches": names})
    return pitches


def change_pitch(pitch: Pitch, name: str, timezone: str = "", *, by: User | None) -> None:
    """Changes the name, and the time zone if it is not the event's (""). Games keep their local times.

    Raises RuleBroken for a name that another pitch of the event has, and for a local time that the new time zone skips.
    """
    with writing():
        event = db.session.get_one(Event, pitch.event_id)
        if any(other.id != pitch.id and same_name(other.name) == same_name(name) for other in event.pitches):
            raise RuleBroken(f"Another pitch is called “{name}”.", field="name")
        if timezone and not is_timezone(timezone):
            raise RuleBroken("There is no such time zone.", field="timezone")
        zone = "" if timezone == event.timezone else timezone
        before = {"name": pitch.name, "timezone": pitch.timezone}
        after = {"name": name, "timezone": zone}
        if after == before:
            return
        if zone != pitch.timezone:
            old = ZoneInfo(pitch.timezone or event.timezone)
            _keep_clock_times(event, pitch, old, ZoneInfo(zone or event.timezone))
        pitch.name, pitch.timezone = name, zone
        audit.record("change pitch", name, by=by, event_id=event.id, before=before, after=after)


def _keep_clock_times(event: Event, pitch: Pitch, old: ZoneInfo, new: ZoneInfo) -> None:
    """Keeps a game at 14:00 at 14:00, as when the time zone of an event is corrected."""

    try:
        for fixture in event.fixtures:
            if fixture.pitch_id == pitch.id and fixture.start_at and not fixture.venue_timezone:
                fixture.start_at = on_another_clock(fixture.start_at, old, new)
    except ValidationError as fault:
        raise RuleBroken(f"A game cannot move there: {fault.message}.", field="timezone") from fault


def delete_pitch(pitch: Pitch, *, by: User | None) -> None:
    """Raises RuleBroken while games are arranged on the pitch."""
    with writing():
        event = db.session.get_one(Event, pitch.event_id)
        games = db.session.scalar(select(func.count()).select_from(Fixture).where(Fixture.pitch_id == pitch.id))
        if games:
            raise RuleBroken(f"{games} {'game is' if games == 1 else 'games are'} on {pitch.name}. Move them first.")
        audit.record("delete pitch", pitch.name, by=by, event_id=event.id, before={"pitch": pitch.name})
        event.pitches.remove(pitch)
