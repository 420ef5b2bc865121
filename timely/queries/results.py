"""Save numbers of an event's results."""

from sqlalchemy import bindparam, func, select

from timely.extensions import db
from timely.models import Fixture

HIGHEST = select(func.max(Fixture.saved_no)).where(Fixture.event_id == bindparam("event_id"))


def next_number(event_id: int) -> int:
    """One more than that of any result of the event, so that a save always changes the fixture, and its version."""
    highest = db.session.scalar(HIGHEST, {"event_id": event_id})
    return (highest or 0) + 1
