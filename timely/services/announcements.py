"""Announcements: created now or for later, changed, withdrawn."""

from datetime import datetime
from typing import Any

from timely.clock import now, stamp
from timely.database.transactions import writing
from timely.domain.statuses import ANNOUNCEMENT_TYPES, PRIORITIES
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Announcement, Event, User
from timely.models.stored_words import Words
from timely.services import audit
from timely.services.errors import RuleBroken, require_current
from timely.services.notifications import update_notification_of


def announce(
    event: Event,
    *,
    title: str,
    message: str = "",
    type: str = "info",  # noqa: A002  (the word of the API and of the form)
    priority: str = "normal",
    publish_at: datetime | None = None,
    expires_at: datetime | None = None,
    words: Words | None = None,
    by: User | None,
) -> Announcement:
    """The announcement, shown at once, or at *publish_at* if that is in the future. Raises RuleBroken.

    *words* are those of its texts that Timely has written.
    """
    with writing():
        moment = now()
        _check(title, type, priority, publish_at or moment, expires_at, moment)
        announcement = Announcement(
            title=title,
            message=message,
            type=type,
            priority=priority,
            publish_at=publish_at or moment,
            expires_at=expires_at,
            words=words or None,
            state=_state(publish_at or moment, moment),
        )
        announcement.event_id = event.id
        event.announcements.append(announcement)
        db.session.flush()
        audit.record(gettext_noop("announce"), title, by=by, event_id=event.id, after=audit_values(announcement))
        update_notification_of(announcement, by=by)
    return announcement


def change_announcement(
    announcement: Announcement,
    *,
    title: str,
    message: str,
    type: str,  # noqa: A002
    priority: str,
    publish_at: datetime | None,
    expires_at: datetime | None,
    by: User | None,
    seen_version: int | None = None,
) -> None:
    """Saves the change. Raises RuleBroken, StaleVersion.

    Without *publish_at* the time of publication stays, or is now if the announcement was still waiting.
    """
    with writing():
        require_current(seen_version, announcement.version)
        if announcement.state == "WITHDRAWN":
            raise RuleBroken(lazy_gettext("This announcement was withdrawn. Make a new one."))
        moment = now()
        if publish_at is None:
            publish_at = min(announcement.publish_at, moment)
        _check(title, type, priority, publish_at, expires_at, moment)
        before = audit_values(announcement)
        typed = {"title": title, "message": message}
        kept = {
            name: row for name, row in (announcement.words or {}).items() if getattr(announcement, name) == typed[name]
        }
        announcement.title, announcement.message, announcement.words = title, message, kept or None
        announcement.type, announcement.priority = type, priority
        announcement.publish_at, announcement.expires_at = publish_at, expires_at
        announcement.state = _state(publish_at, moment)
        after = audit_values(announcement)
        if after != before:
            audit.record(
                gettext_noop("change announcement"),
                title,
                by=by,
                event_id=announcement.event_id,
                before=before,
                after=after,
            )
            update_notification_of(announcement, by=by)


def withdraw(announcement: Announcement, *, by: User | None) -> None:
    """Removes the announcement from every page. Raises RuleBroken if it is neither shown nor waiting to be."""
    with writing():
        if announcement.state not in ("WAITING", "CURRENT"):
            raise RuleBroken(lazy_gettext("This announcement is not shown any more."))
        before = {"state": announcement.state}
        announcement.state = "WITHDRAWN"
        after = {"state": announcement.state}
        audit.record(
            gettext_noop("withdraw announcement"),
            announcement.title,
            by=by,
            event_id=announcement.event_id,
            before=before,
            after=after,
        )
        update_notification_of(announcement, by=by)


def audit_values(announcement: Announcement) -> dict[str, Any]:
    """The announcement as the audit log stores it."""
    return {
        "title": announcement.title,
        "message": announcement.message,
        "type": announcement.type,
        "priority": announcement.priority,
        "publish_at": stamp(announcement.publish_at),
        "expires_at": stamp(announcement.expires_at),
        "state": announcement.state,
    }


def _state(publish_at: datetime, moment: datetime) -> str:
    return "WAITING" if publish_at > moment else "CURRENT"


def _check(
    title: str,
    type_: str,
    priority: str,
    publish_at: datetime,
    expires_at: datetime | None,
    moment: datetime,
) -> None:
    if not title.strip():
        raise RuleBroken(lazy_gettext("An announcement needs a title."), field="title")
    if type_ not in ANNOUNCEMENT_TYPES:
        raise RuleBroken(
            lazy_gettext("Choose one of %(choices)s.", choices=", ".join(ANNOUNCEMENT_TYPES)), field="type"
        )
    if priority not in PRIORITIES:
        raise RuleBroken(lazy_gettext("Choose one of %(choices)s.", choices=", ".join(PRIORITIES)), field="priority")
    if expires_at is not None and expires_at <= max(publish_at, moment):
        raise RuleBroken(
            lazy_gettext("It would end before anybody could read it. Choose a later time."), field="expires_at"
        )
