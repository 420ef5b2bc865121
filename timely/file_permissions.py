"""Files that are their owner's alone: whoever reads the database has names, keys and the hashes of passwords."""

import os
from contextlib import suppress
from pathlib import Path

OWNERS = 0o077  # what a new file is not given, for os.umask
ENDINGS = ("", "-wal", "-shm")


def make_private(database: Path) -> None:
    """Takes the database, and what SQLite keeps beside it, away from all but the owner. Windows has its own ways."""
    for ending in ENDINGS:
        take_from_others(database.with_name(database.name + ending))


def take_from_others(path: Path) -> None:
    """One file or folder that is there; another user's is left as it is."""
    if os.name == "posix":
        with suppress(OSError):
            mode = path.stat().st_mode & 0o777
            if mode & OWNERS:
                path.chmod(mode & ~OWNERS)
