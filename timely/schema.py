"""Brings the database to the newest revision, with a backup of what was there before."""

import secrets
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade as run_migrations
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from timely.database import writing
from timely.extensions import db, migrate
from timely.models import Meta, Topic

# The topics that are made with the database; a user's own is made with the user, an event's with the event.
OF_NO_EVENT = ("events", "notifications")
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class SchemaError(Exception):
    """The database cannot be used as it is; the sentence says why and what to do."""


def upgrade(app: Flask) -> None:
    """Upgrade the app's database. Raises SchemaError with a sentence for the person at the laptop."""
    with app.app_context():
        path = _sqlite_path(app)
        try:
            if path is not None and path.exists():
                _check_file(path)
            at, newest = _revisions(app)
            if at != newest:
                if at is not None and path is not None:
                    _back_up(path)
                run_migrations(directory=str(MIGRATIONS))
            if path is not None:
                with db.engine.connect() as connection:
                    connection.connection.driver_connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[union-attr]
            ensure_epoch()
        except (DBAPIError, sqlite3.Error) as error:
            cause = getattr(error, "orig", error)
            raise SchemaError(
                f"The database {path or 'at the given address'} cannot be opened: {cause}. "
                "Check that the disk is not full and that the folder may be written."
            ) from error


def ensure_epoch() -> None:
    """The epoch, and the topics that belong to no event, are made with the database."""
    missing = [key for key in OF_NO_EVENT if db.session.get(Topic, key) is None]
    if db.session.get(Meta, "epoch") and not missing:
        return
    with writing():
        if not db.session.get(Meta, "epoch"):
            db.session.add(Meta(key="epoch", value=secrets.token_hex(4)))
        db.session.add_all(Topic(key=key, version=1) for key in missing)


def _sqlite_path(app: Flask) -> Path | None:
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


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


def _check_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise SchemaError(
                f"{path} is not a Timely database, or it is damaged ({error}). "
                "Move it away, or put a backup in its place, and start again."
            ) from error
    if found != "ok":
        raise SchemaError(f"{path} is damaged ({found}). Put a backup in its place and start again.")


def _back_up(path: Path) -> None:
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    name = f"{path.stem}-before-upgrade-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sqlite3"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(folder / name)) as copy:
        source.backup(copy)
