"""How long the loop stands still: a task that asks to be woken in half a second is woken later."""

import time
from collections.abc import Callable

from timely import figures
from timely.health.clocks import Clocks

TICK = 0.5


def tick(sleep: Callable[[float], None], clocks: Clocks) -> None:
    """Sleeps once, and notes how much too long that was."""
    began = time.monotonic()
    sleep(TICK)
    late = max(0.0, time.monotonic() - began - TICK)
    figures.LOOP_DELAY_SECONDS.observe(late)
    figures.DELAYS.note("", late)
    clocks.look()
