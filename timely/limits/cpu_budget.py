"""Processor-time budgets: how much an address may use for pages that are drawn for it."""

import threading
import time
from collections.abc import Callable

# A page that has just opened sends several requests at once, and many spectators may arrive behind one address.
BURST_SECONDS = 5.0
LONGEST_WAIT = 0.4
# Addresses that are kept; the one whose last request is oldest is dropped first.
MAX_ADDRESSES = 5_000


class Budgets:
    """Processor time spent by each address: *share* seconds per second, with a burst. A share of 0 means no limit."""

    def __init__(self, share: float, burst: float = BURST_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self.share, self.burst, self._clock = share, burst, clock
        self._spent: dict[str, tuple[float, float]] = {}  # (seconds over the share, as of this time)
        self._lock = threading.Lock()

    def seconds_to_wait(self, key: str) -> float:
        """Seconds until the address is within its burst again, at most `LONGEST_WAIT`; 0.0 if it is now."""
        if not self.share:
            return 0.0
        with self._lock:
            return min(LONGEST_WAIT, max(0.0, self._owed(key) - self.burst) / self.share)

    def has_left(self, key: str) -> bool:
        return not self.seconds_to_wait(key)

    def spend(self, key: str, seconds: float) -> None:
        """Charges time after the work: its cost is not known before."""
        if not self.share:
            return
        with self._lock:
            owed = self._owed(key) + seconds
            self._spent.pop(key, None)
            self._spent[key] = (owed, self._clock())  # reinserted, so that the oldest address comes first
            while len(self._spent) > MAX_ADDRESSES:
                del self._spent[next(iter(self._spent))]

    def _owed(self, key: str) -> float:
        owed, then = self._spent.get(key, (0.0, 0.0))
        return max(0.0, owed - (self._clock() - then) * self.share) if owed else 0.0


class Meter:
    """Measures the time of concurrent pieces of work: each second is split evenly among those that run."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock, self._at = clock, clock()
        self._running = 0
        self._used_by_each = 0.0  # what a piece of work running since the start would have used
        self._lock = threading.Lock()

    def begin(self) -> float:
        """Starts one piece of work; returns the value to pass to `end`."""
        with self._lock:
            self._count()
            self._running += 1
            return self._used_by_each

    def end(self, started: float) -> float:
        """Ends the piece of work; returns its share of the time since `begin`, in seconds."""
        with self._lock:
            self._count()
            self._running -= 1
            return self._used_by_each - started

    def _count(self) -> None:
        now = self._clock()
        if self._running:
            self._used_by_each += max(0.0, now - self._at) / self._running
        self._at = now
