"""Detects clients that have disconnected while their data still waits to be read. Works on Linux only."""

import socket
import time
from collections.abc import Callable
from typing import Any

ESTABLISHED = 1
TCP_INFO: int | None = getattr(socket, "TCP_INFO", None)
# Seconds between two checks of a client that is made to wait.
CHECK_INTERVAL = 0.5


def has_disconnected(connection: Any) -> bool:
    """Whether the client has closed the connection, or it broke. False where that cannot be determined."""
    if TCP_INFO is None:
        return False
    try:
        return bool(connection.getsockopt(socket.IPPROTO_TCP, TCP_INFO, 1)[0] != ESTABLISHED)
    except OSError:  # closed on this side
        return True
    except AttributeError:
        return False


def sleep_while_connected(connection: Any, seconds: float, sleep: Callable[[float], Any]) -> bool:
    """Waits *seconds* by calls of *sleep*. Returns False early, once the client has disconnected; else True."""
    until = time.monotonic() + seconds
    while not has_disconnected(connection):
        left = until - time.monotonic()
        if left <= 0:
            return True
        sleep(min(left, CHECK_INTERVAL))
    return False
