"""Where the log goes: errors to the terminal as text; the same with all the rest to a file, a JSON object a line."""

import json
import logging
import sys
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from timely.file_permissions import take_from_others
from timely.log_redaction import without_secrets

LARGEST_FILE = 1_000_000
OLD_FILES = 3
USUAL_PORT = 8000

# Given as `extra={"told": {...}}` with a message: what a program that reads the log wants to have apart.
TOLD = "told"


def log_file(data_dir: Path, port: int) -> Path:
    """The log of the server on *port*: several share a data folder, and no two may turn over one file."""
    return data_dir / ("timely.log" if port == USUAL_PORT else f"timely-{port}.log")


def write_log(path: Path, level: str) -> None:
    """From now on what is logged is in *path* as well; old files are kept beside it, and few of them."""
    logging.raiseExceptions = False  # a full disk must not fill the terminal too
    terminal = logging.StreamHandler(sys.stderr)
    terminal.addFilter(_concerns_us)
    terminal.setFormatter(PlainLines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for old in path.parent.glob("timely*.log*"):
        take_from_others(old)
    file = RotatingFileHandler(path, "a", LARGEST_FILE, OLD_FILES, encoding="utf-8", delay=True)
    file.setFormatter(JsonLines())
    for name in ("engineio.server", "socketio.server"):
        logging.getLogger(name).setLevel(logging.ERROR)  # or they bring a handler of their own
    logging.basicConfig(level=level, handlers=[terminal, file])


class PlainLines(logging.Formatter):
    """For people: a line of text, a traceback below it, no secret in either."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class JsonLines(logging.Formatter):
    """For programs: one object on one line, with `at`, `level`, `logger`, `message`, what is told, and `traceback`."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        for name, value in (getattr(record, TOLD, None) or {}).items():
            said[name] = without_secrets(value) if isinstance(value, str) else value
        if record.exc_info:
            said["traceback"] = without_secrets(self.formatException(record.exc_info))
        if record.stack_info:
            said["stack"] = without_secrets(record.stack_info)
        # Escaped: a stranger's line feed or bidi mark must not look like a line of ours.
        return json.dumps(said, ensure_ascii=True, default=str)


def _concerns_us(record: logging.LogRecord) -> bool:
    # engineio logs every stranger's odd request as an error; with a traceback it is our fault.
    return not record.name.startswith("engineio") or bool(record.exc_info)
