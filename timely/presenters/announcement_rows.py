"""Announcements as dicts, shared by page, API and live message."""

from timely.clock import stamp
from timely.models import Announcement
from timely.presenters.date_text import day_text
from timely.presenters.row import Row
from timely.queries.row_order import announcement_sort_key


def announcement_row(announcement: Announcement) -> Row:
    zone = announcement.event.zone
    local = announcement.publish_at.astimezone(zone)
    return {
        "id": announcement.id,
        "sort_key": announcement_sort_key(announcement),
        "title": announcement.title,
        "message": announcement.message,
        "type": announcement.type,
        "type_text": announcement.type.capitalize(),
        "priority": announcement.priority,
        "priority_text": announcement.priority.capitalize(),
        "timestamp": stamp(announcement.publish_at),
        "posted_text": f"{day_text(local.date())}, {local:%H:%M}",
        "expires_at": stamp(announcement.expires_at),
    }
