"""Builds messages, from the database alone.

docs/live.md describes the protocol; tests/contracts/ keeps one golden message of each type.
"""

from collections.abc import Callable
from typing import Any

from timely.clock import now, stamp
from timely.domain.translation import current_language, in_language, pgettext
from timely.languages.available import languages
from timely.live.change_log import Changes, changes_since
from timely.live.message_types.announcement_update import announcement_update
from timely.live.message_types.event_update import event_update, events_update
from timely.live.message_types.notification import notification
from timely.live.message_types.results_update import results_update
from timely.live.message_types.schedule_update import schedule_update
from timely.live.topics import EventTopic, is_topic, read_topic, read_user_topic, topic_of
from timely.models import Event
from timely.models.read_only import EventView
from timely.models.topic import EVENTS
from timely.presenters.row import Row
from timely.queries.events import event_of_id
from timely.queries.public_view import as_public
from timely.queries.versions import epoch, version_of

# Kinds of records that add and remove tables.
TABLES = frozenset(("division", "stage", "group"))


def build(topic: str, since: int, version: int | None = None, code: str = "") -> Row | None:
    """The update from version *since* to the current one; a snapshot if *since* is 0 or the log no longer has it.

    *version* is the current one, if the running transaction has read it already. *code* is the language of its words,
    "" for that of the event, or of the installation. None if the topic does not exist, or its event is gone.
    """
    version = version or version_of(topic)
    parsed = read_topic(topic)
    if version is None or (parsed is None and not is_topic(topic)):
        return None
    event = event_of_id(parsed.event_id) if parsed else None
    known = languages()
    with in_language(known.find(code) or known.get(event.language if event else "")):
        kind, since, data = _words(topic, parsed, event, since, version)
        if data is None:
            return None
        return {
            "type": kind,
            "topic": topic,
            "epoch": epoch(),
            "version": version,
            "since": since,
            "lang": current_language().code,
            "data": {"timestamp": stamp(now())} | data,
        }


def _words(
    topic: str, parsed: EventTopic | None, event: Event | None, since: int, version: int
) -> tuple[str, int, Row | None]:
    """(type, the version that it begins at, its data) of the message; no data if the event is gone."""
    changes = changes_since(topic, since, version)
    data: Row | None
    if parsed is None and topic == EVENTS:
        kind, data = "event_update", events_update(changes)
    elif parsed is None:
        if changes and any(change.kind == "event" for change in changes):
            changes = None  # an event became public or was hidden, and its notifications with it
        kind, data = "notification", notification(read_user_topic(topic), changes)
    else:
        if parsed.key == "results" and changes and any(change.kind in TABLES for change in changes):
            changes = None  # a table may be gone, and only a snapshot lists the existing ones
        kind, data = BUILDERS[parsed.key][0], _data_of(parsed, event, changes)
    return kind, since if changes is not None else 0, data


def _data_of(topic: EventTopic, event: Event | None, changes: Changes | None) -> Row | None:
    if event is None:
        status_text = pgettext("state of an event", "Deleted")
        deleted = {"event_id": topic.event_id, "name": "", "status": "DELETED", "status_text": status_text}
        return deleted if topic.key == "event" else None
    return BUILDERS[topic.key][1](as_public(event), changes)


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


BUILDERS: dict[str, tuple[str, Callable[[EventView, Changes | None], dict[str, Any]]]] = {
    "event": ("event_update", event_update),
    "results": ("results_update", results_update),
    "schedule": ("schedule_update", schedule_update),
    "announcements": ("announcement_update", announcement_update),
}
