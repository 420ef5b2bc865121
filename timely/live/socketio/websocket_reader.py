"""The reading end of a WebSocket of eventlet's: all that has come is taken at once, and a pong is known by its bytes.

The library reads each frame in three pieces, with a timer for each wait, and tells an answer to its ping from other
words only at the end of a long way. Of a full hall nothing else comes, hour after hour.
"""

from typing import Any

from timely.live.socketio.fanout import bare, is_eventlets

AT_ONCE = 4_096
# Engine.IO's PONG, "3", in a whole text frame with a mask, as every client sends it.
PONG_BYTES = 7
TEXT, ONE_BYTE, PONG = 0x81, 0x81, ord("3")


class WebSocketReader:
    """Stands where the library keeps the socket that it reads from."""

    __slots__ = ("_green", "_had", "_raw", "is_patient")

    def __init__(self, green: Any, raw: Any) -> None:
        self._green, self._raw, self._had = green, raw, b""
        # Whoever is looked after by pings needs no timer as well.
        self.is_patient = False

    def recv(self, size: int, flags: int = 0) -> bytes:
        """As a socket's; b"" at the end."""
        had = self._had or self._read()
        self._had = had[size:]
        return had[:size]

    def take_pong(self) -> bool:
        """Waits until something has come. Whether it was a pong, which is gone then."""
        had = self._had = self._had or self._read()
        if len(had) < PONG_BYTES or had[0] != TEXT or had[1] != ONE_BYTE or had[2] ^ had[6] != PONG:
            return False
        self._had = had[PONG_BYTES:]
        return True

    def _read(self) -> bytes:
        """Raises TimeoutError where a timer is set, and the client says nothing for so long."""
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
    """The WebSocket's reading end from now on; None where it is another library's."""
    if not is_eventlets(ws) or not hasattr(ws.socket, "_trampoline"):
        return None
    raw = bare(ws.socket)
    if raw is None:
        return None
    ws.socket = WebSocketReader(ws.socket, raw)
    found: WebSocketReader = ws.socket
    return found
