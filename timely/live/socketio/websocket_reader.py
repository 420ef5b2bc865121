"""Fast reader for eventlet's WebSockets: reads all that has arrived at once, and recognises a pong by its bytes.

The library reads each frame in three pieces, with a timer for each wait, and finds out only after decoding that a
packet answers its ping. Most clients send nothing else for hours.
"""

from typing import Any

from timely.live.socketio.raw_socket import raw_socket
from timely.live.socketio.websocket_adapter import is_eventlets

READ_BYTES = 4_096
# Engine.IO's PONG, "3", as every client sends it: one masked text frame.
PONG_BYTES = 7
TEXT, ONE_BYTE, PONG = 0x81, 0x81, ord("3")


class WebSocketReader:
    """Replaces the socket from which the library reads."""

    __slots__ = ("_buffer", "_green", "_raw", "has_no_timeout")

    def __init__(self, green: Any, raw: Any) -> None:
        self._green, self._raw, self._buffer = green, raw, b""
        # True for a client that is checked by pings, and needs no read time-out as well.
        self.has_no_timeout = False

    def recv(self, size: int, flags: int = 0) -> bytes:
        """As `socket.recv`; b"" at the end."""
        buffer = self._buffer or self._read()
        self._buffer = buffer[size:]
        return buffer[:size]

    def take_pong(self) -> bool:
        """Waits for data. Whether it begins with a pong, which is consumed then."""
        buffer = self._buffer = self._buffer or self._read()
        if len(buffer) < PONG_BYTES or buffer[0] != TEXT or buffer[1] != ONE_BYTE or buffer[2] ^ buffer[6] != PONG:
            return False
        self._buffer = buffer[PONG_BYTES:]
        return True

    def _read(self) -> bytes:
        """Waits for data; b"" at the end. Raises TimeoutError if a time-out is set and passes without data."""
        while True:
            try:
                return bytes(self._raw.recv(READ_BYTES))
            except BlockingIOError:
                pass
            except OSError:
                return b""
            timeout = None if self.has_no_timeout else self._green.gettimeout()
            try:
                self._green._trampoline(self._raw, read=True, timeout=timeout, timeout_exc=TimeoutError("timed out"))
            except TimeoutError:
                raise
            except OSError:  # closed meanwhile
                return b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._green, name)


def read_directly(ws: Any) -> WebSocketReader | None:
    """Replaces the WebSocket's socket by a WebSocketReader and returns it; None if it is not eventlet's."""
    if not is_eventlets(ws) or not hasattr(ws.socket, "_trampoline"):
        return None
    raw = raw_socket(ws.socket)
    if raw is None:
        return None
    ws.socket = WebSocketReader(ws.socket, raw)
    found: WebSocketReader = ws.socket
    return found
