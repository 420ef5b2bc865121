"""Builds messages, from the database alone.

docs/live.md describes the protocol; tests/contracts/ keeps one golden message of each type.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import select

from timely.clock import now, stamp
from timely.extensions import db
from timely.live.encoded_message import CachedMessage
from timely.live.topic_versions import state
from timely.live.topics import EVENTS, NOTIFICATIONS, EventTopic, read_topic, read_user_topic, topic_of
from timely.models import Change, Event, Fixture, Topic
from timely.presenters.announcement_rows import announcement_row
from timely.presenters.bracket import changed_ties
from timely.presenters.comparison_rows import told_comparison
from timely.presenters.event_rows import event_row, progress_row
from timely.presenters.final_places import told_final_places
from timely.presenters.fixture_rows import fixture_row, result_row
from timely.presenters.formatting import played_text
from timely.presenters.notification_rows import notification_row
from timely.presenters.row import Row
from timely.presenters.table_rows import told_table
from timely.queries import announcements as announcement_queries
from timely.queries.comparisons import comparisons
from timely.queries.events import public_events
from timely.queries.final_places import final_places
from timely.queries.notifications import notifications
from timely.queries.public_view import as_public
from timely.queries.schedule import latest_result, latest_results, played_count, schedule
from timely.queries.tables import leaderboard
from timely.queries.versions import all_versions, epoch

Changes = Sequence[Change]
# Topics whose last snapshot is kept in memory; spectators follow only a few.
MOST_SNAPSHOTS = 100
# Kinds of records that add and remove tables.
TABLES = frozenset(("division", "stage", "group"))


def build(topic: str, since: int) -> Row | None:
    """The update from version *since* to the current one; a snapshot if *since* is 0 or the log no longer has it.

    None if the topic does not exist, or its event is gone.
    """
    version = db.session.scalar(select(Topic.version).where(Topic.key == topic))
    if version is None:
        return None
    changes = _changes(topic, since, version)
    spelled = read_topic(topic)
    if topic == EVENTS:
        kind, data = "event_update", _events(changes)
    elif topic == NOTIFICATIONS or read_user_topic(topic) is not None:
        if changes and any(change.kind == "event" for change in changes):
            changes = None  # an event became public or was hidden, and its notifications with it
        kind, data = "notification", _notification(read_user_topic(topic), changes)
    elif spelled is None:
        return None
    else:
        if spelled.key == "results" and changes and any(change.kind in TABLES for change in changes):
            changes = None  # a table may be gone, and only a snapshot lists the existing ones
        kind, built = BUILDERS[spelled.key][0], _about(spelled, changes)
        if built is None:
            return None
        data = built
    return {
        "type": kind,
        "topic": topic,
        "epoch": epoch(),
        "version": version,
        "since": since if changes is not None else 0,
        "data": {"timestamp": stamp(now())} | data,
    }


def snapshot(topic: str, version: int | None = None) -> Row | None:
    """The snapshot of the topic; None if there is none. *version* is its current one, if the caller has just read it.

    Built once per version: after a restart all clients ask for the same one at once.
    """
    spelled = read_topic(topic)
    # These contain the number of games played, which changes without a version of the topic: any change outdates them.
    is_of_all = topic == EVENTS or (spelled is not None and spelled.key == "event")
    wanted = (
        state().versions if is_of_all else version or db.session.scalar(select(Topic.version).where(Topic.key == topic))
    )
    kept: dict[str, tuple[Any, Row]] = current_app.extensions.setdefault("timely.snapshots", {})
    made_of, found = kept.get(topic, (None, None))
    if found is None or made_of != (state().epoch, wanted):
        versions = all_versions() if is_of_all else None
        built = build(topic, 0)
        if built is None:
            return None
        found = CachedMessage(built)
        # The key is what it was built of: the transaction may have begun before the wanted version was committed.
        made_of = (built["epoch"], versions or built["version"])
    kept.pop(topic, None)
    kept[topic] = made_of, found  # reinserted, so that the least recently used topic comes first
    for oldest in list(kept)[:-MOST_SNAPSHOTS]:
        kept.pop(oldest, None)
    return found


def heartbeat(event: tuple[int, str] | None, versions: dict[str, int], epoch_: str, topic: str = EVENTS) -> Row:
    """A heartbeat with the versions that a client should have by now.

    *event* is (id, status). If None, the versions are of topics of no event, and the message is sent under *topic*.
    """
    event_id, status = event or (None, None)
    data = {
        "event_id": event_id,
        "event_status": status,
        "epoch": epoch_,
        "versions": versions,
        "timestamp": stamp(now()),
    }
    return {
        "type": "heartbeat",
        "topic": topic_of(event_id, "event") if event_id else topic,
        "epoch": epoch_,
        "data": data,
    }


def error(code: str, message: str) -> Row:
    return {"code": code, "message": message}


def error_message(code: str, message: str) -> Row:
    return {"type": "error", "epoch": epoch(), "data": error(code, message)}


def _changes(topic: str, since: int, version: int) -> Changes | None:
    """The changes after *since*; None if a snapshot is needed: *since* is 0 or unknown, or rows were deleted."""
    if since <= 0 or since > version:
        return None
    rows = db.session.scalars(
        select(Change).where(Change.topic == topic, Change.version > since).order_by(Change.version, Change.id)
    ).all()
    complete = len({row.version for row in rows}) == version - since
    return rows if complete else None


def _about(topic: EventTopic, changes: Changes | None) -> Row | None:
    event = db.session.get(Event, topic.event_id)
    if event is None:
        gone = {"event_id": topic.event_id, "name": "", "status": "DELETED", "status_text": "Deleted"}
        return gone if topic.key == "event" else None
    return BUILDERS[topic.key][1](as_public(event), changes)


def _event_update(event: Event, changes: Changes | None) -> Row:
    return event_row(event, played_count(event))


def _events(changes: Changes | None) -> Row:
    """The public events that changed, with the keys of the first at the top; `removed` are those no longer public."""
    public = {event.id: as_public(event) for event in public_events()}
    ids = list(public) if changes is None else list(dict.fromkeys(change.record_id for change in changes))
    rows = [event_row(public[id_], played_count(public[id_])) for id_ in ids if id_ in public]
    removed = [id_ for id_ in ids if id_ not in public]
    first = rows[0] if rows else {"event_id": removed[0] if removed else None, "name": "", "status": "DELETED"}
    return {**first, "events": rows, "removed": removed}


def _notification(user_id: int | None, changes: Changes | None) -> Row:
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


def _results_update(event: Event, changes: Changes | None) -> Row:
    group_ids = None
    if changes is None:
        told = latest_results(event)
    else:
        ids = {change.record_id for change in changes if change.kind == "result"}
        told = schedule(event, ids)
        if any(change.kind == "event" for change in changes):
            told = latest_results(event)  # results that were held back may be public now
        if all(change.kind == "result" for change in changes) and len(told) == len(ids):
            group_ids = {fixture.group_id for fixture in told if fixture.group_id}
    # All tables are computed: comparisons of level teams are sent for every table, also for unchanged ones.
    boards = leaderboard(event)
    every = [told_table(table) for table in boards]
    tables = [table for table in every if group_ids is None or table["id"] in group_ids]
    first, more = (tables[0], tables[1:]) if tables else (None, [])
    return {
        "event_id": event.id,
        "table": {key: value for key, value in first.items() if key != "leaderboard"} if first else None,
        "leaderboard": first["leaderboard"] if first else [],
        "more_tables": more,
        "comparisons": [told_comparison(one) for one in comparisons(event, boards)],
        "final_places": told_final_places(final_places(event, boards)),
        "results": [result_row(fixture) for fixture in told],
        **progress_row(event, latest_result(event, told), played_count(event), every),
    }


def _schedule_update(event: Event, changes: Changes | None) -> Row:
    ids = None
    if changes is None:
        fixtures, removed, action = schedule(event), [], "snapshot"
    else:
        ids = _fixtures_touched(event, changes)
        fixtures = schedule(event, ids)
        removed = sorted(ids - {fixture.id for fixture in fixtures})
        action = _action(changes)
    rows = [fixture_row(fixture) for fixture in fixtures]
    one = rows[0] if changes is not None and len(rows) == 1 and not removed else None
    return {
        "event_id": event.id,
        "action": action,
        "fixtures": rows,
        "removed": removed,
        "ties": changed_ties(event, ids) if any(fixture.code for fixture in fixtures) else [],
        "played_text": played_text(played_count(event)),
        "updated_fixture": {key: one[key] for key in ("id", "home_team", "away_team", "start_at", "status")}
        if one
        else None,
    }


def _fixtures_touched(event: Event, changes: Changes) -> set[int]:
    ids = {change.record_id for change in changes if change.kind in ("fixture", "result")}
    others = {change.kind for change in changes} - {"fixture", "result"}
    if others <= {"team", "pitch"} and others:
        of = {kind: {change.record_id for change in changes if change.kind == kind} for kind in ("team", "pitch")}
        ids |= set(
            db.session.scalars(
                select(Fixture.id).where(
                    Fixture.event_id == event.id,
                    Fixture.home_team_id.in_(of["team"])
                    | Fixture.away_team_id.in_(of["team"])
                    | Fixture.pitch_id.in_(of["pitch"]),
                )
            )
        )
    elif others:
        ids |= set(db.session.scalars(select(Fixture.id).where(Fixture.event_id == event.id)))
    return ids


def _action(changes: Changes) -> str:
    """The common action of all changes; "updated" if they differ or concern more than fixtures."""
    kinds = {(change.kind, change.action) for change in changes}
    actions = {action for kind, action in kinds if kind == "fixture"}
    if actions and not any(kind in ("team", "pitch", "stage", "group", "event") for kind, _ in kinds):
        for action in ("created", "deleted", "rescheduled"):
            if actions == {action}:
                return action
    return "updated"


def _announcement_update(event: Event, changes: Changes | None) -> Row:
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


BUILDERS: dict[str, tuple[str, Callable[[Event, Changes | None], dict[str, Any]]]] = {
    "event": ("event_update", _event_update),
    "results": ("results_update", _results_update),
    "schedule": ("schedule_update", _schedule_update),
    "announcements": ("announcement_update", _announcement_update),
}
