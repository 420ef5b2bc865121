"""The time of the server: how much of it each address may take for its pages."""

import threading
import time
from collections.abc import Callable

# A page that has just opened wants several things at once, and a hall that comes in wants all there is.
BURST_SECONDS = 5.0
LONGEST_WAIT = 0.4
# Addresses of which anything is remembered; those not heard of for longest are forgotten first.
MOST_ADDRESSES = 5_000


class Budgets:
    """So much of the time for each, with a burst; who has spent more waits until it is paid. A share of 0 is any."""

    def __init__(self, share: float, burst: float = BURST_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self.share, self.burst, self._clock = share, burst, clock
        self._spent: dict[str, tuple[float, float]] = {}  # (seconds that are not paid yet, when that was)
        self._lock = threading.Lock()

    def seconds_to_wait(self, who: str) -> float:
        """Until what is over the burst is paid, less than half a second at most; 0.0 for whoever has something left."""
        if not self.share:
            return 0.0
        with self._lock:
            return min(LONGEST_WAIT, max(0.0, self._owed(who) - self.burst) / self.share)

    def has_left(self, who: str) -> bool:
        return not self.seconds_to_wait(who)

    def spend(self, who: str, seconds: float) -> None:
        """What has been spent already: how much it would be was not known before."""
        if not self.share:
            return
        with self._lock:
            owed = self._owed(who) + seconds
            self._spent.pop(who, None)
            self._spent[who] = (owed, self._clock())  # who was heard of last stands last
            while len(self._spent) > MOST_ADDRESSES:
                del self._spent[next(iter(self._spent))]

    def _owed(self, who: str) -> float:
        owed, then = self._spent.get(who, (0.0, 0.0))
        return max(0.0, owed - (self._clock() - then) * self.share) if owed else 0.0


class Meter:
    """The time, shared among the works that go on side by side."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock, self._at = clock, clock()
        self._going_on = 0
        self._each = 0.0  # what a work that had gone on for ever would have taken
        self._lock = threading.Lock()

    def begin(self) -> float:
        """A mark to give back at the end."""
        with self._lock:
            self._count()
            self._going_on += 1
            return self._each

    def end(self, mark: float) -> float:
        """The seconds that the work took."""
        with self._lock:
            self._count()
            self._going_on -= 1
            return self._each - mark

    def _count(self) -> None:
        now = self._clock()
        if self._going_on:
            self._each += max(0.0, now - self._at) / self._going_on
        self._at = now
