"""Announcements of an event."""

from collections.abc import Iterable, Sequence

from sqlalchemy import case, select

from timely.extensions import db
from timely.models import Announcement, Event

URGENT_FIRST = case((Announcement.priority == "urgent", 0), else_=1)


def announcements(event: Event, ids: Iterable[int] | None = None) -> Sequence[Announcement]:
    """The current announcements, urgent ones first, then the newest first; with *ids* only those."""
    query = select(Announcement).where(Announcement.event_id == event.id, Announcement.state == "CURRENT")
    if ids is not None:
        query = query.where(Announcement.id.in_(list(ids)))
    return db.session.scalars(
        query.order_by(URGENT_FIRST, Announcement.publish_at.desc(), Announcement.id.desc())
    ).all()
