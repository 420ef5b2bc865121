"""Notifications: sent, withdrawn, and kept in step with urgent announcements."""

from datetime import datetime, timedelta
from typing import Any

from timely.clock import now, stamp
from timely.database.transactions import writing
from timely.domain.statuses import ANNOUNCEMENT_TYPES, PRIORITIES
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Announcement, Notification, User
from timely.queries.notifications import made_of
from timely.services import audit
from timely.services.errors import RuleBroken

# The actions that can be undone, and done again.
ACTIONS = ("notify", "withdraw notification")

# An urgent announcement without an end leaves the header after this time, but stays on the event's own pages.
URGENT_LASTS = timedelta(hours=12)


def notify(
    *,
    title: str,
    message: str = "",
    type: str = "info",  # noqa: A002  (the word of announcements, whose kinds it shares)
    priority: str = "normal",
    to: User | None = None,
    expires_at: datetime | None = None,
    by: User | None,
) -> Notification:
    """The notification, in the header of every page at once, for everybody or for one user. Raises RuleBroken."""
    with writing():
        _check(title, type, priority, to, expires_at)
        notification = Notification(
            title=title,
            message=message,
            type=type,
            priority=priority,
            user_id=to.id if to else None,
            sent_by_id=by.id if by else None,
            expires_at=expires_at,
        )
        db.session.add(notification)
        db.session.flush()
        audit.record(
            gettext_noop("notify"),
            title,
            by=by,
            after=audit_values(notification) | {"to": to.name if to else "everybody"},
        )
    return notification


def withdraw_notification(notification: Notification, *, by: User | None) -> None:
    """Removes the notification from every header."""
    with writing():
        before = audit_values(notification)
        audit.record(
            gettext_noop("withdraw notification"),
            notification.title,
            by=by,
            event_id=notification.event_id,
            before=before,
        )
        db.session.delete(notification)


def update_notification_of(announcement: Announcement, *, by: User | None = None) -> None:
    """Creates the notification of an announcement that is urgent and current, and removes that of one that is not.

    Part of the transaction that changes the announcement. If its text or kind has changed, it becomes a new
    notification, so that those who dismissed the old one see it.
    """
    db.session.flush()
    old = made_of(announcement.id)
    said = {name: getattr(announcement, name) for name in ("title", "message", "words", "type", "priority")}
    is_due = announcement.priority == "urgent" and announcement.state == "CURRENT"
    expires_at = announcement.expires_at or now() + URGENT_LASTS
    if old is not None:
        is_same = all(getattr(old, name) == value for name, value in said.items())
        if is_due and is_same and announcement.expires_at in (None, old.expires_at):
            return
        db.session.delete(old)
    if is_due:
        db.session.add(
            Notification(
                **said,
                event_id=announcement.event_id,
                announcement_id=announcement.id,
                sent_by_id=by.id if by else None,
                expires_at=expires_at,
            )
        )
    db.session.flush()


def audit_values(notification: Notification) -> dict[str, Any]:
    """The notification as the audit log stores it."""
    return {
        "title": notification.title,
        "message": notification.message,
        "type": notification.type,
        "priority": notification.priority,
        "expires_at": stamp(notification.expires_at),
    }


def _check(title: str, type_: str, priority: str, to: User | None, expires_at: datetime | None) -> None:
    if not title.strip():
        raise RuleBroken(lazy_gettext("A notification needs a title."), field="title")
    if type_ not in ANNOUNCEMENT_TYPES:
        raise RuleBroken(
            lazy_gettext("Choose one of %(choices)s.", choices=", ".join(ANNOUNCEMENT_TYPES)), field="type"
        )
    if priority not in PRIORITIES:
        raise RuleBroken(lazy_gettext("Choose one of %(choices)s.", choices=", ".join(PRIORITIES)), field="priority")
    if to is not None and not to.active:
        raise RuleBroken(lazy_gettext("%(name)s is shut out and would not see it.", name=to.name), field="to")
    if expires_at is not None and expires_at <= now():
        raise RuleBroken(
            lazy_gettext("It would end before anybody could read it. Choose a later time."), field="expires_at"
        )
