"""Clients that have hung up, while what they said before still waits to be read. Linux tells; elsewhere nobody has."""

import socket
import time
from collections.abc import Callable
from typing import Any

ESTABLISHED = 1
TCP_INFO: int | None = getattr(socket, "TCP_INFO", None)
# Whoever is made to wait is looked at so often, in seconds.
LOOK_EVERY = 0.5


def has_hung_up(connection: Any) -> bool:
    """Whether the client has closed the connection, or it broke. False where that cannot be told."""
    if TCP_INFO is None:
        return False
    try:
        return bool(connection.getsockopt(socket.IPPROTO_TCP, TCP_INFO, 1)[0] != ESTABLISHED)
    except OSError:  # closed on this side
        return True
    except AttributeError:
        return False


def sleep_while_here(connection: Any, seconds: float, sleep: Callable[[float], Any]) -> bool:
    """Waits so long by *sleep*; False, and no longer, once the client has hung up."""
    until = time.monotonic() + seconds
    while not has_hung_up(connection):
        left = until - time.monotonic()
        if left <= 0:
            return True
        sleep(min(left, LOOK_EVERY))
    return False
