"""The socket of a WebSocket as simple-websocket has it: frames go out whole, one after the other, or not at all."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

LAST_READ_SECONDS = 5.0


class WholeFrames:
    """A connection that is handed to simple-websocket. *send_all* raises OSError for a client that takes nothing.

    The library writes from several threads, and takes no notice of how much of a frame the system took.
    """

    def __init__(self, connection: Any, send_all: Callable[[bytes], None]) -> None:
        self._connection, self._send_all = connection, send_all
        self._one_at_a_time = threading.Lock()
        self.is_used = False  # once the client was answered as a WebSocket, nothing else may be written
        self._is_broken = self._is_over = False
        self._reader_is_gone: threading.Event | None = None

    def send(self, data: bytes) -> int:
        self.sendall(data)
        return len(data)

    def sendall(self, data: bytes) -> None:
        self.is_used = True
        with self._one_at_a_time:
            if self._is_broken:
                raise BrokenPipeError("Half a frame was sent")
            try:
                self._send_all(data)
            except BaseException:
                self._is_broken = True
                raise

    def close(self) -> None:
        """Said by the library's reader at its end. The server itself closes, when the last one has let go."""
        self._is_over = True
        self._shut()
        if self._reader_is_gone is not None:
            self._reader_is_gone.set()

    def let_go(self) -> None:
        """Comes back when the library's reader has gone: a file must not be closed while it is being waited for."""
        if self.is_used:
            self._reader_is_gone = threading.Event()
            self._shut()
            if not self._is_over:
                self._reader_is_gone.wait(LAST_READ_SECONDS)

    def _shut(self) -> None:
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)
