"""How Timely talks to its database: pragmas, write transactions, waiting for another writer."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Connection
from sqlalchemy import event as sa_event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from timely.extensions import db

WAIT_SECONDS = 3.0
PAUSE_SECONDS = 0.02

# One writer at a time in this process. A greenlet that waits for SQLite inside a write transaction would freeze
# every spectator; waiting here lets the others go on.
_write_lock = threading.Lock()


class DatabaseBusy(Exception):
    """Another program kept the database to itself for longer than we wait."""


class Conflict(Exception):
    """Somebody else saved the same record in the meantime."""


def set_up_engine(app: Flask) -> None:
    """Hangs our way of beginning and waiting on the app's engine."""
    with app.app_context():
        sa_event.listen(db.engine, "connect", _set_pragmas)
        sa_event.listen(db.engine, "begin", _begin)


def _set_pragmas(connection: Any, record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we send BEGIN ourselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=50")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")  # a saved result outlives a pulled plug
    cursor.close()


def _begin(connection: Connection) -> None:
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
    Raises DatabaseBusy, and Conflict when a record's version had moved on.
    """
    session = db.session()
    if session.info.get("writing"):
        yield
        return
    # Whoever waits for the lock holds no connection: else fifteen waiters would leave the writer none.
    session.rollback()
    if not _write_lock.acquire(timeout=2 * WAIT_SECONDS):
        raise DatabaseBusy
    try:
        session.info["writing"] = True
        session.connection(execution_options={"timely_write": True})
        yield
        session.commit()
    except OperationalError as error:
        session.rollback()
        if "locked" in str(error.orig):
            raise DatabaseBusy from error
        raise
    except StaleDataError as error:
        session.rollback()
        raise Conflict from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)
        _write_lock.release()
