"""How Timely talks to its database: pragmas, write transactions, waiting for another writer."""

import logging
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Connection
from sqlalchemy import event as sa_event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from timely.database_file import DatabaseFile
from timely.disk import why_refused
from timely.extensions import db
from timely.figures import COMMIT_SECONDS, DATABASE_TROUBLE
from timely.troubles import BUSY, DISK, GONE, DatabaseBusy, NotSaved, Trouble, trouble_of

log = logging.getLogger(__name__)

WAIT_SECONDS = 3.0
# A write sees the newest of everything; elsewhere a reader sees one moment (`engine_options`).
WRITING = defaultdict(
    lambda: {"timely_write": True},
    postgresql={"timely_write": True, "isolation_level": "READ COMMITTED"},
)
WRITERS_TURN = 0x7131E1  # any number, the same for all workers of one database
PAUSE_SECONDS = 0.02

# One writer at a time in this process. A greenlet that waits for SQLite inside a write transaction would freeze
# every spectator; waiting here lets the others go on.
_write_lock = threading.Lock()


class Conflict(Exception):
    """Somebody else saved the same record in the meantime."""


def set_up_engine(app: Flask) -> None:
    """Hangs our way of beginning and waiting on the app's engine."""
    with app.app_context():
        sa_event.listen(db.engine, "connect", _set_pragmas)
        sa_event.listen(db.engine, "begin", _begin)
        if db.engine.dialect.name == "postgresql":
            sa_event.listen(db.engine, "before_cursor_execute", _without_nul, retval=True)
        if (path := sqlite_path(app)) is not None:
            file = app.extensions["timely.database_file"] = DatabaseFile(path)
            # Asked first: SQLite would make an empty database where the file is missing.
            sa_event.listen(db.engine, "do_connect", lambda *how: file.look())
            sa_event.listen(db.engine, "connect", lambda *made: file.opened())


def sqlite_path(app: Flask) -> Path | None:
    """Where the database file is; None for a database server, and for one that is in memory only."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def _set_pragmas(connection: Any, record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we send BEGIN ourselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=50")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")  # a saved result outlives a pulled plug
    cursor.close()


def engine_options(url: str) -> dict[str, Any]:
    """How SQLAlchemy is to make its engine for this database, in Flask-SQLAlchemy's words."""
    if not url.startswith("postgresql"):
        return {}
    return {
        # A server that was started anew has closed all connections; they are tried before they are used.
        "pool_pre_ping": True,
        # A reader sees one moment, as on SQLite: a topic's version and its changes must fit together.
        "isolation_level": "REPEATABLE READ",
        "connect_args": {
            "application_name": "timely",
            "connect_timeout": 5,
            # A server that is there no more is noticed, also in the middle of an answer.
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 15_000,
            "options": f"-c lock_timeout={int(WAIT_SECONDS * 1000)} -c idle_in_transaction_session_timeout=60000",
        },
    }


def _without_nul(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
) -> tuple[str, Any]:
    """PostgreSQL takes no NUL in a text, and psycopg2 breaks off over one that a stranger's address brings."""
    if isinstance(parameters, dict):
        for name, value in parameters.items():
            if isinstance(value, str) and "\0" in value:
                parameters = {**parameters, name: value.replace("\0", "\ufffd")}
    return statement, parameters


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "postgresql" and connection.get_execution_options().get("timely_write"):
        # One writer at a time among all workers, as SQLite has it: what a deed has looked at is still so when it
        # saves. The lock is the transaction's, so nobody can forget to give it back.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_TURN})")
    if connection.dialect.name != "sqlite":
        return
    if not connection.get_execution_options().get("timely_write"):
        connection.exec_driver_sql("BEGIN")
        return
    # A read that turns into a write after somebody else's commit fails at once, whatever the time-out:
    # so a write begins as a write.
    give_up_at = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > give_up_at:
                raise
            time.sleep(PAUSE_SECONDS)


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
    file: DatabaseFile | None = current_app.extensions.get("timely.database_file")
    if file is None or trouble not in (DISK, GONE) or isinstance(error, NotSaved):
        return trouble
    return why_refused(file.path.parent) or trouble


def keep_in_place() -> None:
    """Once a second: a database file that somebody has deleted is put back before it is lost."""
    file: DatabaseFile | None = current_app.extensions.get("timely.database_file")
    if file is not None and file.is_missing:
        db.session.rollback()
        with _write_lock:
            if file.is_missing:
                file.put_back(db.engine)


def _require_file() -> None:
    """Before a save, with the lock held. Raises NotSaved if it would go into a file that is nobody's any more."""
    file: DatabaseFile | None = current_app.extensions.get("timely.database_file")
    if file is None or (file.is_missing and file.put_back(db.engine)):
        return
    file.look()
