"""Pitches of an event."""

from sqlalchemy import select

from timely.extensions import db
from timely.models import Event, Pitch


def pitch_named(event: Event, name: str) -> Pitch | None:
    return db.session.scalar(select(Pitch).where(Pitch.event_id == event.id, Pitch.name == name))
