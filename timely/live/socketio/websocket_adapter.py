"""Adapter that sends all frames of a WebSocket through one connection, for eventlet and simple-websocket."""

from collections.abc import Callable
from typing import Any

from timely.live.connection import ConnectionWriter, bare


class WebSocketAdapter:
    """Sends all frames of a WebSocket, of eventlet or simple-websocket, through one ConnectionWriter."""

    def __init__(self, ws: Any, raw: Any, spawn: Callable[..., Any]):
        self._ws = ws
        self._socket = ws.socket if is_eventlets(ws) else ws.sock
        self.wire = ConnectionWriter(raw, self._socket.sendall, spawn, self._hang_up)
        # This includes what the library itself writes, such as the answer to a ping.
        if is_eventlets(ws):
            ws._send = self.wire.write
        else:
            ws.sock = SocketProxy(self._socket, self.wire)

    def close(self) -> None:
        """Drops unsent data at the end of the connection, and lets no frame follow a half-sent one."""
        if self.wire.waiting is not None:
            self._ws.websocket_closed, self._ws.connected = True, False
            self.wire.cut()
        self.wire.is_over = True
        self._let_go()

    def _hang_up(self) -> None:
        self._let_go()
        self._ws.close()

    def _let_go(self) -> None:
        if is_eventlets(self._ws):
            self._ws.__dict__.pop("_send", None)
        else:
            self._ws.sock = self._socket


class SocketProxy:
    """A socket that sends through a ConnectionWriter."""

    def __init__(self, inner: Any, wire: ConnectionWriter):
        self._inner, self._wire = inner, wire

    def send(self, data: bytes) -> int:
        self._wire.write(bytes(data))
        return len(data)

    def sendall(self, data: bytes) -> None:
        self._wire.write(bytes(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def tap(ws: Any, spawn: Callable[..., Any]) -> WebSocketAdapter | None:
    """The adapter for the WebSocket; None if its socket cannot be written to without waiting."""
    raw = bare(getattr(ws, "socket" if is_eventlets(ws) else "sock", None))
    return WebSocketAdapter(ws, raw, spawn) if raw else None


def is_eventlets(ws: Any) -> bool:
    return hasattr(ws, "_send") and hasattr(ws, "_sendlock") and hasattr(ws, "socket")
