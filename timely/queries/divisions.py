"""Absence of divisions, read together with an event: most events have none, and every row of a game asks for them."""

from sqlalchemy import Exists, exists, inspect
from sqlalchemy.orm.attributes import InstrumentedAttribute, set_committed_value

from timely.models import Division, Event, Fixture


def has_divisions(event_id: InstrumentedAttribute[int]) -> Exists:
    """A column for a statement that loads an event, or a fixture with its event, of that id."""
    return exists().where(Division.event_id == event_id).correlate(Event, Fixture)


def without_divisions(event: Event) -> None:
    """Notes that the event has no divisions, so that they are not asked for again in this transaction."""
    if "divisions" in inspect(event).unloaded:
        set_committed_value(event, "divisions", [])
