"""Logging set-up: plain text to the terminal, and one JSON object per line to a file."""

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

# Passed as `extra={"fields": {...}}` with a log message: values that become keys of their own in the JSON line.
FIELDS = "fields"


def log_file(data_dir: Path, port: int) -> Path:
    """The log file of the server on *port*. Servers may share a data folder, but no two may rotate the same file."""
    return data_dir / ("timely.log" if port == USUAL_PORT else f"timely-{port}.log")


def write_log(path: Path, level: str) -> None:
    """Sets up logging to the terminal and to *path*, with rotation. Removes the access of others to older files."""
    logging.raiseExceptions = False  # or a full disk would fill the terminal with errors of logging itself
    terminal = logging.StreamHandler(sys.stderr)
    terminal.addFilter(_is_for_terminal)
    terminal.setFormatter(PlainLines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for old in path.parent.glob("timely*.log*"):
        take_from_others(old)
    file = RotatingFileHandler(path, "a", LARGEST_FILE, OLD_FILES, encoding="utf-8", delay=True)
    file.setFormatter(JsonLines())
    for name in ("engineio.server", "socketio.server"):
        logging.getLogger(name).setLevel(logging.ERROR)  # without a level they add a handler of their own
    logging.basicConfig(level=level, handlers=[terminal, file])


class PlainLines(logging.Formatter):
    """Plain text: one line and the traceback, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class JsonLines(logging.Formatter):
    """JSON, one object per line: `at`, `level`, `logger`, `message`, the `FIELDS` values, `traceback` and `stack`."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        for name, value in (getattr(record, FIELDS, None) or {}).items():
            entry[name] = without_secrets(value) if isinstance(value, str) else value
        if record.exc_info:
            entry["traceback"] = without_secrets(self.formatException(record.exc_info))
        if record.stack_info:
            entry["stack"] = without_secrets(record.stack_info)
        # ASCII only: a line feed or bidi mark in client data must not be able to forge a log line.
        return json.dumps(entry, ensure_ascii=True, default=str)


def _is_for_terminal(record: logging.LogRecord) -> bool:
    # engineio logs every malformed request as an error; only one with a traceback is a fault of the server.
    return not record.name.startswith("engineio") or bool(record.exc_info)
