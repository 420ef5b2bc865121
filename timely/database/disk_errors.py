"""Finds out why the data folder cannot be written."""

import contextlib
import errno
import os
from pathlib import Path

from timely.database.errors import DISK, FULL, READ_ONLY, Trouble


def why_refused(folder: Path) -> Trouble | None:
    """The error of writing a few bytes to the folder; None if that works. SQLite does not report the reason."""
    trial = folder / f".trial-{os.getpid()}"
    try:
        with trial.open("wb", buffering=0) as file:
            file.write(bytes(4096))
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return FULL
        return READ_ONLY if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM) else DISK
    finally:
        with contextlib.suppress(OSError):
            trial.unlink(missing_ok=True)
    return None
