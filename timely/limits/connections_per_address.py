"""Counts open connections by address, and limits them."""

import json
import logging
import threading
import time
from collections import Counter
from typing import Any

from timely import metrics
from timely.domain.translation import gettext
from timely.limits.client_address import rate_limit_key
from timely.limits.disconnected import has_disconnected
from timely.limits.pacing import Pacer

log = logging.getLogger(__name__)

LOG_INTERVAL = 60.0
# New connections of one address per second, beyond a burst, because all spectators in a hall may share one address. A
# client that opens and closes connections in a loop has closed most of them before they are answered: those need not be
# read.
ARRIVALS_PER_SECOND = 500
ARRIVALS_BURST = 3_000
# The most that a server takes. An organiser who sets the limit this high means one address to have them all.
SERVER_MAXIMUM = 10_000
STATUS = "429 Too Many Requests"


def refusal() -> tuple[list[tuple[str, str]], bytes]:
    """(headers, body) in the reader's language."""
    message = gettext(
        "Too many connections from your address are open here. Close some pages, or wait a moment, and try again."
    )
    body = json.dumps({"error": {"code": "too_many_connections", "message": message, "fields": {}}}).encode()
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Retry-After", "10"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Connection", "close"),
    ]
    return headers, body


def _raw_refusal() -> bytes:
    headers, body = refusal()
    lines = [f"HTTP/1.1 {STATUS}", *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode() + body


# Raw HTTP, in English, for code that has only the socket: no request was read that could name a language.
REFUSAL = _raw_refusal()


class ConnectionLimiter:
    """Counts the open connections of each address. `most` is the limit of one address; 0 means no limit.

    *arrivals* is the rate of new connections from one address up to which they are not checked for having closed
    already; None never checks.
    """

    def __init__(self, most: int, arrivals: Pacer | None = None):
        self.most, self.arrivals = most, arrivals
        self._open: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._logged_at = float("-inf")

    def limit_to_server(self, places: int) -> None:
        """Lowers the limit to four fifths of *places*, where the server has few connections in all."""
        if 0 < self.most < SERVER_MAXIMUM:
            self.most = min(self.most, max(1, places * 4 // 5))

    def admit(self, address: str | None) -> bool:
        """Whether one more connection is allowed. It is counted then, and the caller must call `leave` at its end."""
        key = rate_limit_key(address)
        if not self.most:
            return True
        with self._lock:
            if self._open[key] >= self.most:
                self._refuse(key)
                return False
            self._open[key] += 1
        return True

    def arrives_too_fast(self, address: str | None) -> bool:
        """Whether connections from the address arrive faster than spectators' would; this one may be closed already."""
        return bool(self.most) and self.arrivals is not None and not self.arrivals.take(address)

    def is_gone(self, client: Any, address: str | None) -> bool:
        """Whether the client has closed the connection. Checked only if `arrives_too_fast`, else False."""
        return self.arrives_too_fast(address) and has_disconnected(client)

    def leave(self, address: str | None) -> None:
        """Uncounts a connection that was admitted."""
        key = rate_limit_key(address)
        if not self.most:
            return
        with self._lock:
            self._open[key] -= 1
            if self._open[key] <= 0:
                del self._open[key]

    def is_full(self, address: str | None) -> bool:
        """Whether `admit` would refuse. Counts a refusal if so: the caller is about to refuse."""
        key = rate_limit_key(address)
        with self._lock:
            is_full = bool(self.most) and self._open[key] >= self.most
            if is_full:
                self._refuse(key)
            elif not self._open[key]:
                del self._open[key]
        return is_full

    def _refuse(self, key: str) -> None:
        metrics.count_refusal("connections", key)
        if time.monotonic() - self._logged_at > LOG_INTERVAL:
            self._logged_at = time.monotonic()
            log.warning("%s has %s connections open and gets no more (TIMELY_CONNECTIONS_PER_ADDRESS).", key, self.most)


def listener_limiter(most: int) -> ConnectionLimiter:
    """The limiter for connections as they are accepted, with a limit on their arrival rate."""
    return ConnectionLimiter(most, Pacer(per_second=ARRIVALS_PER_SECOND, burst=max(ARRIVALS_BURST, most // 2)))
