"""Write transactions: one writer at a time, saved whole or not at all."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from timely.database.disk_errors import why_refused
from timely.database.engine import WAIT_SECONDS, WRITING
from timely.database.errors import BUSY, DISK, GONE, DatabaseBusy, NotSaved, Trouble, trouble_of
from timely.database.file_guard import DatabaseFile
from timely.extensions import db
from timely.metrics import COMMIT_SECONDS, DATABASE_TROUBLE

log = logging.getLogger(__name__)

# One writer at a time in this process. A greenlet that waits for SQLite inside a write transaction would freeze
# every spectator; waiting here lets the others go on.
_write_lock = threading.Lock()


class Conflict(Exception):
    """Somebody else saved the same record in the meantime."""


@contextmanager
def writing() -> Iterator[None]:
    """One write transaction: all of it is saved, or nothing.

    What was read before is read again inside. A deed within a deed joins the outer one's transaction.
    Raises NotSaved where the database cannot be written, and Conflict when a record's version had moved on.
    """
    session = db.session()
    if session.info.get("writing"):
        yield
        return
    # Whoever waits for the lock holds no connection: else fifteen waiters would leave the writer none.
    session.rollback()
    if not _write_lock.acquire(timeout=2 * WAIT_SECONDS):
        DATABASE_TROUBLE.labels(BUSY.key).inc()
        raise DatabaseBusy
    try:
        _require_file()
        session.info["writing"] = True
        session.connection(execution_options=WRITING[db.engine.dialect.name])
        yield
        with COMMIT_SECONDS.time():
            session.commit()
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


def _named(error: Exception) -> Trouble | None:
    """What stopped the save. Where SQLite only knows that the disk refused, the system is asked why."""
    trouble = trouble_of(error)
    file: DatabaseFile | None = current_app.extensions.get("timely.database.file_guard")
    if file is None or trouble not in (DISK, GONE) or isinstance(error, NotSaved):
        return trouble
    return why_refused(file.path.parent) or trouble


def restore_deleted_file() -> None:
    """Once a second: a database file that somebody has deleted is put back before it is lost."""
    file: DatabaseFile | None = current_app.extensions.get("timely.database.file_guard")
    if file is not None and file.is_missing:
        db.session.rollback()
        with _write_lock:
            if file.is_missing:
                file.put_back(db.engine)


def _require_file() -> None:
    """Before a save, with the lock held. Raises NotSaved if it would go into a file that is nobody's any more."""
    file: DatabaseFile | None = current_app.extensions.get("timely.database.file_guard")
    if file is None or (file.is_missing and file.put_back(db.engine)):
        return
    file.look()
