"""Where the log goes: errors to the terminal, and the same with all the rest to a file."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST_FILE = 1_000_000
OLD_FILES = 3


def write_log(path: Path, level: str) -> None:
    """From now on what is logged is in *path* as well; old files are kept beside it, and few of them."""
    logging.raiseExceptions = False  # a full disk must not fill the terminal too
    terminal = logging.StreamHandler(sys.stderr)
    terminal.addFilter(_concerns_us)
    file = RotatingFileHandler(path, "a", LARGEST_FILE, OLD_FILES, encoding="utf-8", delay=True)
    for name in ("engineio.server", "socketio.server"):
        logging.getLogger(name).setLevel(logging.ERROR)  # or they bring a handler of their own
    logging.basicConfig(
        level=level,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=[terminal, file],
    )


def _concerns_us(record: logging.LogRecord) -> bool:
    # engineio logs every stranger's odd request as an error; with a traceback it is our fault.
    return not record.name.startswith("engineio") or bool(record.exc_info)
