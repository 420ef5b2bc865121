"""Time-outs of a connection, and one sweep a second that closes those which are over, not a timer for each."""

import time
from typing import Protocol

from config import LARGEST_REQUEST

KEEP_ALIVE_SECONDS = 15.0  # from one request to the next
HEAD_SECONDS = 15.0
BODY_SECONDS = 30.0
SLOWEST_BYTES_PER_SECOND = 64 * 1024
# For one piece to be taken by a client; an open stream waits as long as it likes for the next one.
SEND_SECONDS = 30.0
SWEEP_SECONDS = 1.0  # seconds; nobody is hung up on sooner than was said, nor later than this


def body_seconds(size: int | None) -> float:
    """For a body of so many bytes; None where the client does not say."""
    return BODY_SECONDS + min(size or 0, LARGEST_REQUEST) / SLOWEST_BYTES_PER_SECOND


class IdleTarget(Protocol):
    def close_idle(self) -> None:
        """It has taken too long: whoever reads from the connection finds its end."""


class IdleSweep:
    """Until when each connection that is waited for has time."""

    def __init__(self) -> None:
        self._until: dict[IdleTarget, float] = {}

    def begin(self, who: IdleTarget, seconds: float) -> None:
        """So long from now; in place of what was said before."""
        self._until[who] = time.monotonic() + seconds

    def over(self, who: IdleTarget) -> None:
        """It has said what it was waited for, or has gone."""
        self._until.pop(who, None)

    def look(self) -> None:
        now = time.monotonic()
        for who in [one for one, until in self._until.items() if until <= now]:
            self._until.pop(who, None)
            who.close_idle()
