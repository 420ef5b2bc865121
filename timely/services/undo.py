"""Undo: restores every row that an action changed to its state before."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Index, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from timely.database.transactions import writing
from timely.domain.translation import LazyText, lazy_gettext
from timely.extensions import db
from timely.models import AuditEntry, Event, User
from timely.models.base import Base
from timely.services import audit
from timely.services.advancement import follow_arranged
from timely.services.errors import RuleBroken
from timely.services.undo_journal import Key, Row, decode, encode, is_as_left, row_now
from timely.services.undoable_models import CLASSES

# The tables that foreign keys point to.
POINTED_TO = frozenset(
    foreign.column.table.name for table in Base.metadata.tables.values() for foreign in table.foreign_keys
)
# The tables whose names are unique in an event, or in a stage of it.
NAMED_ONCE = frozenset(
    table.name
    for table in Base.metadata.tables.values()
    for one in (*table.constraints, *table.indexes)
    if (isinstance(one, UniqueConstraint) or (isinstance(one, Index) and one.unique))
    and {"name", "event_id", "stage_id"} & set(one.columns.keys()) > {"name"}
)

# An event may have a hundred thousand entries, and each has to be read to know what it changed.
MOST_LOOKED_AT = 300


def undo(entry: AuditEntry, *, by: User | None) -> AuditEntry:
    """The audit entry of undoing *entry*; undoing that one does the action again.

    Raises RuleBroken if it cannot be undone, was undone already, or a later action builds on it.
    """
    with writing():
        changes = entry.changes
        if entry.undone_by_id is not None:
            raise RuleBroken(lazy_gettext("This has been undone already."), code="undone")
        if not changes:
            raise RuleBroken(
                lazy_gettext("This cannot be undone: it changed no row that Timely keeps the old state of.")
            )
        _require_untouched(entry, changes)
        try:
            _restore(changes)
        except (IntegrityError, StaleDataError) as error:
            db.session.rollback()  # after the rollback the session can still be asked which later action it was
            raise RuleBroken(_built_upon(entry, changes)) from error
        event = db.session.get(Event, entry.event_id) if entry.event_id else None
        if event is not None:
            follow_arranged(event)  # other actions may have advanced teams since
        taken_back = audit.record(
            f"undo {entry.action}"[:40] if not entry.undoes_id else f"redo {entry.action.removeprefix('undo ')}"[:40],
            entry.subject,
            by=by,
            event_id=entry.event_id,
            fixture_id=entry.fixture_id,
            before=entry.after,
            after=entry.before,
        )
        taken_back.undoes_id = entry.id
        db.session.flush()
        entry.undone_by_id = taken_back.id
    return taken_back


def _require_untouched(entry: AuditEntry, changes: Sequence[Row]) -> None:
    connection = db.session.connection()
    for change in changes:
        table = change["table"]
        now = encode(table, row_now(connection, (table, change["id"])))
        if not is_as_left(table, now, change["after"]):
            raise RuleBroken(_built_upon(entry, changes), code="built_upon")


def _built_upon(entry: AuditEntry, changes: Sequence[Row]) -> LazyText:
    """The sentence that says which later action has to be undone first, where it is known.

    Looked for among the newest actions of the event, then among those on the same game.
    """
    touched = {(change["table"], change["id"]) for change in changes}
    later = (
        select(AuditEntry.action, AuditEntry.subject, AuditEntry.changes)
        .where(AuditEntry.id > entry.id, AuditEntry.event_id == entry.event_id, AuditEntry.undone_by_id.is_(None))
        .order_by(AuditEntry.id.desc())
        .limit(MOST_LOOKED_AT)
    )
    of_game = later.where(AuditEntry.fixture_id == entry.fixture_id)
    for query in (later, of_game) if entry.fixture_id is not None else (later,):
        for action, subject, its_changes in db.session.execute(query):
            if any((change["table"], change["id"]) in touched for change in its_changes or ()):
                return lazy_gettext(
                    "Something later builds on this. Undo “%(action)s: %(subject)s” first.",
                    action=audit.action_text(action),
                    subject=subject,
                )
    return lazy_gettext("What this changed has been changed since, so it cannot be undone any more.")


def _restore(changes: Sequence[Row]) -> None:
    """Restores deleted rows first, since others may point to them; removes created rows last."""
    order = [table.name for table in Base.metadata.sorted_tables]
    gone = [change for change in changes if change["after"] is None]
    made = [change for change in changes if change["before"] is None]
    # Nothing points to a result, and a game has only one: the one that was created goes before the old one is restored.
    _remove([change for change in made if change["table"] not in POINTED_TO], order)
    made = [change for change in made if change["table"] in POINTED_TO]
    for change in sorted(gone, key=lambda change: order.index(change["table"])):
        db.session.add(CLASSES[change["table"]](**decode(change["table"], change["before"])))
        db.session.flush()
    db.session.expire_all()
    own_names = _step_aside(changes)
    for change in changes:
        if change["before"] is not None and change["after"] is not None:
            record: Any = db.session.get_one(CLASSES[change["table"]], change["id"])
            record_name = own_names.get((change["table"], change["id"]))
            if record_name is not None:
                record.name = record_name
            for name, value in decode(change["table"], change["before"]).items():
                setattr(record, name, value)
    db.session.flush()
    _remove(made, order)
    db.session.expire_all()


def _step_aside(changes: Sequence[Row]) -> dict[Key, str]:
    """The names that the records had which swapped names or divisions.

    Names are unique at every moment, so each first takes a temporary one.
    """
    own_names: dict[Key, str] = {}
    swapped = [one for one in changes if one["before"] is not None and one["after"] is not None]
    for table in {one["table"] for one in swapped} & NAMED_ONCE:
        named = [one for one in swapped if one["table"] == table and one["before"].keys() & {"name", "division_id"}]
        if len(named) > 1:
            for change in named:
                record: Any = db.session.get_one(CLASSES[table], change["id"])
                own_names[table, record.id] = record.name
                record.name = f"\N{HORIZONTAL ELLIPSIS}{record.id}"
            db.session.flush()
    return own_names


def _remove(made: Sequence[Row], order: Sequence[str]) -> None:
    for change in sorted(made, key=lambda change: -order.index(change["table"])):
        # Deleted directly, not through its parents' lists: these may not know of it, and cascade to lists of their
        # own.
        db.session.delete(db.session.get_one(CLASSES[change["table"]], change["id"]))
        db.session.flush()
    db.session.expire_all()
