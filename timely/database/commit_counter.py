"""Commit counter: detects any commit to the database, from this process or another, by asking the database."""

import sqlite3
import threading
import time
from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy import event as sa_event
from sqlalchemy.exc import SQLAlchemyError

RECENT = 0.005
NEVER: tuple[float, Hashable | None] = (float("-inf"), None)


class CommitCounter:
    """`stamp()` differs after each commit, whichever process made it.

    It is None if the database has no such counter, or does not answer: then it is unknown whether anything changed.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._watcher: sqlite3.Connection | None = None
        self._asker: Engine | None = None
        self._opened = 0
        self._recent = NEVER
        self._lock = threading.Lock()
        # The last connection to close makes SQLite tidy up its files; this connection must not be the last.
        sa_event.listen(engine, "engine_disposed", lambda engine: self.close())
        sa_event.listen(engine, "commit", lambda connection: self._forget())

    def stamp(self) -> Hashable | None:
        self._recent = time.monotonic(), self._asked()
        return self._recent[1]

    def recent_stamp(self) -> Hashable | None:
        """The latest stamp, if it is at most RECENT seconds old and nothing was committed here since.

        For a hall whose clients all come in one second.
        """
        asked_at, found = self._recent
        return found if time.monotonic() - asked_at <= RECENT else self.stamp()

    def _forget(self) -> None:
        self._recent = NEVER

    def _asked(self) -> Hashable | None:
        if self.engine.dialect.name == "sqlite":
            return self._of_sqlite()
        if self.engine.dialect.name == "postgresql":
            return self._of_postgresql()
        return None

    def close(self) -> None:
        self._forget()
        with self._lock:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
            if self._asker is not None:
                self._asker.dispose()
                self._asker = None

    def _of_sqlite(self) -> Hashable | None:
        # PRAGMA data_version counts the commits of other connections, so it needs one that never commits.
        path = self.engine.url.database
        if path in (None, "", ":memory:"):
            return None
        with self._lock, suppress(sqlite3.Error):
            if self._watcher is None:
                # mode=rw, because connecting must not create an empty database in place of a deleted one.
                there = f"{Path(str(path)).absolute().as_uri()}?mode=rw"
                self._watcher = sqlite3.connect(
                    there, timeout=0, isolation_level=None, check_same_thread=False, uri=True
                )
                self._opened += 1  # counts of different connections do not compare
            return self._opened, self._watcher.execute("PRAGMA data_version").fetchone()[0]
        self.close()
        return None

    def _asking(self) -> Engine:
        """A pool of its own: the caller may hold a connection of the main pool, and if all did, none would be free."""
        with self._lock:
            if self._asker is None:
                self._asker = create_engine(
                    self.engine.url,
                    isolation_level="AUTOCOMMIT",
                    pool_size=2,
                    max_overflow=0,
                    pool_timeout=2,
                    pool_pre_ping=True,
                )
            return self._asker

    def _of_postgresql(self) -> Hashable | None:
        # The snapshot of active transactions; only the end of a write transaction changes it.
        with suppress(SQLAlchemyError), self._asking().connect() as connection:
            seen: str = connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one()
            return seen
        return None
