"""Notifications as dicts, shared by page header and live message."""

from timely.clock import stamp
from timely.models import Notification
from timely.models.stored_words import stored_text
from timely.presenters.date_text import time_text
from timely.presenters.message_text import priority_text, type_text
from timely.presenters.row import Row
from timely.queries.row_order import notification_sort_key


def notification_row(notification: Notification) -> Row:
    """A notification in the header. Its time is local to its event; without an event, to the server."""
    local = notification.created_at.astimezone(notification.event.zone if notification.event else None)
    return {
        "id": notification.id,
        "sort_key": notification_sort_key(notification),
        "title": stored_text(notification, "title"),
        "message": stored_text(notification, "message"),
        "type": notification.type,
        "type_text": type_text(notification.type),
        "priority": notification.priority,
        "priority_text": priority_text(notification.priority),
        "timestamp": stamp(notification.created_at),
        "posted_text": time_text(local),
    }
