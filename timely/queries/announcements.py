"""Announcements of an event."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from timely.extensions import db
from timely.models import Announcement
from timely.models.read_only import EventView
from timely.queries import row_order


def announcements(event: EventView, ids: Iterable[int] | None = None) -> Sequence[Announcement]:
    """The current announcements, urgent ones first, then the newest first; with *ids* only those."""
    query = select(Announcement).where(Announcement.event_id == event.id, Announcement.state == "CURRENT")
    if ids is not None:
        query = query.where(Announcement.id.in_(list(ids)))
    return db.session.scalars(query.order_by(*row_order.ANNOUNCEMENTS)).all()
