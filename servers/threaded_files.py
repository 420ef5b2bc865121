"""What a thread reads from and writes to: a connection, each use of which has its deadline."""

import io
import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from servers import timeouts


class Incoming(io.RawIOBase):
    """What a client sends, until a moment that is set anew for each part of a request."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.until = 0.0

    def allow(self, seconds: float) -> None:
        self.until = time.monotonic() + seconds

    @contextmanager
    def limit(self, seconds: float, error: Exception) -> Iterator[None]:
        """As the libraries of green threads have it."""
        self.allow(seconds)
        try:
            yield
        except TimeoutError:
            raise error from None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(left)
        return self.connection.recv_into(buffer)


class Outgoing(io.BufferedIOBase):
    """What is sent to a client, which must take each piece in time."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.connection.settimeout(timeouts.SEND_SECONDS)
        self.connection.sendall(data)
        return len(data)


def wait_as_long_as_it_takes(connection: socket.socket) -> None:
    """For a WebSocket, of which one thread reads while others write: only writing has an end."""
    connection.settimeout(None)
    seconds = timeouts.SEND_SECONDS
    whole = int(seconds)
    value: Any = struct.pack("ll", whole, int((seconds - whole) * 1e6))
    if sys.platform == "win32":
        value = int(seconds * 1000)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, value)


def send_all(connection: socket.socket, data: bytes) -> None:
    """Sends it all to a connection that waits as long as it takes. Raises OSError for whoever takes nothing."""
    rest, until = memoryview(data), time.monotonic() + timeouts.SEND_SECONDS
    while rest:
        rest = rest[connection.send(rest) :]
        if rest and time.monotonic() > until:
            raise TimeoutError("Too little was taken")
