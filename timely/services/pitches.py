"""Pitches: added, renamed, deleted."""

from sqlalchemy import func, select

from timely.database import writing
from timely.extensions import db
from timely.models import Event, Fixture, Pitch, User
from timely.services import audit
from timely.services.faults import RuleBroken
from timely.services.name_lists import new_names, same

MOST_PITCHES = 200
MOST_CHARACTERS = 60


def add_pitches(event: Event, text: str, *, by: User | None) -> list[Pitch]:
    """The new pitches, one for each line. Raises RuleBroken with every line that cannot be taken."""
    with writing():
        names = new_names(text, event.pitches, most_characters=MOST_CHARACTERS, most_names=MOST_PITCHES, noun="pitch")
        pitches = [Pitch(event_id=event.id, name=name) for name in names]
        event.pitches.extend(pitches)
        audit.record("add pitches", event.name, by=by, event_id=event.id, after={"pitches": names})
    return pitches


def rename_pitch(pitch: Pitch, name: str, *, by: User | None) -> None:
    """Raises RuleBroken for a name that another pitch of the event has."""
    with writing():
        event = db.session.get_one(Event, pitch.event_id)
        if any(other.id != pitch.id and same(other.name) == same(name) for other in event.pitches):
            raise RuleBroken(f"Another pitch is called “{name}”.", field="name")
        if pitch.name != name:
            before, pitch.name = pitch.name, name
            audit.record("rename pitch", name, by=by, event_id=event.id, before={"name": before}, after={"name": name})


def delete_pitch(pitch: Pitch, *, by: User | None) -> None:
    """Raises RuleBroken while games are to be played on it."""
    with writing():
        event = db.session.get_one(Event, pitch.event_id)
        games = db.session.scalar(select(func.count()).select_from(Fixture).where(Fixture.pitch_id == pitch.id))
        if games:
            raise RuleBroken(f"{games} {'game is' if games == 1 else 'games are'} on {pitch.name}. Move them first.")
        audit.record("delete pitch", pitch.name, by=by, event_id=event.id, before={"pitch": pitch.name})
        event.pitches.remove(pitch)
