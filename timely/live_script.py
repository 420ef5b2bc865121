"""`/live.js`: the one file with which a page follows an event, ours or another's. Put together here, not built."""

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
PARTS = (
    "vendor/socket.io.min.js",
    "js/server.js",
    "js/transport.js",
    "js/rungs.js",
    "js/pipes.js",
    "js/freshness.js",
    "js/follower.js",
    "js/feed.js",
    "js/live.js",
)


@cache
def text() -> str:
    """The parts behind each other. A part without an end of its own would run into the next."""
    return "\n;\n".join((STATIC / part).read_text("utf-8").rstrip() for part in PARTS) + "\n"


@cache
def fingerprint() -> str:
    return hashlib.sha256(text().encode()).hexdigest()[:10]
