"""Set-up of the server's process: signals, garbage collector, thread switching."""

import gc
import os
import signal
import sys
import time
from types import FrameType

TICK_SECONDS = 0.5
# Thresholds of the garbage collector. By default it runs after 700 net allocations. With many spectators each update
# makes that many, and nearly all objects that are then inspected belong to connections, and stay.
NEW_THINGS, ROUNDS, ROUNDS_OF_ROUNDS = 10_000, 20, 20
# A page gives up the GIL at each step of the database. At Python's default of 5 ms it would take half a second longer.
SWITCH_SECONDS = 0.0005


class ShutdownSignal:
    """Handles Ctrl-C and SIGTERM from its creation on; a second signal ends the process at once."""

    def __init__(self) -> None:
        self.is_asked = False
        signal.signal(signal.SIGINT, self._ask)
        signal.signal(signal.SIGTERM, self._ask)

    def wait(self) -> None:
        """Returns after the first signal. It polls, so that a signal is noticed while nothing else happens."""
        while not self.is_asked:
            time.sleep(TICK_SECONDS)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self.is_asked:
            os._exit(0)
        self.is_asked = True


def freeze_and_tune_gc() -> None:
    """Exempts all existing objects from garbage collection, and makes it run less often for later ones."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_THINGS, ROUNDS, ROUNDS_OF_ROUNDS)


def switch_threads_often() -> None:
    """Shortens the thread switch interval, so that the event loop gets the GIL soon after it asks for it."""
    sys.setswitchinterval(SWITCH_SECONDS)
