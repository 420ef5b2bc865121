"""Batches: a long transaction adds its records in steps, and yields to other tasks between them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import insert

from timely.extensions import db, socketio
from timely.models.base import Base

AT_ONCE = 100  # records: about 10 ms of the server's event loop
Item = TypeVar("Item")


def in_batches(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items in lists of *size*; other tasks run after each list."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some
        yield_to_others()


def yield_to_others() -> None:
    """Yields to other tasks. Other writers still wait: the running transaction holds the write lock."""
    socketio.sleep(0)


def add_records(records: Iterable[Base]) -> None:
    """Adds and flushes the records."""
    for some in in_batches(records):
        db.session.add_all(some)
        db.session.flush()


def insert_rows(cls: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Inserts rows of an event that has no subscribers yet: they are published with it, not one by one."""
    for some in in_batches(rows):
        db.session.execute(insert(cls), some)
