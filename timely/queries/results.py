"""Save numbers of an event's results."""

from sqlalchemy import bindparam, func, select

from timely.extensions import db
from timely.models import Fixture
from timely.models.base import table_of

_fixtures = table_of(Fixture)
# Built once, of the table and not of the class: a save would take longer to build and map it than to run it.
HIGHEST = select(func.max(_fixtures.c.saved_no)).where(_fixtures.c.event_id == bindparam("event_id"))


def next_number(event_id: int) -> int:
    """One more than that of any result of the event, so that a save always changes the fixture, and its version."""
    highest = db.session.scalar(HIGHEST, {"event_id": event_id})
    return (highest or 0) + 1
