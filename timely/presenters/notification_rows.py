"""Notifications as dicts, shared by page header and live message."""

from timely.clock import stamp
from timely.models import Notification
from timely.presenters.row import Row
from timely.queries.row_order import notification_sort_key


def notification_row(notification: Notification) -> Row:
    """A notification in the header. Its time is local to its event; without an event, to the server."""
    local = notification.created_at.astimezone(notification.event.zone if notification.event else None)
    return {
        "id": notification.id,
        "sort_key": notification_sort_key(notification),
        "title": notification.title,
        "message": notification.message,
        "type": notification.type,
        "type_text": notification.type.capitalize(),
        "priority": notification.priority,
        "priority_text": notification.priority.capitalize(),
        "timestamp": stamp(notification.created_at),
        "posted_text": f"{local:%H:%M}",
    }
