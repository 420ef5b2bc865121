"""Socket wrapper for simple-websocket that sends frames whole and one at a time, or not at all."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

LAST_READ_SECONDS = 5.0


class WholeFrames:
    """Wraps a connection for simple-websocket, which writes from several threads and ignores partial writes.

    *send_all* sends all bytes, and raises OSError for a client that does not read. That is passed on as
    BrokenPipeError, the only one that the library expects when it closes a WebSocket.
    """

    def __init__(self, connection: Any, send_all: Callable[[bytes], None]) -> None:
        self._connection, self._send_all = connection, send_all
        self._one_at_a_time = threading.Lock()
        self.is_used = False  # the connection has become a WebSocket: no HTTP response may be written any more
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
            except BaseException as error:
                self._is_broken = True
                self._shut()  # else the library's reader would wait for ever
                if isinstance(error, OSError):
                    raise BrokenPipeError("The client does not read, or has gone") from error
                raise

    def close(self) -> None:
        """Called by the library's reader when it ends. Shuts the connection; the server closes it after `let_go`."""
        self._is_over = True
        self._shut()
        if self._reader_is_gone is not None:
            self._reader_is_gone.set()

    def let_go(self) -> None:
        """Shuts the connection and waits for the library's reader to end, at most `LAST_READ_SECONDS`.

        A file must not be closed while another thread waits for it.
        """
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
