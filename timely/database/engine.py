"""Engine set-up: pragmas, isolation, and how a write transaction begins and waits for another writer."""

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine
from sqlalchemy import event as sa_event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from timely.database.commit_counter import CommitCounter
from timely.database.file_guard import DatabaseFile
from timely.extensions import db

WAIT_SECONDS = 3.0
# A write transaction sees the latest data; a read sees a snapshot (`engine_options`).
WRITING = defaultdict(
    lambda: {"timely_write": True},
    postgresql={"timely_write": True, "isolation_level": "READ COMMITTED"},
)
WRITERS_LOCK_ID = 0x7131E1  # arbitrary, the same for all workers of one database
PAUSE_SECONDS = 0.02


def set_up_engine(app: Flask) -> None:
    """Installs pragmas, transaction begin, the file check and the commit counter on the app's engine."""
    with app.app_context():
        app.extensions["timely.database.commit_counter"] = CommitCounter(db.engine)
        sa_event.listen(db.engine, "connect", _set_pragmas)
        sa_event.listen(db.engine, "begin", _begin)
        if db.engine.dialect.name == "postgresql":
            sa_event.listen(db.engine, "before_cursor_execute", _without_nul, retval=True)
        if (path := sqlite_path(app)) is not None:
            _commit_off_the_loop(db.engine, app.extensions["timely.run_slow"])
            file = app.extensions["timely.database.file_guard"] = DatabaseFile(path)
            # Before connecting: SQLite would create an empty database where the file is missing.
            sa_event.listen(db.engine, "do_connect", lambda *how: file.check())
            sa_event.listen(db.engine, "connect", lambda *made: file.opened())


def _commit_off_the_loop(engine: Engine, run_slow: Callable[..., Any]) -> None:
    """Commits by *run_slow*: SQLite waits in C until the disk has it, 1 ms on a fast one and 50 on a slow one."""
    commit = engine.dialect.do_commit
    engine.dialect.do_commit = lambda connection: run_slow(commit, connection)  # type: ignore[assignment]


def sqlite_path(app: Flask) -> Path | None:
    """The path of the database file; None for a database server and for an in-memory database."""
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
    cursor.execute("PRAGMA synchronous=FULL")  # a saved result survives a power cut
    cursor.close()


def engine_options(url: str) -> dict[str, Any]:
    """Engine options for this database, for Flask-SQLAlchemy."""
    if not url.startswith("postgresql"):
        return {}
    return {
        # A restarted server has closed all connections, so each is tested before use.
        "pool_pre_ping": True,
        # A read sees one snapshot, as on SQLite: a topic's version and its changes must match.
        "isolation_level": "REPEATABLE READ",
        "connect_args": {
            "application_name": "timely",
            "connect_timeout": 5,
            # A server that has gone is noticed even in the middle of a response.
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
    """Replaces NUL in text: PostgreSQL rejects it and psycopg2 raises, and any URL may contain one."""
    if isinstance(parameters, dict):
        for name, value in parameters.items():
            if isinstance(value, str) and "\0" in value:
                parameters = {**parameters, name: value.replace("\0", "\ufffd")}
    return statement, parameters


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "postgresql" and connection.get_execution_options().get("timely_write"):
        # One writer at a time among all workers, as on SQLite: what a service has read still holds when it saves.
        # The lock belongs to the transaction, so it is always released.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK_ID})")
    if connection.dialect.name != "sqlite":
        return
    if connection.get_execution_options().get("timely_write"):
        _begin_immediate(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def turn_into_write(connection: Connection) -> bool:
    """Begins a write transaction of SQLite in place of the running read transaction.

    Returns whether the data are still those that were read: whether no other connection has committed since.
    Raises SQLAlchemy's errors, and sqlite3.Error where the read transaction cannot even be ended.
    """
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    seen = _data_version(driver)
    driver.rollback()
    _begin_immediate(connection)
    return _data_version(driver) == seen


def _data_version(driver: sqlite3.Connection) -> int:
    """Differs after each commit of another connection."""
    return int(driver.execute("PRAGMA data_version").fetchone()[0])


def _begin_immediate(connection: Connection) -> None:
    # A read transaction that turns into a write after another commit fails at once, whatever the time-out:
    # so a write transaction begins as one.
    give_up_at = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > give_up_at:
                raise
            time.sleep(PAUSE_SECONDS)
