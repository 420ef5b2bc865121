"""How fast one connection may go on speaking: so much a second, and a burst now and then."""

import time
from collections.abc import Callable

# A page that has just opened says several things at once.
BURST_SECONDS = 5
TOO_FAST = ("too_many_messages", "You say too much at once and are heard more slowly for it.")


class TokenBucket:
    """A bucket that fills at *per_second*, up to the burst; each thing that is said takes from it."""

    __slots__ = ("_clock", "_left", "_most", "_per_second", "_seen_at", "over", "pause")

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic):
        self._per_second, self._most = per_second, per_second * BURST_SECONDS
        self._clock, self._left, self._seen_at = clock, self._most, clock()
        self.pause = 1 / per_second  # how long to make whoever is too fast wait
        self.over = 0  # how many have been refused since the last that was not

    def takes(self) -> bool:
        """Whether one more may be said now."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._seen_at) * self._per_second)
        self._seen_at = now
        if self._left < 1:
            self.over += 1
            return False
        self._left -= 1
        self.over = 0
        return True

    @property
    def is_first_warning(self) -> bool:
        """Whether what was refused is the first in a row: one answer is enough for all of them."""
        return self.over == 1
