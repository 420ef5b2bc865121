"""Announcements of an event."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, select

from timely.extensions import db
from timely.models import Announcement
from timely.models.read_only import EventView
from timely.queries import row_order

# Built once: asked for with each page of an event.
CURRENT = (
    select(Announcement)
    .where(Announcement.event_id == bindparam("event_id"), Announcement.state == "CURRENT")
    .order_by(*row_order.ANNOUNCEMENTS)
)


def announcements(event: EventView, ids: Iterable[int] | None = None) -> Sequence[Announcement]:
    """The current announcements, urgent ones first, then the newest first; with *ids* only those."""
    query = CURRENT if ids is None else CURRENT.where(Announcement.id.in_(list(ids)))
    return db.session.scalars(query, {"event_id": event.id}).all()
