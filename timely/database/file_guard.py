"""Guards the open SQLite file: detects that it was moved, replaced or deleted, and restores a deleted one.

On Linux and macOS a program keeps using a file after it is deleted, and everything saved since is lost when it exits.
So each save checks first, and a deleted file is written back from the open connection.
"""

import contextlib
import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from timely.database.errors import GONE, NotSaved

log = logging.getLogger(__name__)


class DatabaseFile:
    """The database file of one app's engine. Call `check` before a save, and `restore` if the file is missing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: tuple[int, int] | None = None

    def opened(self) -> None:
        """Called for each new connection; the first fixes which file is expected from then on."""
        self._opened = self._opened or self._now()

    def check(self) -> None:
        """Raises NotSaved if the file is not the one that was opened."""
        if self._opened is not None and self._now() != self._opened:
            raise NotSaved(GONE)

    @property
    def is_missing(self) -> bool:
        return self._opened is not None and self._now() is None

    def restore(self, engine: Engine) -> bool:
        """Restores the deleted file; whether that worked. The caller must keep others from writing meanwhile."""
        trial = self.path.with_name(f"{self.path.name}.put-back-{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with engine.connect() as held, closing(sqlite3.connect(trial)) as copy:
                source = held.connection.driver_connection
                assert isinstance(source, sqlite3.Connection)
                source.backup(copy)
            for ending in ("-wal", "-shm"):  # they belong to the deleted file, and would be read into this one
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            if self._now() is not None:
                return False  # it was restored from elsewhere meanwhile
            os.replace(trial, self.path)
        except (OSError, sqlite3.Error, SQLAlchemyError, NotSaved) as error:
            log.error("%s is gone and could not be put back: %s", self.path, error)
            return False
        finally:
            with contextlib.suppress(OSError):
                trial.unlink(missing_ok=True)
        self._opened = self._now()
        engine.dispose()
        log.error("%s was deleted while Timely runs; all that was saved in it has been put back", self.path)
        return True

    def _now(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_dev, found.st_ino
