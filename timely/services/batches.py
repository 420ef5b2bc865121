"""Turns: a long deed lets everybody else go on between its steps."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from timely.extensions import socketio

AT_ONCE = 100  # records: about 10 ms of the server's loop
Item = TypeVar("Item")


def some_at_a_time(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items in lists of so many; everybody else has a turn after each."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some
        let_others_go_on()


def let_others_go_on() -> None:
    """Other writers wait all the same: a deed that writes holds their lock."""
    socketio.sleep(0)
