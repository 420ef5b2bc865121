"""The system's socket inside that of eventlet or gevent, which can be written to without waiting."""

import socket
import ssl
from typing import Any

from launch.library_check import is_known


def fits(async_mode: str) -> bool:
    """Whether the system's socket is found inside those of the server's library; threads have none inside."""
    with socket.socket() as one:
        differences = [] if async_mode == "threading" or raw_socket(one) else [f"{type(one).__qualname__}.fd or ._sock"]
    return is_known(async_mode, "direct writing to sockets", differences)


def raw_socket(green: Any) -> Any:
    """The non-blocking socket inside that of eventlet (`fd`) or gevent (`_sock`); None if there is none, or for TLS."""
    raw = getattr(green, "fd", None) or getattr(green, "_sock", None)
    if raw is None or isinstance(green, ssl.SSLSocket) or isinstance(raw, ssl.SSLSocket):
        return None
    has_interface = callable(getattr(raw, "send", None)) and callable(getattr(raw, "gettimeout", None))
    return raw if has_interface and raw.gettimeout() == 0 and callable(getattr(green, "sendall", None)) else None
