"""Queue of one Socket.IO client: whether all in it is sent, and the socket that it is sent on."""

from collections.abc import Callable
from typing import Any

from timely.live.socketio.engineio_internals import socket_of


def when_drained(server: Any, sid: str, call: Callable[[], Any]) -> bool:
    """True if nothing waits to be sent to the client; else *call* is called once all is sent.

    Also True for a client that is gone, and for the library's own queue, which cannot be asked.
    """
    ask = getattr(getattr(socket_of(server, sid), "queue", None), "when_drained", None)
    return bool(ask(call)) if ask else True


def connection_of(server: Any, sid: str) -> Any:
    """The raw socket of a client that has a ConnectionWriter; None for others."""
    return getattr(getattr(socket_of(server, sid), "queue", None), "connection", None)


def hold(server: Any, sid: str) -> None:
    """Holds back what is sent to the client, until its packet is dealt with (`packet_guard.py`)."""
    if (begin := getattr(getattr(socket_of(server, sid), "queue", None), "hold", None)) is not None:
        begin()
