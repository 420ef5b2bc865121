"""How long the loop stands still: a task that asks to be woken in half a second is woken later."""

import time
from collections.abc import Callable

from timely import metrics
from timely.monitoring.clock_drift import Clocks

TICK = 0.5


def tick(sleep: Callable[[float], None], clocks: Clocks) -> None:
    """Sleeps once, and notes how much too long that was."""
    began = time.monotonic()
    sleep(TICK)
    late = max(0.0, time.monotonic() - began - TICK)
    metrics.LOOP_DELAY_SECONDS.observe(late)
    metrics.DELAYS.note("", late)
    clocks.look()
