"""Rate limit per address that delays instead of refusing, for repeated requests on its connections.

The first messages of each connection are free, because all spectators in a hall may share one address and arrive
at once. Later ones wait for their turn.
"""

import time
from collections.abc import Callable

from timely.limits.client_address import rate_limit_key

LONGEST_WAIT = 10.0  # seconds; a turn further away than this is not given
# Messages per second of all connections of one address together, beyond the free ones of each.
MESSAGES_PER_SECOND = 300
FREE_MESSAGES = 4
MAX_ADDRESSES = 1_000


class Pacer:
    """Gives each address *per_second* turns; *burst* turns need no wait."""

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float] = time.monotonic):
        self._interval, self._burst, self._clock = 1 / per_second, burst / per_second, clock
        self._next_at: dict[str, float] = {}  # by address: time of its next turn if there were no burst

    def wait(self, address: str | None) -> float | None:
        """Takes a turn and returns the seconds until it, 0.0 if it is now. None, and no turn, beyond `LONGEST_WAIT`."""
        now, key = self._clock(), rate_limit_key(address)
        if len(self._next_at) > MAX_ADDRESSES:
            self._next_at = {one: at for one, at in self._next_at.items() if at > now}
        turn_at = max(self._next_at.get(key, now), now)
        wait = max(0.0, turn_at - self._burst - now)
        if wait > LONGEST_WAIT:
            return None
        self._next_at[key] = turn_at + self._interval
        return wait

    def take(self, address: str | None) -> bool:
        """Takes a turn only if there is one now; returns whether. Asking too early does not delay the next turn."""
        too_early = self._next_at.get(rate_limit_key(address), 0.0) - self._burst > self._clock()
        return not too_early and self.wait(address) == 0.0


MESSAGE_PACER = Pacer(per_second=MESSAGES_PER_SECOND, burst=MESSAGES_PER_SECOND)


def seconds_to_message_turn(address: str | None, count: int = 1) -> float:
    """Seconds until the turn of the last of *count* messages of the address; at most `LONGEST_WAIT`, never refused."""
    waits = [MESSAGE_PACER.wait(address) for _ in range(count)]
    return max((LONGEST_WAIT if wait is None else wait for wait in waits), default=0.0)
