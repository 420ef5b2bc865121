"""Runs the revisions on the app's own engine."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

database = current_app.extensions["migrate"].db


def run() -> None:
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            # Batch mode remakes tables; with foreign keys on, dropping a parent empties its children. A PRAGMA
            # inside a transaction does nothing, so it goes to the raw connection, before anything begins.
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            migrate(connection)
            if is_sqlite:
                broken = raw.execute("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"the upgrade would leave rows that point nowhere: {broken[:5]}")
        finally:
            if is_sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=True,
        transaction_per_migration=False,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


def render_item(kind: str, item: object, autogen_context: object) -> str | bool:
    # A revision must not change when the app's own types do: it says what the database holds.
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


run()
