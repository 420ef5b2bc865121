"""Token bucket: limits the message rate of one connection, and allows a burst."""

import time
from collections.abc import Callable

from timely.domain.translation import gettext_noop

# The bucket holds so many seconds of messages: a page that has just opened sends several at once.
BURST_SECONDS = 5
# The message is translated where it is sent.
TOO_FAST = ("too_many_messages", gettext_noop("You say too much at once and are heard more slowly for it."))


class TokenBucket:
    """Fills at *per_second* tokens, up to the burst; each message takes one."""

    __slots__ = ("_clock", "_left", "_most", "_per_second", "_updated_at", "refused_in_a_row", "seconds_per_token")

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic):
        self._per_second, self._most = per_second, per_second * BURST_SECONDS
        self._clock, self._left, self._updated_at = clock, self._most, clock()
        self.seconds_per_token = 1 / per_second
        self.refused_in_a_row = 0  # refusals since the last message that was allowed

    def take(self) -> bool:
        """Takes a token if there is one; returns whether there was."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._updated_at) * self._per_second)
        self._updated_at = now
        if self._left < 1:
            self.refused_in_a_row += 1
            return False
        self._left -= 1
        self.refused_in_a_row = 0
        return True

    @property
    def is_first_refusal(self) -> bool:
        """Whether the last refusal was the first in a row; one error message is enough for all of them."""
        return self.refused_in_a_row == 1
