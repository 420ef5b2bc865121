"""List what the database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event as sa_event

from timely.extensions import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements of the block, in order, as they come."""
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        asked.append(statement)

    sa_event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa_event.remove(db.engine, "before_cursor_execute", note)
