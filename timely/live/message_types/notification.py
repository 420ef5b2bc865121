"""Data of `notification`: notifications to everybody, or to one user."""

from timely.live.change_log import Changes
from timely.presenters.notification_rows import notification_row
from timely.presenters.row import Row
from timely.queries.notifications import notifications


def notification(user_id: int | None, changes: Changes | None) -> Row:
    """The new notifications, or all current ones in a snapshot, with the keys of the newest at the top."""
    if changes is None:
        current, removed = notifications(user_id), []
    else:
        ids = {change.record_id for change in changes if change.kind == "notification"}
        current = notifications(user_id, ids)
        removed = sorted(ids - {one.id for one in current})
    rows = [notification_row(one) for one in current]
    keys = ("id", "title", "message", "type", "priority", "timestamp")
    newest = {key: rows[0][key] for key in keys} if rows else dict.fromkeys(keys[:-1])
    return {**newest, "notifications": rows, "removed": removed}
