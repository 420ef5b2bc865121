"""Set-up of the server's process: signals, file limit, garbage collector, thread switching."""

import gc
import os
import signal
import sys
import time
from contextlib import suppress
from types import FrameType

if sys.platform != "win32":
    import resource

TICK_SECONDS = 0.5
FILES_FOR_OURSELVES = 150
# It looks through what is new after 700 things more were made than thrown away, which a full hall makes with each
# update; and what it finds each time is that nearly all of them are connections, and stay.
NEW_THINGS, ROUNDS, ROUNDS_OF_ROUNDS = 10_000, 20, 20
# At Python's usual 5 ms a page, which gives it away at each step of the database, would take half a second longer.
SWITCH_SECONDS = 0.0005


class ShutdownSignal:
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


def connection_limit(most: int) -> int:
    """How many connections may be open at once, *most* if possible, after asking the system for as many files."""
    if sys.platform == "win32":
        return most
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in (most + FILES_FOR_OURSELVES, 10_240, 4_096):
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        if soft != resource.RLIM_INFINITY and wanted > soft:
            with suppress(ValueError, OSError):  # macOS names no limit and has one all the same
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return most
    return max(50, min(most, soft - FILES_FOR_OURSELVES))


def freeze_and_tune_gc() -> None:
    """What the process has made until now it keeps: that is not looked through any more, and the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_THINGS, ROUNDS, ROUNDS_OF_ROUNDS)


def switch_threads_often() -> None:
    """Lets the loop have the lock soon after it asks for it."""
    sys.setswitchinterval(SWITCH_SECONDS)
