"""Parses the announcements of an event file."""

from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.statuses import ANNOUNCEMENT_STATES, ANNOUNCEMENT_TYPES, PRIORITIES
from timely.domain.translation import lazy_gettext
from timely.event_file.contents import AnnouncementPart
from timely.event_file.fields import Fields


def read_announcement(data: Any, path: str, ignored: set[str]) -> AnnouncementPart:
    """One announcement; without `publish_at` it is published when it is imported."""
    entry = Fields(data, path, ignored)
    announcement = AnnouncementPart(
        title=entry.text("title", most=120, required=True),
        message=entry.text("message", most=2000, lines=True),
        type=entry.choice("type", ANNOUNCEMENT_TYPES, "info"),
        priority=entry.choice("priority", PRIORITIES, "normal"),
        publish_at=entry.moment("publish_at"),
        expires_at=entry.moment("expires_at"),
        state=entry.choice("state", ANNOUNCEMENT_STATES, "CURRENT"),
    )
    entry.note_unknown()
    if announcement.publish_at and announcement.expires_at and announcement.expires_at <= announcement.publish_at:
        raise ValidationError(entry.at("expires_at"), lazy_gettext("is not after publish_at"))
    if announcement.state == "WAITING" and not announcement.publish_at:
        raise ValidationError(entry.at("state"), lazy_gettext("WAITING needs a publish_at"))
    return announcement
