"""Queues the opening of live connections, polls and subscriptions, one at a time for each address.

Many connections of one address may ask at the same moment. Other addresses are answered in between, and need not wait
until all of these are done.
"""

from collections.abc import Callable, Iterable
from typing import Any

from timely import metrics
from timely.limits.address_queue import AddressQueue
from timely.limits.busy_response import busy
from timely.limits.client_address import rate_limit_key
from timely.limits.disconnected import has_disconnected

# Longest wait in seconds, and most waiters of one address; beyond either the request is refused. Thousands may come
# at once, because all spectators in a hall may share one address.
LONGEST_WAIT = 10.0
MAX_WAITING = 3_000
TURN = "timely.opening"  # in the environ of the request whose turn it is

OPENINGS = AddressQueue()


class Opening:
    """One place in the queue of an address. `end` may be called more than once."""

    __slots__ = ("_is_on", "_key")

    def __init__(self, address: str | None) -> None:
        self._key, self._is_on = rate_limit_key(address), False

    def begin(self) -> bool:
        """Waits for the turn; False if too many wait, or after `LONGEST_WAIT`."""
        self._is_on = OPENINGS.acquire(self._key, LONGEST_WAIT, MAX_WAITING)
        return self._is_on

    def end(self) -> None:
        is_on, self._is_on = self._is_on, False
        if is_on:
            OPENINGS.release(self._key)


def respond_in_turn(
    inner: Callable[..., Iterable[bytes]], environ: dict[str, Any], start: Callable[..., Any]
) -> Iterable[bytes]:
    """The response of *inner*, in the turn of the address; 429 if that would take too long.

    The turn ends with the call of *inner*, or earlier, when `end_turn` is called.
    """
    address = environ.get("REMOTE_ADDR")
    opening = environ[TURN] = Opening(address)
    connection = environ.get("timely.socket")
    is_here = not has_disconnected(connection)
    if is_here and not opening.begin():
        metrics.count_refusal("messages", address)
    elif is_here and not has_disconnected(connection):
        try:
            return inner(environ, start)
        finally:
            opening.end()
    opening.end()
    status, headers, body = busy(is_api=True)
    start(status, headers)
    return [body]


def end_turn(environ: dict[str, Any]) -> None:
    """Ends the turn of a request that has been answered, and only waits for messages from now on."""
    opening: Opening | None = environ.get(TURN)
    if opening is not None:
        opening.end()
