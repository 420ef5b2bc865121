"""Write transactions: one writer at a time, all or nothing."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from timely.database.disk_errors import why_refused
from timely.database.engine import WAIT_SECONDS, WRITING, turn_into_write
from timely.database.errors import BUSY, DISK, GONE, DatabaseBusy, NotSaved, Trouble, trouble_of
from timely.database.file_guard import DatabaseFile
from timely.extensions import db
from timely.metrics import COMMIT_SECONDS, DATABASE_TROUBLE

log = logging.getLogger(__name__)

# One writer at a time in this process. A greenlet that waited for SQLite inside a write transaction would block the
# event loop, and with it every spectator; waiting here lets the others run.
_write_lock = threading.Lock()


class Conflict(Exception):
    """The same record was saved by another request in the meantime."""


@contextmanager
def writing(*, keep: bool = False) -> Iterator[None]:
    """One write transaction: all of it is saved, or nothing.

    Objects read before are read again inside, if the data may have changed since. With *keep* they still have the saved
    values afterwards, for the answer to the request; otherwise they are read again when they are used. A nested call
    joins the outer transaction.
    Raises NotSaved if the database cannot be written, and Conflict if a record's version has changed.
    """
    session = db.session()
    if session.info.get("writing"):
        yield
        return
    if session.new or session.dirty or session.deleted:
        session.rollback()
    if not _write_lock.acquire(blocking=False):
        # Release the connection before waiting: otherwise fifteen waiting requests would leave the writer none.
        session.rollback()
        if not _write_lock.acquire(timeout=2 * WAIT_SECONDS):
            DATABASE_TROUBLE.labels(BUSY.key).inc()
            raise DatabaseBusy
    try:
        _require_file(session)
        session.info["writing"] = True
        _begin(session)
        yield
        with COMMIT_SECONDS.time():
            _commit(session, keep)
    except StaleDataError as error:
        session.rollback()
        raise Conflict from error
    except (SQLAlchemyError, NotSaved) as error:
        session.rollback()
        trouble = _named(error)
        if trouble is None:
            raise
        DATABASE_TROUBLE.labels(trouble.key).inc()
        log.warning("nothing was saved: %s (%s)", trouble.title, error)
        raise (DatabaseBusy() if trouble is BUSY else NotSaved(trouble)) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)
        _write_lock.release()


def _begin(session: Session) -> None:
    has_kept = session.info.pop("kept", False)
    if session.in_transaction() and not has_kept and db.engine.dialect.name == "sqlite":
        with suppress(sqlite3.Error):  # a new transaction fails as well, with an error that is known by name
            if not turn_into_write(session.connection()):
                session.expire_all()
                session.info.pop("epoch", None)
            return
    session.rollback()
    session.expire_all()
    session.connection(execution_options=WRITING[db.engine.dialect.name])


def _commit(session: Session, keep: bool) -> None:
    session.expire_on_commit = not keep
    try:
        session.commit()
    finally:
        session.expire_on_commit = True
    session.info["kept"] = keep


def _named(error: Exception) -> Trouble | None:
    """The reason that a save failed. If SQLite only reports a disk error, a trial write asks the system for more."""
    trouble = trouble_of(error)
    file: DatabaseFile | None = current_app.extensions.get("timely.database.file_guard")
    if file is None or trouble not in (DISK, GONE) or isinstance(error, NotSaved):
        return trouble
    return why_refused(file.path.parent) or trouble


def restore_deleted_file() -> None:
    """Called once a second: restores a deleted database file before it is lost."""
    file: DatabaseFile | None = current_app.extensions.get("timely.database.file_guard")
    if file is not None and file.is_missing:
        db.session.rollback()
        with _write_lock:
            if file.is_missing:
                file.restore(db.engine)


def _require_file(session: Session) -> None:
    """Raises NotSaved if the file is no longer the one that was opened, after trying to restore it. Needs the lock."""
    file: DatabaseFile | None = current_app.extensions.get("timely.database.file_guard")
    if file is None:
        return
    if file.is_missing:
        session.rollback()
        if file.restore(db.engine):
            return
    file.check()
