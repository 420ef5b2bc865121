"""JavaScript bundles: `/live.js`, with which other sites follow an event, that of Timely's own pages, the display's.

Concatenated at run time, without a build step: a phone makes one request instead of twenty.
"""

import hashlib
from functools import cache
from pathlib import Path

from timely.live.heartbeats import HEARTBEAT_EVERY
from timely.web.lean_js import lean

# The scripts need the interval of the hub's heartbeats, which is defined there only.
HEARTBEAT = f"window.Timely = window.Timely || {{}}; window.Timely.heartbeat = {HEARTBEAT_EVERY * 1000:.0f};"
STATIC = Path(__file__).resolve().parents[1] / "static"
PARTS = (
    "vendor/engine.io.min.js",
    "js/transport/server.js",
    "js/transport/transport_ladder.js",
    "js/transport/socketio_connection.js",
    "js/transport/transports_socketio.js",
    "js/transport/transports_plain.js",
    "js/transport/connection_state.js",
    "js/transport/subscription.js",
    "js/transport/shared_connection.js",
    "js/transport/live.js",
)
# For our own pages, in order of dependency.
PAGE_PARTS = (
    "js/page/controls.js",
    *PARTS,
    "js/page/patch.js",
    "js/page/list_order.js",
    "js/page/lists.js",
    "js/page/scroll_anchor.js",
    "js/page/page_refresh.js",
    "js/page/status_indicator.js",
    "js/page/messages.js",
    "js/page/dismiss.js",
    "js/page/notifications.js",
    "js/page/animations.js",
    "js/page/boot.js",
)
# Files in static/ that are written as several.
FILES = {
    "js/display.js": (
        "js/display/measures.js",
        "js/display/screens.js",
        "js/display/shape.js",
        "js/display/table_fitting.js",
        "js/display/list_fitting.js",
        "js/display/notices.js",
        "js/display/clock.js",
        "js/display/other_language.js",
        "js/display/rotation.js",
    )
}

OWN = frozenset(path.relative_to(STATIC).as_posix() for path in (STATIC / "js").rglob("*.js"))


@cache
def text(parts: tuple[str, ...] = PARTS) -> str:
    """The concatenated parts. The semicolons keep a part without one at its end from running into the next."""
    return "\n;\n".join([HEARTBEAT, *(part(name) for name in parts)]) + "\n"


@cache
def fingerprint(parts: tuple[str, ...] = PARTS) -> str:
    return hashlib.sha256(text(parts).encode()).hexdigest()[:10]


def single(name: str) -> str:
    """One of OWN, which is sent alone."""
    return part(name) + "\n"


@cache
def part(name: str) -> str:
    """A part of a bundle, as it is sent."""
    written = (STATIC / name).read_text("utf-8").rstrip()
    return written if name.startswith("vendor/") else lean(written)
