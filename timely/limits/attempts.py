"""Counter of failed attempts: after a few free ones, each further attempt has to wait longer."""

import time
from collections.abc import Callable, Hashable

MAX_WAIT = 60.0
EXPIRY = 15 * 60.0
MAX_KEYS = 5000


class Attempts:
    """Attempts by key, such as a name with an address. Kept in memory, so a restart clears them."""

    def __init__(self, free: int, clock: Callable[[], float] = time.monotonic, longest: float = MAX_WAIT):
        self._clock, self._free, self._longest = clock, free, longest
        self._attempts: dict[Hashable, tuple[int, float]] = {}  # (count, time of the last one)

    def seconds_to_wait(self, key: Hashable) -> int:
        """0 if an attempt may be made now; it then counts as failed until `clear` or `uncount` is called.

        It is counted before it is checked, so that a hundred simultaneous attempts do not all count as the first.
        The wait doubles with each attempt beyond the free ones, up to the longest. Attempts that had to wait do not
        count.
        """
        now = self._clock()
        count, last = self._attempts.get(key, (0, now))
        if now - last > EXPIRY:
            count = 0
        if count >= self._free:
            left = last + min(2.0 ** min(count - self._free, 16), self._longest) - now
            if left > 0:
                return int(left) + 1
        self._attempts.pop(key, None)  # reinserted, so that the oldest key comes first and is dropped first
        self._attempts[key] = (count + 1, now)
        while len(self._attempts) > MAX_KEYS:
            del self._attempts[next(iter(self._attempts))]
        return 0

    def clear(self, key: Hashable) -> None:
        """Clears the key after a successful attempt."""
        self._attempts.pop(key, None)

    def uncount(self, key: Hashable) -> None:
        """Uncounts one successful attempt of a key that many share; the other attempts still count."""
        count, last = self._attempts.get(key, (0, 0.0))
        if count > 1:
            self._attempts[key] = (count - 1, last)
        else:
            self._attempts.pop(key, None)
