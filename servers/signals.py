"""Ctrl-C, and a system that is shutting down."""

import os
import signal
import time
from types import FrameType

TICK_SECONDS = 0.5


class Stop:
    """Hears Ctrl-C and SIGTERM from its making on; a second one ends the program where it stands."""

    def __init__(self) -> None:
        self.is_asked = False
        signal.signal(signal.SIGINT, self._ask)
        signal.signal(signal.SIGTERM, self._ask)

    def wait(self) -> None:
        """Comes back when it is asked. The tick is what notices a signal while nothing else happens."""
        while not self.is_asked:
            time.sleep(TICK_SECONDS)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self.is_asked:
            os._exit(0)
        self.is_asked = True
