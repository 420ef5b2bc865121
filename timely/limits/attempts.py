"""Counter of failed attempts: after a few free ones, each further attempt has to wait longer."""

import time
from collections.abc import Callable, Hashable

LONGEST_WAIT = 60.0
FORGOTTEN_AFTER = 15 * 60.0
MOST_REMEMBERED = 5000


class Attempts:
    """Attempts by key, such as a name with an address. Kept in memory, so a restart clears them."""

    def __init__(
        self, free: int, clock: Callable[[], float] = time.monotonic, longest: float = LONGEST_WAIT
    ):
        self._clock, self._free, self._longest = clock, free, longest
        self._tries: dict[Hashable, tuple[int, float]] = {}  # (count, time of the last one)

    def seconds_to_wait(self, key: Hashable) -> int:
        """0 if an attempt may be made now; it then counts as failed until `forget` or `take_back` is called.

        It is counted before it is checked, so that a hundred simultaneous attempts do not all count as the first.
        The wait doubles with each attempt beyond the free ones, up to the longest. Attempts that had to wait do not
        count.
        """
        now = self._clock()
        count, last = self._tries.get(key, (0, now))
        if now - last > FORGOTTEN_AFTER:
            count = 0
        if count >= self._free:
            left = last + min(2.0 ** min(count - self._free, 16), self._longest) - now
            if left > 0:
                return int(left) + 1
        self._tries.pop(key, None)  # reinserted, so that the oldest key comes first and is dropped first
        self._tries[key] = (count + 1, now)
        while len(self._tries) > MOST_REMEMBERED:
            del self._tries[next(iter(self._tries))]
        return 0

    def forget(self, key: Hashable) -> None:
        """Clears the key after a successful attempt."""
        self._tries.pop(key, None)

    def take_back(self, key: Hashable) -> None:
        """Uncounts one successful attempt of a key that many share; the other attempts still count."""
        count, last = self._tries.get(key, (0, 0.0))
        if count > 1:
            self._tries[key] = (count - 1, last)
        else:
            self._tries.pop(key, None)
