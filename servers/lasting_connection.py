"""Connections that last for hours, as WebSockets and event streams do, are taken over from the request that began them.

A task that waits keeps its stack, and with it all that the request went through: half of what such a connection holds.
So a request that may last runs on a stack of its own. The app may leave the rest of the connection to a function
(`environ["timely.take_over"]`), which is called when the request is over, on the connection's short stack.
"""

from collections.abc import Callable
from typing import Any

from greenlet import getcurrent, greenlet

Rest = Callable[[], object]


def wants_websocket(environ: dict[str, Any]) -> bool:
    """True if the request upgrades to a WebSocket. Some clients offer an upgrade to HTTP/2 with every request."""
    is_websocket: bool = environ.get("HTTP_UPGRADE", "").lower() == "websocket"
    return is_websocket and "upgrade" in environ.get("HTTP_CONNECTION", "").lower()


def may_last(environ: dict[str, Any]) -> bool:
    """True if the request asks for Socket.IO on a WebSocket, or for an event stream."""
    is_socketio = environ["PATH_INFO"].startswith("/socket.io/") and wants_websocket(environ)
    return is_socketio or "text/event-stream" in environ.get("HTTP_ACCEPT", "")


def respond_apart(respond: Callable[[], None], environ: dict[str, Any], already_handled: Any) -> Rest | None:
    """Calls *respond* on a stack of its own. Gives what the app leaves to be done on the connection, if anything.

    *already_handled* has the attribute by which eventlet's server learns that it is to write nothing more.
    """
    taken: list[Rest] = []
    connection = getcurrent()

    def take_over(rest: Rest) -> None:
        taken.append(rest)
        already_handled.already_handled = True

    def run() -> None:
        try:
            respond()
        finally:
            getcurrent().parent = connection  # eventlet's hub has made itself the parent of whoever waits

    environ["timely.take_over"] = take_over
    greenlet(run).switch()
    return taken[0] if taken else None
