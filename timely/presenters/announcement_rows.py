"""Announcements as dicts, shared by page, API and live message."""

from timely.clock import stamp
from timely.models import Announcement
from timely.models.stored_words import stored_text
from timely.presenters.date_text import day_and_time_text, day_text, time_text
from timely.presenters.message_text import priority_text, type_text
from timely.presenters.row import Row
from timely.queries.row_order import announcement_sort_key


def announcement_row(announcement: Announcement) -> Row:
    zone = announcement.event.zone
    local = announcement.publish_at.astimezone(zone)
    return {
        "id": announcement.id,
        "sort_key": announcement_sort_key(announcement),
        "title": stored_text(announcement, "title"),
        "message": stored_text(announcement, "message"),
        "type": announcement.type,
        "type_text": type_text(announcement.type),
        "priority": announcement.priority,
        "priority_text": priority_text(announcement.priority),
        "timestamp": stamp(announcement.publish_at),
        "posted_text": day_and_time_text(day_text(local.date()), time_text(local)),
        "expires_at": stamp(announcement.expires_at),
    }
