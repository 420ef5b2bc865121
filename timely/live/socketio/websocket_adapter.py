"""Adapter that sends all frames of a WebSocket through one connection, for eventlet and simple-websocket."""

from collections.abc import Callable
from typing import Any

from timely.live.connection import ConnectionWriter
from timely.live.socketio.raw_socket import raw_socket
from timely.live.socketio.websocket_internals import fits_eventlet


class WebSocketAdapter:
    """Sends all frames of a WebSocket, of eventlet or simple-websocket, through one ConnectionWriter."""

    def __init__(self, ws: Any, raw: Any, spawn: Callable[..., Any]):
        self._ws = ws
        self._socket = ws.socket if is_eventlets(ws) else ws.sock
        self.writer = ConnectionWriter(raw, self._socket.sendall, spawn, self._close)
        # This includes what the library itself writes, such as the answer to a ping.
        if is_eventlets(ws):
            ws._send = self.writer.write
        else:
            ws.sock = SocketProxy(self._socket, self.writer)

    def close(self) -> None:
        """Drops unsent data at the end of the connection, and lets no frame follow a half-sent one."""
        if self.writer.pending is not None:
            self._ws.websocket_closed, self._ws.connected = True, False
            self.writer.abort()
        self.writer.is_closed = True
        self._restore()

    def _close(self) -> None:
        self._restore()
        self._ws.close()

    def _restore(self) -> None:
        if is_eventlets(self._ws):
            self._ws.__dict__.pop("_send", None)
        else:
            self._ws.sock = self._socket


class SocketProxy:
    """A socket that sends through a ConnectionWriter."""

    def __init__(self, inner: Any, writer: ConnectionWriter):
        self._inner, self._writer = inner, writer

    def send(self, data: bytes) -> int:
        self._writer.write(bytes(data))
        return len(data)

    def sendall(self, data: bytes) -> None:
        self._writer.write(bytes(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class CompleteSends:
    """A socket whose `send` sends everything: a truncated frame would garble all that follow."""

    def __init__(self, inner: Any):
        self.inner = inner

    def send(self, data: bytes) -> int:
        self.inner.sendall(data)
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def send_completely(ws: Any) -> None:
    """Makes a WebSocket of simple-websocket, whose own `send` ignores how much the socket took, send everything."""
    if (socket := getattr(ws, "sock", None)) is not None:
        ws.sock = CompleteSends(socket)


def socket_below(ws: Any) -> Any:
    """The socket below a WebSocket of either library, to check whether the client is still connected; or None."""
    return getattr(getattr(ws, "ws", ws), "sock", None) or getattr(ws, "socket", None)


def adapt(ws: Any, spawn: Callable[..., Any]) -> WebSocketAdapter | None:
    """The adapter for the WebSocket; None if its socket cannot be written to without waiting."""
    raw = raw_socket(getattr(ws, "socket" if is_eventlets(ws) else "sock", None))
    return WebSocketAdapter(ws, raw, spawn) if raw else None


def is_eventlets(ws: Any) -> bool:
    return fits_eventlet() and hasattr(ws, "_send") and hasattr(ws, "_sendlock") and hasattr(ws, "socket")
