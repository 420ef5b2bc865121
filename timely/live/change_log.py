"""Change log in the database: raises topic versions, writes which records changed, and reads it since a version."""

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple, Protocol

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from timely.extensions import db
from timely.models import Change, Topic
from timely.models.base import table_of
from timely.models.topic import EVENTS


class LoggedChange(NamedTuple):
    """One row of the log."""

    version: int
    kind: str
    record_id: int
    action: str


Changes = Sequence[LoggedChange]

KEPT_VERSIONS = 1000

# Built once: a save would take longer to build a statement than to run it.
_topics, _changes = table_of(Topic), table_of(Change)
_is_wanted = _topics.c.key.in_(bindparam("keys", expanding=True))
# Locked in the order of the keys, so that two writers cannot deadlock.
LOCKED_VERSIONS = select(_topics.c.key, _topics.c.version).where(_is_wanted).order_by(_topics.c.key).with_for_update()
RAISE_VERSIONS = update(_topics).where(_is_wanted).values(version=_topics.c.version + 1)
INSERT_CHANGES = insert(_changes)
CHANGES_SINCE = (
    select(_changes.c.version, _changes.c.kind, _changes.c.record_id, _changes.c.action)
    .where(_changes.c.topic == bindparam("topic"), _changes.c.version > bindparam("since"))
    .order_by(_changes.c.version, _changes.c.id)
)


class Changed(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def record_id(self) -> int: ...
    @property
    def action(self) -> str: ...
    @property
    def event_id(self) -> int | None: ...


def write_log(session: Session, changes: Mapping[str, Sequence[Changed]], new_topics: Mapping[str, int | None]) -> None:
    """Writes *changes* by topic, within the current transaction; keeps the last `KEPT_VERSIONS` of each topic.

    *new_topics* are the topics of new events and users, {topic: id of its event or None}. They start at version 1.
    """
    if new_topics:
        session.execute(
            insert(Topic), [{"key": key, "event_id": new_topics[key], "version": 1} for key in sorted(new_topics)]
        )
    if not changes:
        return
    versions = dict.fromkeys(new_topics, 1) | _raise_versions(session, changes.keys() - new_topics.keys())
    rows = [row for key in sorted(changes) for row in log_rows(key, versions[key], changes[key])]
    session.execute(INSERT_CHANGES, rows)
    for key in sorted(changes):
        if versions[key] > KEPT_VERSIONS:
            oldest = versions[key] - KEPT_VERSIONS
            session.execute(delete(Change).where(Change.topic == key, Change.version <= oldest))


def _raise_versions(session: Session, keys: Set[str]) -> dict[str, int]:
    """{topic: its new version} of the topics, in two statements however many there are."""
    if not keys:
        return {}
    wanted = {"keys": sorted(keys)}
    versions = {row.key: row.version + 1 for row in session.execute(LOCKED_VERSIONS, wanted)}
    session.execute(RAISE_VERSIONS, wanted)
    return versions


def changes_since(topic: str, since: int, version: int) -> Changes | None:
    """The changes after *since*; None if a snapshot is needed: *since* is 0 or unknown, or rows were deleted."""
    if since <= 0 or since > version:
        return None
    rows = [LoggedChange(*row) for row in db.session.execute(CHANGES_SINCE, {"topic": topic, "since": since})]
    complete = len({row.version for row in rows}) == version - since
    return rows if complete else None


def log_rows(key: str, version: int, changes: Sequence[Changed]) -> list[dict[str, object]]:
    """One row per record. Several changes of a record become one, usually the last.

    "created" outweighs later updates, and "updated" outweighs "rescheduled".
    """
    last: dict[tuple[str, int | None], str] = {}
    for change in changes:
        # The list of events has rows of events only: a change of any other record is an update of its event.
        record: tuple[str, int | None] = (
            ("event", change.event_id) if key == EVENTS else (change.kind, change.record_id)
        )
        action = change.action if change.kind == record[0] or key != EVENTS else "updated"
        if last.get(record) == "created" and action in ("updated", "rescheduled"):
            continue
        if last.get(record) == "updated" and action == "rescheduled":
            continue  # "rescheduled" means that nothing else has changed
        last[record] = action
    return [
        {"topic": key, "version": version, "kind": kind, "record_id": record_id, "action": action}
        for (kind, record_id), action in last.items()
    ]
