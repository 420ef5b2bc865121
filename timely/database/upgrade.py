"""Upgrades the database to the newest revision at start, after a backup."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade as run_migrations
from sqlalchemy.exc import DBAPIError

from timely.database.engine import sqlite_path
from timely.database.errors import GONE, NotSaved, trouble_of
from timely.database.file_check import SchemaError, is_begun, require_ours
from timely.database.transactions import writing
from timely.extensions import db, migrate
from timely.file_permissions import make_private
from timely.models import Meta, Topic
from timely.models.topic import GLOBAL_TOPICS

UPGRADERS_TURN = 0x7131E2  # arbitrary, the same for all workers of one database
UPGRADE_SECONDS = 120
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def upgrade(app: Flask) -> None:
    """Upgrades the app's database. Raises SchemaError with a message for the person at the laptop."""
    with app.app_context():
        path = sqlite_path(app)
        try:
            if path is not None:
                require_ours(path, is_new=bool(app.config.get("TIMELY_NEW")))
                make_private(path)
            with _one_after_the_other():
                at, newest = _revisions(app)
                if at != newest:
                    if at is not None and path is not None:
                        _back_up(path)
                    run_migrations(directory=str(MIGRATIONS))
            if path is not None:
                with db.engine.connect() as connection:
                    connection.connection.driver_connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[union-attr]
            ensure_epoch()
            if path is not None:
                is_begun(path)
        except (DBAPIError, sqlite3.Error, NotSaved) as error:
            raise SchemaError(_cannot_open(path, error)) from error
        except OSError as error:
            raise SchemaError(f"{error.filename or path} cannot be written: {error.strerror or error}.") from error


@contextmanager
def _one_after_the_other() -> Iterator[None]:
    """Of several workers that start together, the first upgrades; the others wait, and find it done."""
    if db.engine.dialect.name != "postgresql":
        yield
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = {UPGRADE_SECONDS * 1000}")
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({UPGRADERS_TURN})")
        try:
            yield
        finally:
            connection.invalidate()  # closing it releases the lock; and its long lock time-out must not be reused


def _cannot_open(path: Path | None, error: Exception) -> str:
    named = str(path or "at the given address")
    trouble = trouble_of(error)
    if trouble is not None and trouble is not GONE:
        return f"The database {named} cannot be used. {trouble.cause} {trouble.remedy}"
    return (
        f"The database {named} cannot be opened: {getattr(error, 'orig', error)}. "
        "Check that the disk is not full and that the folder may be written."
    )


def ensure_epoch() -> None:
    """Creates the epoch and the topics that belong to no event, if they are missing."""
    if db.session.get(Meta, "epoch") and not _missing_topics():
        return
    with writing():  # checked again inside: another worker may have been faster
        if not db.session.get(Meta, "epoch"):
            db.session.add(Meta(key="epoch", value=secrets.token_hex(4)))
        db.session.add_all(Topic(key=key, version=1) for key in _missing_topics())


def _missing_topics() -> list[str]:
    return [key for key in GLOBAL_TOPICS if db.session.get(Topic, key) is None]


def _revisions(app: Flask) -> tuple[str | None, str | None]:
    config = migrate.get_config(str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    with db.engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    if at is not None and at not in {script.revision for script in scripts.walk_revisions()}:
        raise SchemaError(
            "This data folder was written by a newer Timely. Start that one, or choose another --data-dir."
        )
    return at, scripts.get_current_head()


def _back_up(path: Path) -> None:
    """Backs up the file completely or not at all: it is renamed once it is written."""
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{path.stem}-before-upgrade-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sqlite3"
    trial = folder / f".{name}.half"
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(trial)) as copy:
            make_private(trial)
            source.backup(copy)
        os.replace(trial, folder / name)
    finally:
        trial.unlink(missing_ok=True)
