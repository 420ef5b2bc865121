"""Private parts of eventlet's WebSocket and simple-websocket's that are used here; checks that they are as known."""

import sys
from functools import cache

from simple_websocket import ws as simple_websocket

from launch.library_check import is_known, lacking, unused


@cache
def fits_simple_websocket() -> bool:
    """Whether the library's reading ahead can be bounded, and its frames be written by others."""
    base = getattr(simple_websocket, "Base", simple_websocket.Server)
    held = ("sock", "input_buffer", "receive_bytes", "max_message_size", "event", "connected")
    differences = [*lacking(base, "_handle_events"), *unused(base.__init__, *held)]
    return is_known("simple-websocket", "the bounded reading of WebSockets", differences)


@cache
def fits_eventlet() -> bool:
    """Whether eventlet's WebSockets can be read and written directly. True where it is not the server."""
    library = sys.modules.get("eventlet.websocket")
    if library is None:
        return True
    found = getattr(library, "RFC6455WebSocket", None)
    if found is None:
        return is_known("eventlet", "the fast WebSocket", ["RFC6455WebSocket"])
    differences = [
        *lacking(found, "_send", "_recv_frame"),
        *unused(found.__mro__[1].__init__, "socket", "_sendlock", "websocket_closed"),
        *lacking(sys.modules["socket"].socket, "_trampoline"),
    ]
    return is_known("eventlet", "the fast WebSocket", differences)
