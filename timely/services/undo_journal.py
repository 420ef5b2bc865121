"""Undo journal: stores with each audit entry which rows changed, before and after, so that it can be undone."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, inspect, select, update
from sqlalchemy import event as sa_event
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.base import NO_VALUE

from timely.extensions import db
from timely.models import Announcement, AuditEntry, Event
from timely.models.base import Base, table_of
from timely.models.columns import Day, UtcDateTime
from timely.services.undoable_models import CLASSES, KEPT, NOT_KEPT

# States that the clock sets; an announcement that got one has not been changed by anybody.
MOVED_BY_CLOCK = frozenset({"WAITING", "CURRENT", "EXPIRED"})

_audit = table_of(AuditEntry)
WRITE_CHANGES = update(_audit).where(_audit.c.id == bindparam("entry_id")).values(changes=bindparam("changes"))

Row = dict[str, Any]
Key = tuple[str, int]


def encode(table: str, row: Row | None) -> Row | None:
    """The row in types that JSON can store."""
    if row is None:
        return None
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in row.items()
        if name not in NOT_KEPT[table]
    }


def is_as_left(table: str, now: Row | None, after: Row | None) -> bool:
    """Whether nobody has changed the row since; *after* has the columns that were changed, or all of a new row."""
    if now is None or after is None:
        return now is after
    return all(
        now[name] == value
        or (table == Announcement.__tablename__ and name == "state" and {now[name], value} <= MOVED_BY_CLOCK)
        for name, value in after.items()
    )


def decode(table: str, row: Row) -> Row:
    """The row of an encoded one, with dates and times restored."""
    columns = _table(table).columns
    return {name: _decoded(columns[name].type, value) for name, value in row.items() if name in columns}


def _decoded(type_: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(type_, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(type_, Day) else value


def row_now(connection: Connection, key: Key) -> Row | None:
    """The row as it stands in the running transaction."""
    found = connection.execute(_row_statement(key[0]), {"id": key[1]}).mappings().first()
    return dict(found) if found else None


@cache
def _row_statement(name: str) -> Select[Any]:
    table = _table(name)
    return select(table).where(table.c.id == bindparam("id"))


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _touched(session: Session) -> dict[Key, Row | None]:
    """{row: its state before this transaction}; None for a row that the transaction created."""
    found: dict[Key, Row | None] = session.info.setdefault("rows before", {})
    return found


def _before(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    session = inspect(target).session
    if session is not None:
        touched, key = _touched(session), (target.__tablename__, target.id)
        if key not in touched:
            touched[key] = _row_as_loaded(target) or row_now(connection, key)


def _row_as_loaded(target: Any) -> Row | None:
    """The row as it was read, which is as it stands until the flush; None if part of it has not been read."""
    state = inspect(target)
    old, now = state.committed_state, state.dict
    row = {one.columns[0].name: old.get(one.key, now.get(one.key, NO_VALUE)) for one in state.mapper.column_attrs}
    return None if any(value is NO_VALUE for value in row.values()) else row


def _before_delete(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    session = inspect(target).session
    if session is not None:
        _remember_all(_touched(session), connection, (target.__tablename__, target.id))


def _after_insert(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    session = inspect(target).session
    if session is not None:
        _touched(session).setdefault((target.__tablename__, target.id), None)


def _remember(touched: dict[Key, Row | None], connection: Connection, key: Key) -> None:
    if key not in touched:
        touched[key] = row_now(connection, key)


def _remember_all(touched: dict[Key, Row | None], connection: Connection, key: Key) -> None:
    """Remembers the row, and those that the database deletes or changes with it."""
    _remember(touched, connection, key)
    for name in CLASSES:
        table = _table(name)
        for foreign in table.foreign_keys:
            if foreign.column.table.name != key[0]:
                continue
            for (id_,) in connection.execute(select(table.c.id).where(foreign.parent == key[1])).all():
                if (name, id_) not in touched:
                    follow: Callable[..., None] = _remember_all if foreign.ondelete == "CASCADE" else _remember
                    follow(touched, connection, (name, id_))


def _keep(session: Session) -> None:
    """Attaches the changes to the transaction's first audit entry, before it commits."""
    if session.in_nested_transaction():
        return
    entries = [entry for entry in session.info.pop("entries", []) if entry in session]
    session.flush()
    touched: dict[Key, Row | None] = session.info.pop("rows before", {})
    session.info.pop("undoable", None)
    if not entries or not touched:
        return
    connection = session.connection()
    changes = []
    for key, before in touched.items():
        old, new = encode(key[0], before), encode(key[0], row_now(connection, key))
        if old == new:
            continue
        if key[0] == Event.__tablename__ and (old is None or new is None):
            return  # a whole event, created or deleted, is not undone by a click
        changes.append(_change(key, old, new))
    if changes:
        session.info["undoable"] = entries[0]
        # Further entries, such as that of its announcement, are undone with it. Not by another flush of the session,
        # which takes longer than the rest of the journal.
        connection.execute(WRITE_CHANGES, {"entry_id": entries[0].id, "changes": changes})
        set_committed_value(entries[0], "changes", changes)


def _change(key: Key, old: Row | None, new: Row | None) -> Row:
    """Of a row that still exists only the columns that changed are kept."""
    if old is not None and new is not None:
        names = [name for name in new if new[name] != old.get(name)]
        old, new = {name: old.get(name) for name in names}, {name: new[name] for name in names}
    return {"table": key[0], "id": key[1], "before": old, "after": new}


def note_entry(entry: AuditEntry) -> None:
    """Registers an audit entry, to which the running transaction's changes will belong."""
    db.session().info.setdefault("entries", []).append(entry)


def latest_entry() -> AuditEntry | None:
    """The entry of the running transaction that was recorded last."""
    entries = db.session().info.get("entries")
    return entries[-1] if entries else None


def undoable_entry() -> AuditEntry | None:
    """The entry that this session has just saved; None if it changed nothing that can be undone."""
    found: AuditEntry | None = db.session().info.get("undoable")
    return found


def _forget(session: Session, previous: Any) -> None:
    if previous.parent is None:
        session.info.pop("rows before", None)
        session.info.pop("entries", None)


for _cls in KEPT:
    sa_event.listen(_cls, "before_update", _before)
    sa_event.listen(_cls, "before_delete", _before_delete)
    sa_event.listen(_cls, "after_insert", _after_insert)
sa_event.listen(Session, "before_commit", _keep)
sa_event.listen(Session, "after_soft_rollback", _forget)
