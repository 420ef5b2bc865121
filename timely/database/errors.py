"""Classifies database errors, and explains them to the person whose save failed."""

import sqlite3
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from timely.domain.translation import gettext, gettext_noop


@dataclass(frozen=True, slots=True)
class Trouble:
    """`cause` and `remedy` are sentences; `key` names the error in the API and in the metrics.

    Title, cause and remedy are English, as the log has them; the properties are in the reader's language.
    """

    key: str
    status: int
    title: str
    cause: str
    remedy: str

    @property
    def title_text(self) -> str:
        return gettext(self.title)

    @property
    def save_text(self) -> str:
        """The text after a failed save."""
        return gettext(
            "%(cause)s Nothing was saved. %(remedy)s", cause=gettext(self.cause), remedy=gettext(self.remedy)
        )

    @property
    def read_text(self) -> str:
        """The text after a failed read."""
        return gettext("%(cause)s Try again in a moment; the organiser can put it right.", cause=gettext(self.cause))


BUSY = Trouble(
    "busy",
    503,
    gettext_noop("The database is busy"),
    gettext_noop("Another program is using it."),
    gettext_noop("Close what else has the database open, a backup or a viewer, and try again in a moment."),
)
FULL = Trouble(
    "disk_full",
    507,
    gettext_noop("The disk is full"),
    gettext_noop("The disk that Timely keeps its data on has no room left."),
    gettext_noop(
        "Make room on it, for instance by emptying the recycle bin, then save again. What was saved before is safe."
    ),
)
READ_ONLY = Trouble(
    "read_only",
    503,
    gettext_noop("The database cannot be written"),
    gettext_noop("The data folder, or the disk that it is on, is read-only."),
    gettext_noop(
        "Let the folder be written again, or start Timely anew where its disk has come loose; then save again. "
        "What was saved before is safe."
    ),
)
DISK = Trouble(
    "disk_error",
    503,
    gettext_noop("The disk does not answer"),
    gettext_noop("The disk that Timely keeps its data on refused to be read or written."),
    gettext_noop(
        "Look whether it is still plugged in, and try again; if it stays so, start Timely anew. "
        "What was saved before is safe."
    ),
)
GONE = Trouble(
    "database_gone",
    503,
    gettext_noop("The database is not there"),
    gettext_noop("Its file was moved, deleted or replaced while Timely runs, or its server does not answer."),
    gettext_noop("Put it back, or start its server, and save again; if it stays so, start Timely anew."),
)
DAMAGED = Trouble(
    "database_damaged",
    503,
    gettext_noop("The database is damaged"),
    gettext_noop("Its file cannot be read as it should be."),
    gettext_noop(
        "Note the results on paper. Stop Timely, put the newest file of the folder “backups” in its place, "
        "and start it again."
    ),
)
OUT_OF_DATE = Trouble(
    "database_other",
    503,
    gettext_noop("The database is another one"),
    gettext_noop("Its tables are not those that this Timely knows."),
    gettext_noop("Stop Timely, look at what is in the data folder, and start it again."),
)

SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_PROTOCOL: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_AUTH: READ_ONLY,
    sqlite3.SQLITE_IOERR: DISK,
    sqlite3.SQLITE_NOMEM: DISK,
    sqlite3.SQLITE_CANTOPEN: GONE,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_SCHEMA: OUT_OF_DATE,
}
# Extended codes that say more than their primary code.
SQLITE_MORE = {
    sqlite3.SQLITE_READONLY_DBMOVED: GONE,
    sqlite3.SQLITE_IOERR_CORRUPTFS: DAMAGED,
    sqlite3.SQLITE_IOERR_LOCK: BUSY,
    # The shared-memory index beside the database grows by writing; if that fails, the disk is full.
    sqlite3.SQLITE_IOERR_SHMSIZE: FULL,
}
# https://www.postgresql.org/docs/15/errcodes-appendix.html: classes have two characters, single codes five.
POSTGRESQL = {
    "08": GONE,
    "57P01": GONE,
    "57P02": GONE,
    "57P03": GONE,
    "53100": FULL,
    "53300": BUSY,
    "55P03": BUSY,
    "57014": BUSY,
    "40": BUSY,
    "25006": READ_ONLY,
    "42501": READ_ONLY,
    "42P01": OUT_OF_DATE,
    "42703": OUT_OF_DATE,
    "58": DISK,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}


class NotSaved(Exception):
    """Nothing of the transaction was saved, through no fault of the user; `trouble` says why."""

    def __init__(self, trouble: Trouble):
        super().__init__(f"{trouble.title}. {trouble.cause} Nothing was saved. {trouble.remedy}")
        self.trouble = trouble


class DatabaseBusy(NotSaved):
    """Another program locked the database for longer than Timely waits."""

    def __init__(self) -> None:
        super().__init__(BUSY)


def trouble_of(error: BaseException) -> Trouble | None:
    """The database's trouble; None for a programming error, such as a value that does not fit its column."""
    if isinstance(error, NotSaved):
        return error.trouble
    if isinstance(error, NoConnectionLeft):
        return BUSY
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    code = getattr(cause, "pgcode", None)
    if code:
        return POSTGRESQL.get(code) or POSTGRESQL.get(code[:2])
    # psycopg2 has no code if the server cannot be reached or has closed the connection.
    is_cut = isinstance(error, DBAPIError) and (
        error.connection_invalidated or type(cause).__name__ == "OperationalError"
    )
    return GONE if is_cut else None


def _of_sqlite(cause: sqlite3.Error) -> Trouble | None:
    code: int | None = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return None  # raised by Python's module, such as for a closed connection
    if code == sqlite3.SQLITE_ERROR and str(cause).startswith(("no such table", "no such column")):
        return OUT_OF_DATE
    return SQLITE_MORE.get(code) or SQLITE.get(code & 0xFF)
