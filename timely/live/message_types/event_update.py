"""Data of `event_update`: one event, or the list of public events."""

from timely.live.change_log import Changes
from timely.models.read_only import EventView
from timely.presenters.event_rows import event_row
from timely.presenters.row import Row
from timely.queries.event_counts import played_counts
from timely.queries.events import public_events
from timely.queries.public_view import as_public
from timely.queries.schedule import played_count


def event_update(event: EventView, changes: Changes | None) -> Row:
    return event_row(event, played_count(event))


def events_update(changes: Changes | None) -> Row:
    """The public events that changed, with the keys of the first at the top; `removed` are those no longer public."""
    changed = None if changes is None else list(dict.fromkeys(change.record_id for change in changes))
    public = {event.id: as_public(event) for event in public_events(changed)}
    ids = list(public) if changed is None else changed
    played = played_counts(public.values())
    rows = [event_row(public[id_], played[id_]) for id_ in ids if id_ in public]
    removed = [id_ for id_ in ids if id_ not in public]
    first = rows[0] if rows else {"event_id": removed[0] if removed else None, "name": "", "status": "DELETED"}
    return {**first, "events": rows, "removed": removed}
