"""In-memory storage for rate limits: bounded in size, on the monotonic clock."""

import threading
import time
from collections import deque
from typing import Any

from limits.storage import MovingWindowSupport, Storage

SCHEME = "timely"
# Addresses and users remembered at a time; the least recently seen are dropped first.
MOST_KEYS = 5_000


class BoundedMemoryStorage(Storage, MovingWindowSupport):  # type: ignore[misc]  # its base comes untyped
    """A moving window for each key.

    The library's own storage uses the time of day: set back by an hour, it would refuse everybody for an hour.
    """

    STORAGE_SCHEME = [SCHEME]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any):
        super().__init__(uri, wrap_exceptions, **options)
        self._taken: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        with self._lock:
            now = time.monotonic()
            taken = self._taken.pop(key, None) or deque()
            self._taken[key] = taken  # keeps the most recently seen last
            _forget(taken, now - expiry)
            is_free = len(taken) + amount <= limit
            if is_free:
                taken.extend([now] * amount)
            while len(self._taken) > MOST_KEYS:
                del self._taken[next(iter(self._taken))]
            return is_free

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """(time of the oldest request that counts, number of requests), in the time of day, for the headers."""
        with self._lock:
            now = time.monotonic()
            taken = self._taken.get(key, deque())
            _forget(taken, now - expiry)
            oldest, count = (taken[0] if taken else now), len(taken)
        return time.time() - (now - oldest), count

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Used by fixed windows only, which Timely does not have."""
        raise NotImplementedError

    def get(self, key: str) -> int:
        return len(self._taken.get(key, ()))

    def get_expiry(self, key: str) -> float:
        return time.time()

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        with self._lock:
            forgotten = len(self._taken)
            self._taken.clear()
        return forgotten

    def clear(self, key: str) -> None:
        with self._lock:
            self._taken.pop(key, None)


def _forget(taken: deque[float], until: float) -> None:
    """Removes each entry once: the cost of a check does not grow with the window."""
    while taken and taken[0] <= until:
        taken.popleft()
