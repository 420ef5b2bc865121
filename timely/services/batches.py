"""Batches: a long transaction yields to other tasks between its steps."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from timely.extensions import socketio

AT_ONCE = 100  # records: about 10 ms of the server's event loop
Item = TypeVar("Item")


def some_at_a_time(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items in lists of *size*; other tasks run after each list."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some
        let_others_go_on()


def let_others_go_on() -> None:
    """Yields to other tasks. Other writers still wait: the running transaction holds the write lock."""
    socketio.sleep(0)
