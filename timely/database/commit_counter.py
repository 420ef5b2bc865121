"""Whether anything was written to the database since: asked of the database itself, whoever wrote."""

import sqlite3
import threading
from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy import event as sa_event
from sqlalchemy.exc import SQLAlchemyError


class CommitCounter:
    """`stamp()` is another word after each commit of anybody, from this process or another.

    It is None where the database cannot tell, or does not answer just now: then nobody knows.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._watcher: sqlite3.Connection | None = None
        self._asker: Engine | None = None
        self._opened = 0
        self._lock = threading.Lock()
        # The last connection to close is the one that tidies SQLite's files up, and must not be this one.
        sa_event.listen(engine, "engine_disposed", lambda engine: self.close())

    def stamp(self) -> Hashable | None:
        if self.engine.dialect.name == "sqlite":
            return self._of_sqlite()
        if self.engine.dialect.name == "postgresql":
            return self._of_postgresql()
        return None

    def close(self) -> None:
        with self._lock:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
            if self._asker is not None:
                self._asker.dispose()
                self._asker = None

    def _of_sqlite(self) -> Hashable | None:
        # The number counts what other connections commit, so it needs one that never does.
        path = self.engine.url.database
        if path in (None, "", ":memory:"):
            return None
        with self._lock, suppress(sqlite3.Error):
            if self._watcher is None:
                # Not made where it is missing: a deleted database must not find an empty one in its place.
                there = f"{Path(str(path)).absolute().as_uri()}?mode=rw"
                self._watcher = sqlite3.connect(
                    there, timeout=0, isolation_level=None, check_same_thread=False, uri=True
                )
                self._opened += 1  # the count of another connection has nothing to do with this one's
            return self._opened, self._watcher.execute("PRAGMA data_version").fetchone()[0]
        self.close()
        return None

    def _asking(self) -> Engine:
        """Connections of its own: whoever asks may hold one of the others, and if all did, none would get a second."""
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
        # Which transactions are over, as a reader of this moment sees it: only a writer's end alters that.
        with suppress(SQLAlchemyError), self._asking().connect() as connection:
            seen: str = connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one()
            return seen
        return None
