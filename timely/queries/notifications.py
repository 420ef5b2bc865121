"""Notifications that are current or were sent."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, or_, select

from timely.extensions import db
from timely.models import Notification
from timely.queries.events import IS_PUBLIC

_is_shown = or_(
    Notification.event_id.is_(None),
    Notification.event.has(IS_PUBLIC),
)
# Built once: asked for with each page.
SHOWN = select(Notification).where(_is_shown).order_by(Notification.id.desc())
TO_EVERYBODY = SHOWN.where(Notification.user_id.is_(None))
TO_ONE = SHOWN.where(Notification.user_id == bindparam("user_id"))


def notifications(user_id: int | None = None, ids: Iterable[int] | None = None) -> Sequence[Notification]:
    """The notifications to everybody, or those to one user alone; the newest first.

    Those of an event that the public may not see are left out.
    """
    query = TO_EVERYBODY if user_id is None else TO_ONE
    if ids is not None:
        query = query.where(Notification.id.in_(list(ids)))
    return db.session.scalars(query, {} if user_id is None else {"user_id": user_id}).all()


def sent_notifications() -> Sequence[Notification]:
    """All notifications, to any user; the newest first."""
    return db.session.scalars(select(Notification).order_by(Notification.id.desc())).all()


def made_of(announcement_id: int) -> Notification | None:
    """The notification that was made for an urgent announcement."""
    return db.session.scalar(select(Notification).where(Notification.announcement_id == announcement_id))
