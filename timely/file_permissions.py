"""File permissions: the database is readable by its owner only, for it holds names, keys and password hashes."""

import os
from contextlib import suppress
from pathlib import Path

OWNERS = 0o077  # the permission bits of others than the owner; also the os.umask
ENDINGS = ("", "-wal", "-shm")


def make_private(database: Path) -> None:
    """Removes the access of others to the database and to SQLite's files beside it. Does nothing on Windows."""
    for ending in ENDINGS:
        take_from_others(database.with_name(database.name + ending))


def take_from_others(path: Path) -> None:
    """Removes the access of others to one file or folder, if it exists and belongs to this user."""
    if os.name == "posix":
        with suppress(OSError):
            mode = path.stat().st_mode & 0o777
            if mode & OWNERS:
                path.chmod(mode & ~OWNERS)
