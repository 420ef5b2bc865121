"""Time-outs of connections, checked by one sweep per second instead of a timer for each connection."""

import time
from typing import Protocol

from config import LARGEST_REQUEST

KEEP_ALIVE_SECONDS = 15.0  # from one request to the next
HEAD_SECONDS = 15.0
BODY_SECONDS = 30.0
SLOWEST_BYTES_PER_SECOND = 64 * 1024
# For a client to take one write. An open stream may wait as long as it likes for its next message.
SEND_SECONDS = 30.0
SWEEP_SECONDS = 1.0  # seconds; no connection is closed before its time-out, nor later than this after it


def body_seconds(size: int | None) -> float:
    """The time-out in seconds for a body of *size* bytes; None if the client gives no size."""
    return BODY_SECONDS + min(size or 0, LARGEST_REQUEST) / SLOWEST_BYTES_PER_SECOND


class IdleTarget(Protocol):
    def close_idle(self) -> None:
        """Shuts the connection down after its time-out, so that its reader finds the end of it."""


class IdleSweep:
    """Deadlines of the connections whose clients are waited for."""

    def __init__(self) -> None:
        self._until: dict[IdleTarget, float] = {}

    def begin(self, who: IdleTarget, seconds: float) -> None:
        """Sets the deadline of *who*, from now, in place of an earlier one."""
        self._until[who] = time.monotonic() + seconds

    def over(self, who: IdleTarget) -> None:
        """Removes the deadline: the client has sent what was expected, or is gone."""
        self._until.pop(who, None)

    def look(self) -> None:
        """Closes every connection whose deadline has passed."""
        now = time.monotonic()
        for who in [one for one, until in self._until.items() if until <= now]:
            self._until.pop(who, None)
            who.close_idle()
