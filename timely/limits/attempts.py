"""Slows down whoever guesses: after a few wrong tries each further one has to wait longer."""

import time
from collections.abc import Callable, Hashable

FREE_TRIES = 5
LONGEST_WAIT = 60.0
FORGOTTEN_AFTER = 15 * 60.0
MOST_REMEMBERED = 5000


class Attempts:
    """Counts the tries of a key, such as a name with an address. In memory: a restart forgets."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, free: int = FREE_TRIES, longest: float = LONGEST_WAIT
    ):
        self._clock, self._free, self._longest = clock, free, longest
        self._tries: dict[Hashable, tuple[int, float]] = {}  # (how many, when the last one was)

    def seconds_to_wait(self, key: Hashable) -> int:
        """0 if a try is free; it counts as a wrong one until `forget` says otherwise.

        Counted before it is checked, so that a hundred tries at once are not all the first.
        """
        now = self._clock()
        count, last = self._tries.get(key, (0, now))
        if now - last > FORGOTTEN_AFTER:
            count = 0
        if count >= self._free:
            left = last + min(2.0 ** min(count - self._free, 16), self._longest) - now
            if left > 0:
                return int(left) + 1
        self._tries.pop(key, None)  # what was tried last stands last
        self._tries[key] = (count + 1, now)
        while len(self._tries) > MOST_REMEMBERED:
            del self._tries[next(iter(self._tries))]
        return 0

    def forget(self, key: Hashable) -> None:
        """The try was right."""
        self._tries.pop(key, None)

    def take_back(self, key: Hashable) -> None:
        """The try was right, which says nothing of the others of a key that many share."""
        count, last = self._tries.get(key, (0, 0.0))
        if count > 1:
            self._tries[key] = (count - 1, last)
        else:
            self._tries.pop(key, None)
