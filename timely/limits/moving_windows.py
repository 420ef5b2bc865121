"""Storage of moving windows for Flask-Limiter, in this process.

The library's own starts a timer thread for a request, to look through the windows of all addresses.
"""

import threading
import time
from collections import deque

from limits.storage import MovingWindowSupport, Storage

SCHEME = "moving-windows"
# The windows are looked through for expired ones when there are twice as many as the last time, and at least so many.
FEW = 1000


class MovingWindows(Storage, MovingWindowSupport):
    """{key: the times of its requests in the last so many seconds}, the oldest first."""

    STORAGE_SCHEME = [SCHEME]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._times: dict[str, deque[float]] = {}
        self._sweep_at = FEW
        self._lock = threading.Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Counts *amount* requests, unless that would be more than *limit* in *expiry* seconds; whether it did."""
        now = time.time()
        with self._lock:
            times = self._window(key, now - expiry)
            if len(times) + amount > limit:
                return False
            if key not in self._times:
                self._sweep(now - expiry)
                self._times[key] = times
            times.extend([now] * amount)
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """The time of the oldest request of the window, now if there is none; and how many there are."""
        now = time.time()
        with self._lock:
            times = self._window(key, now - expiry)
            return (times[0] if times else now), len(times)

    def _window(self, key: str, since: float) -> deque[float]:
        times = self._times.get(key)
        if times is None:
            return deque()
        while times and times[0] < since:
            times.popleft()
        return times

    def _sweep(self, since: float) -> None:
        """Every window in use has the same length, one minute, so *since* holds for all."""
        if len(self._times) >= self._sweep_at:
            self._times = {key: times for key, times in self._times.items() if times and times[-1] >= since}
            self._sweep_at = max(FEW, 2 * len(self._times))

    def clear(self, key: str) -> None:
        with self._lock:
            self._times.pop(key, None)

    def reset(self) -> int | None:
        with self._lock:
            count = len(self._times)
            self._times.clear()
            return count

    def check(self) -> bool:
        return True

    # Of other strategies than that of moving windows.

    def get(self, key: str) -> int:
        raise NotImplementedError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        raise NotImplementedError

    def get_expiry(self, key: str) -> float:
        raise NotImplementedError
