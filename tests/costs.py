"""Measure the processor time of a piece of work: the least of a few runs, as what else runs only adds to it."""

import gc
import time
from collections.abc import Callable

RUNS = 5


def cpu_seconds(work: Callable[[], object], enough: float) -> float:
    """The least of at most five runs, in seconds; no further run after one that took less than *enough*."""
    least = float("inf")
    for _ in range(RUNS):
        # All objects of the tests that ran before would be looked through in the middle of the work.
        gc.collect()
        gc.disable()
        try:
            began = time.process_time()
            work()
            least = min(least, time.process_time() - began)
        finally:
            gc.enable()
        if least < enough:
            break
    return least
