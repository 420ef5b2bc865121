"""Streams, sockets and sessions that are opened, polls, subscriptions: one at a time for each address.

Many connections of one address may ask at the same moment. Between two of them the others get their turn, so that
nobody waits until all of them are answered.
"""

from collections.abc import Callable, Iterable
from typing import Any

from timely import metrics
from timely.limits.address_queue import AddressQueue
from timely.limits.busy_response import busy
from timely.limits.client_address import rate_limit_key
from timely.limits.disconnected import has_hung_up

# Seconds, and how many of one address: whoever would wait longer, or is one more, is refused. A hall comes at once.
LONGEST_WAIT = 10.0
MOST_WAITING = 3_000
TURN = "timely.opening"  # in the environ of the request whose turn it is

OPENINGS = AddressQueue()


class Opening:
    """One turn of an address. It ends once, however often that is said."""

    __slots__ = ("_is_on", "_who")

    def __init__(self, address: str | None) -> None:
        self._who, self._is_on = rate_limit_key(address), False

    def begin(self) -> bool:
        """Wait for the turn; False where it would be too long."""
        self._is_on = OPENINGS.begin(self._who, LONGEST_WAIT, MOST_WAITING)
        return self._is_on

    def end(self) -> None:
        is_on, self._is_on = self._is_on, False
        if is_on:
            OPENINGS.end(self._who)


def answer_in_turn(
    inner: Callable[..., Iterable[bytes]], environ: dict[str, Any], start: Callable[..., Any]
) -> Iterable[bytes]:
    """Answer as *inner* does, in the address's turn, which is over as soon as `is_opened` was said."""
    address = environ.get("REMOTE_ADDR")
    opening = environ[TURN] = Opening(address)
    connection = environ.get("timely.socket")
    is_here = not has_hung_up(connection)
    if is_here and not opening.begin():
        metrics.refused("messages", address)
    elif is_here and not has_hung_up(connection):
        try:
            return inner(environ, start)
        finally:
            opening.end()
    opening.end()
    status, headers, body = busy(is_api=True)
    start(status, headers)
    return [body]


def is_opened(environ: dict[str, Any]) -> None:
    """Said by whoever has answered what a request opens, and only waits from now on."""
    opening: Opening | None = environ.get(TURN)
    if opening is not None:
        opening.end()
