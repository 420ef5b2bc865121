"""Clock drift: detects that the system clock was changed, or that the computer slept."""

import time
from collections.abc import Callable

from timely.clock import now
from timely.monitoring.system import awake_seconds

# Computers on a network correct smaller differences now and then.
SMALLEST_JUMP = 30.0


class Clocks:
    """Compares the system clock with the monotonic clock, from one call of `look` to the next."""

    def __init__(
        self,
        wall: Callable[[], float] = lambda: now().timestamp(),
        steady: Callable[[], float] = time.monotonic,
        awake: Callable[[], float | None] = awake_seconds,
    ) -> None:
        self._wall, self._steady, self._awake = wall, steady, awake
        self._apart: float | None = None
        self._slept: float | None = None
        self._at = float("-inf")
        self._jump = 0.0
        self._sleep = 0.0

    def look(self) -> None:
        """Called about once a second."""
        steady, awake = self._steady(), self._awake()
        apart = self._wall() - steady
        slept = None if awake is None else awake - steady
        if self._apart is not None:
            asleep = slept - self._slept if slept is not None and self._slept is not None else 0.0
            jump = apart - self._apart - asleep
            if abs(jump) >= SMALLEST_JUMP or asleep >= SMALLEST_JUMP:
                self._jump, self._sleep, self._at = jump, asleep, steady
        self._apart, self._slept = apart, slept

    def lately(self, seconds: float) -> tuple[float, float]:
        """(seconds that the clock jumped, seconds that the computer slept) within the last *seconds*; else zeros."""
        return (self._jump, self._sleep) if self._steady() - self._at <= seconds else (0.0, 0.0)
