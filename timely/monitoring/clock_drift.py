"""Clock drift: detects that the system clock was changed, or that the computer slept."""

import time
from collections.abc import Callable

from timely.clock import now
from timely.monitoring.system import awake_seconds

# Computers on a network correct smaller differences now and then.
SMALLEST_JUMP = 30.0


class Clocks:
    """Compares the system clock with the monotonic clock, from one call of `check` to the next."""

    def __init__(
        self,
        system: Callable[[], float] = lambda: now().timestamp(),
        monotonic: Callable[[], float] = time.monotonic,
        awake: Callable[[], float | None] = awake_seconds,
    ) -> None:
        self._system, self._monotonic, self._awake = system, monotonic, awake
        self._offset: float | None = None
        self._slept: float | None = None
        self._at = float("-inf")
        self._jump = 0.0
        self._sleep = 0.0

    def check(self) -> None:
        """Called about once a second."""
        monotonic, awake = self._monotonic(), self._awake()
        offset = self._system() - monotonic
        slept = None if awake is None else awake - monotonic
        if self._offset is not None:
            asleep = slept - self._slept if slept is not None and self._slept is not None else 0.0
            jump = offset - self._offset - asleep
            if abs(jump) >= SMALLEST_JUMP or asleep >= SMALLEST_JUMP:
                self._jump, self._sleep, self._at = jump, asleep, monotonic
        self._offset, self._slept = offset, slept

    def recent(self, seconds: float) -> tuple[float, float]:
        """(seconds that the clock jumped, seconds that the computer slept) within the last *seconds*; else zeros."""
        return (self._jump, self._sleep) if self._monotonic() - self._at <= seconds else (0.0, 0.0)
