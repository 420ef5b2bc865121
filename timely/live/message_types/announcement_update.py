"""Data of `announcement_update`: announcements of an event."""

from timely.live.change_log import Changes
from timely.models.read_only import EventView
from timely.presenters.announcement_rows import announcement_row
from timely.presenters.row import Row
from timely.queries import announcements as announcement_queries


def announcement_update(event: EventView, changes: Changes | None) -> Row:
    if changes is None:
        current, removed, action = announcement_queries.announcements(event), [], "snapshot"
    elif any(change.kind == "event" for change in changes):
        current, action = announcement_queries.announcements(event), "updated"
        removed = sorted({c.record_id for c in changes if c.kind != "event"} - {one.id for one in current})
    else:
        ids = {change.record_id for change in changes}
        current = announcement_queries.announcements(event, ids)
        removed = sorted(ids - {one.id for one in current})
        actions = {change.action for change in changes}
        action = "withdrawn" if not current else "created" if actions == {"created"} else "updated"
    rows = [announcement_row(announcement) for announcement in current]
    newest = max(rows, key=lambda row: (row["timestamp"], row["id"]), default=None)
    return {
        "event_id": event.id,
        "action": action,
        "announcement": newest if changes is not None else None,
        "announcements": rows,
        "removed": removed,
    }
