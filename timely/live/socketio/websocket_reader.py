"""Fast reader for eventlet's WebSockets: reads all that has arrived at once, and recognises a pong by its bytes.

The library reads each frame in three pieces, with a timer for each wait, and finds out only after decoding that a
packet answers its ping. Most clients send nothing else for hours.
"""

from typing import Any

from timely.live.connection import raw_socket
from timely.live.socketio.websocket_adapter import is_eventlets

AT_ONCE = 4_096
# Engine.IO's PONG, "3", as every client sends it: one masked text frame.
PONG_BYTES = 7
TEXT, ONE_BYTE, PONG = 0x81, 0x81, ord("3")


class WebSocketReader:
    """Replaces the socket from which the library reads."""

    __slots__ = ("_green", "_had", "_raw", "is_patient")

    def __init__(self, green: Any, raw: Any) -> None:
        self._green, self._raw, self._had = green, raw, b""
        # True for a client that is checked by pings, and needs no read time-out as well.
        self.is_patient = False

    def recv(self, size: int, flags: int = 0) -> bytes:
        """As `socket.recv`; b"" at the end."""
        had = self._had or self._read()
        self._had = had[size:]
        return had[:size]

    def take_pong(self) -> bool:
        """Waits for data. Whether it begins with a pong, which is consumed then."""
        had = self._had = self._had or self._read()
        if len(had) < PONG_BYTES or had[0] != TEXT or had[1] != ONE_BYTE or had[2] ^ had[6] != PONG:
            return False
        self._had = had[PONG_BYTES:]
        return True

    def _read(self) -> bytes:
        """Waits for data; b"" at the end. Raises TimeoutError if a time-out is set and passes without data."""
        while True:
            try:
                return bytes(self._raw.recv(AT_ONCE))
            except BlockingIOError:
                pass
            except OSError:
                return b""
            timeout = None if self.is_patient else self._green.gettimeout()
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
