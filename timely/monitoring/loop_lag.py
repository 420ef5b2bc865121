"""Event loop lag: how late a task wakes that sleeps for half a second."""

import time
from collections.abc import Callable

from timely import metrics
from timely.monitoring.clock_drift import Clocks

TICK = 0.5


def tick(sleep: Callable[[float], None], clocks: Clocks) -> None:
    """Sleeps once, and records by how much too long."""
    began = time.monotonic()
    sleep(TICK)
    late = max(0.0, time.monotonic() - began - TICK)
    metrics.LOOP_DELAY_SECONDS.observe(late)
    metrics.DELAYS.record("", late)
    clocks.check()
