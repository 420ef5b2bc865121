"""Lock for one install at a time, which the system releases however its holder ends."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch.messages import Refused, say

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PAUSE_SECONDS = 0.3


@contextmanager
def only_one(path: Path) -> Iterator[int]:
    """Holds the lock of the file; waits, and says so, while another start holds it. Yields the file descriptor.

    A process that inherits the file keeps the lock as well: the pip that a killed start.py left behind is waited for.
    The file stays; only the lock on it counts, so there is none to go stale.
    """
    try:
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise Refused(
            f"Timely cannot write into its own folder {path.parent}: {error.strerror}. Copy the folder to "
            "a place where you may write, such as your home folder, and start it there."
        ) from error
    try:
        is_announced = False
        while not _take(number):
            if not is_announced:
                say("Timely is being installed by another start; waiting for it. Ctrl-C to stop waiting.")
                is_announced = True
            time.sleep(PAUSE_SECONDS)
        yield number
    finally:
        os.close(number)


def _take(number: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # a file system without locks: going on is better than waiting for ever
    return True
