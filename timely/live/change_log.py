"""The log in the database: raises topics' versions and writes one row per record that changed."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from timely.live.topics import EVENTS
from timely.models import Change, Topic

KEPT_VERSIONS = 1000


class Changed(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def record_id(self) -> int: ...
    @property
    def action(self) -> str: ...
    @property
    def event_id(self) -> int | None: ...


def write_log(session: Session, changes: Mapping[str, Sequence[Changed]], made: Mapping[str, int | None]) -> None:
    """Within the running transaction. *made* are the topics of new events and users, {topic: its event or None}.

    They begin at version 1.
    """
    if made:
        session.execute(insert(Topic), [{"key": key, "event_id": made[key], "version": 1} for key in sorted(made)])
    # In the order of their names: two writers that lock the same topics never wait for each other in a circle.
    for key in sorted(changes):
        if key not in made:
            session.execute(update(Topic).where(Topic.key == key).values(version=Topic.version + 1))
        version = session.execute(select(Topic.version).where(Topic.key == key)).scalar_one()
        session.execute(insert(Change), _rows(key, version, changes[key]))
        if version > KEPT_VERSIONS:
            session.execute(delete(Change).where(Change.topic == key, Change.version <= version - KEPT_VERSIONS))


def _rows(key: str, version: int, changed: Sequence[Changed]) -> list[dict[str, object]]:
    """One row per record: several changes of one record in a transaction become the last of them."""
    last: dict[tuple[str, int | None], str] = {}
    for one in changed:
        # In the list of events only whole events are told; whatever changed in them, it is the event that did.
        record: tuple[str, int | None] = ("event", one.event_id) if key == EVENTS else (one.kind, one.record_id)
        action = one.action if one.kind == record[0] or key != EVENTS else "updated"
        if last.get(record) == "created" and action in ("updated", "rescheduled"):
            continue
        if last.get(record) == "updated" and action == "rescheduled":
            continue  # it was more than that
        last[record] = action
    return [
        {"topic": key, "version": version, "kind": kind, "record_id": record_id, "action": action}
        for (kind, record_id), action in last.items()
    ]
