"""Turns alerts of the server into notifications, in the header of every organiser's pages while they last."""

from datetime import timedelta

from sqlalchemy import select

from timely.clock import now
from timely.database.transactions import writing
from timely.domain.translation import gettext_noop
from timely.extensions import db
from timely.models import Notification, User
from timely.models.stored_words import Words
from timely.services import audit

# A notification that was never removed, because the server was stopped meanwhile, expires by itself.
LASTS = timedelta(hours=1)
LONGEST_TITLE = 120


def warn_organisers(title: str, message: str, priority: str, *, words: Words | None = None) -> list[int]:
    """The ids of the new notifications: one for every administrator and organiser who has none with the same title.

    Title and message are English; *words* are the same for each reader.
    """
    title = title[:LONGEST_TITLE]
    with writing():
        people = db.session.scalars(
            select(User).where(User.active.is_(True), User.role.in_(("administrator", "organiser"))).order_by(User.id)
        )
        notified = set(db.session.scalars(select(Notification.user_id).where(Notification.title == title)))
        made = [
            Notification(
                title=title,
                message=message,
                words=words or None,
                priority=priority,
                user_id=user.id,
                expires_at=now() + LASTS,
            )
            for user in people
            if user.id not in notified
        ]
        if made:
            db.session.add_all(made)
            db.session.flush()
            audit.record(gettext_noop("warn"), title, by=None, after={"message": message, "priority": priority})
        return [one.id for one in made]


def end_warning(ids: list[int]) -> None:
    """Removes the notifications; ids that are gone already are ignored."""
    with writing():
        for one in db.session.scalars(select(Notification).where(Notification.id.in_(ids))):
            db.session.delete(one)
