"""Checks the SQLite file before it is opened: a lost or foreign file is not replaced by a new one unasked."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from data_folder import BEGINNING, SECRET_KEY
from launch.messages import START

# Every revision has both tables; no other program's database does.
OUR_TABLES = {"alembic_version", "topics"}
ANEW = f"To begin with an empty database: {START} --new"


class SchemaError(Exception):
    """The database cannot be used as it is; the message says why and what to do."""


def require_ours(path: Path, *, is_new: bool) -> None:
    """Raises SchemaError if the file is damaged, another program's, or missing or empty where Timely was used before.

    With *is_new* another program's file is set aside, and a missing, empty or foreign database is begun anew; a damaged
    file, and one that is Timely's already, are errors. Nothing is deleted.
    """
    tables = _tables(path)
    if tables is not None and tables >= OUR_TABLES:
        if is_new:
            raise SchemaError(
                f"The database {path} is there and has been used, so it is not begun anew. Start without --new, "
                "or choose another --data-dir."
            )
        return
    if tables:
        if not is_new:
            raise SchemaError(
                f"{path} is a database of another program. Move it away and put your own in its place. "
                f"{_newest_copy(path)}{ANEW}"
            )
        os.replace(path, path.with_name(f"{path.stem}-put-aside-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sqlite3"))
    elif _was_used(path) and not is_new:
        state = "is not there" if tables is None else "is empty"
        raise SchemaError(
            f"The database {path} {state}, although Timely has been used in this folder before. "
            f"Put the file back. {_newest_copy(path)}{ANEW}"
        )
    for ending in ("-wal", "-shm"):  # they belong to the lost file, and would be read into the new one
        beside = path.with_name(path.name + ending)
        if tables is None and beside.exists():
            os.replace(beside, path.with_name(f"{path.stem}-put-aside{ending}"))


def is_begun(path: Path) -> None:
    """Records that the database exists: a missing file is an error from now on."""
    path.with_name(BEGINNING).unlink(missing_ok=True)


def _was_used(path: Path) -> bool:
    """Whether a start has got beyond creating the secret key."""
    return path.with_name(SECRET_KEY).exists() and not path.with_name(BEGINNING).exists()


def _tables(path: Path) -> set[str] | None:
    """The names of the file's tables; None if there is no file."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as connection:
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        except sqlite3.DatabaseError as error:
            raise SchemaError(
                f"{path} is not a Timely database, or it is damaged ({error}). "
                "Move it away, or put a backup in its place, and start again."
            ) from error
    if found != "ok":
        raise SchemaError(f"{path} is damaged ({found}). Put a backup in its place and start again.")
    return set() if names <= {"alembic_version"} else names  # a first start was interrupted


def _newest_copy(path: Path) -> str:
    copies = sorted(path.parent.glob("backups/*.sqlite3"), key=lambda copy: copy.stat().st_mtime)
    return f"The newest copy that Timely has made is {copies[-1]}. " if copies else ""
