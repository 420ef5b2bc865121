"""Pitches: added, changed, deleted."""

from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from timely.database.transactions import writing
from timely.domain.text import same_name
from timely.domain.translation import gettext_noop, lazy_gettext, lazy_ngettext
from timely.extensions import db
from timely.models import Event, Fixture, Pitch, User
from timely.services import audit
from timely.services.clock_times import keep_clock_times_on
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
        audit.record(gettext_noop("add pitches"), event.name, by=by, event_id=event.id, after={"pitches": names})
    return pitches


def change_pitch(pitch: Pitch, name: str, timezone: str = "", *, by: User | None) -> None:
    """Changes the name, and the time zone if it is not the event's (""). Games keep their local times.

    Raises RuleBroken for a name that another pitch of the event has, and for a local time that the new time zone skips.
    """
    with writing():
        event = db.session.get_one(Event, pitch.event_id)
        if any(other.id != pitch.id and same_name(other.name) == same_name(name) for other in event.pitches):
            raise RuleBroken(lazy_gettext("Another pitch is called “%(name)s”.", name=name), field="name")
        if timezone and not is_timezone(timezone):
            raise RuleBroken(lazy_gettext("There is no such time zone."), field="timezone")
        zone = "" if timezone == event.timezone else timezone
        before = {"name": pitch.name, "timezone": pitch.timezone}
        after = {"name": name, "timezone": zone}
        if after == before:
            return
        if zone != pitch.timezone:
            old = ZoneInfo(pitch.timezone or event.timezone)
            keep_clock_times_on(event, pitch, old, ZoneInfo(zone or event.timezone))
        pitch.name, pitch.timezone = name, zone
        audit.record(gettext_noop("change pitch"), name, by=by, event_id=event.id, before=before, after=after)


def delete_pitch(pitch: Pitch, *, by: User | None) -> None:
    """Raises RuleBroken while games are arranged on the pitch."""
    with writing():
        event = db.session.get_one(Event, pitch.event_id)
        games = db.session.scalar(select(func.count()).select_from(Fixture).where(Fixture.pitch_id == pitch.id))
        if games:
            raise RuleBroken(
                lazy_ngettext(
                    "%(num)s game is on %(pitch)s. Move them first.",
                    "%(num)s games are on %(pitch)s. Move them first.",
                    games,
                    pitch=pitch.name,
                )
            )
        audit.record(gettext_noop("delete pitch"), pitch.name, by=by, event_id=event.id, before={"pitch": pitch.name})
        event.pitches.remove(pitch)
