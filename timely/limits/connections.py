"""How many connections each address has, and that none has more than its share."""

import json
import logging
import threading
import time
from collections import Counter
from typing import Any

from timely import metrics
from timely.limits.client_address import rate_limit_key
from timely.limits.disconnected import has_hung_up
from timely.limits.pacing import Pacer

log = logging.getLogger(__name__)

TOLD_EVERY = 60.0
# New connections of one address in a second, once a hall has come. Of whoever opens and closes them without end most
# have been closed before they are answered, and need not be read.
ARRIVALS_PER_SECOND = 500
ARRIVALS_AT_ONCE = 3_000
# As many as a server takes at most: whoever lets one address have them all means it.
ALL_THERE_ARE = 10_000
MESSAGE = "Too many connections from your address are open here. Close some pages, or wait a moment, and try again."
BODY = json.dumps({"error": {"code": "too_many_connections", "message": MESSAGE, "fields": {}}}).encode()
HEADERS = (
    ("Content-Type", "application/json"),
    ("Content-Length", str(len(BODY))),
    ("Retry-After", "10"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Connection", "close"),
)
STATUS = "429 Too Many Requests"
# The same, for whoever has nothing but the socket.
REFUSAL = b"\r\n".join(
    [f"HTTP/1.1 {STATUS}".encode(), *(f"{name}: {value}".encode() for name, value in HEADERS), b"", BODY]
)


class ConnectionLimiter:
    """Counts what each address holds open. `most` is how much that may be; 0 is any number.

    *arrivals*: as fast as those of one address come without being looked at, if anybody looks.
    """

    def __init__(self, most: int, arrivals: Pacer | None = None):
        self.most, self.arrivals = most, arrivals
        self._open: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._told_at = float("-inf")

    def leave_room(self, places: int) -> None:
        """Where there are few places in all, one address gets four fifths of them at most."""
        if 0 < self.most < ALL_THERE_ARE:
            self.most = min(self.most, max(1, places * 4 // 5))

    def admit(self, address: str | None) -> bool:
        """Whether one more is let in; if so, say `leave` when it has gone."""
        who = rate_limit_key(address)
        if not self.most:
            return True
        with self._lock:
            if self._open[who] >= self.most:
                self._refuse(who)
                return False
            self._open[who] += 1
        return True

    def is_hasty(self, address: str | None) -> bool:
        """Look whether this one comes faster than any hall does: it may be gone before anybody answers."""
        return bool(self.most) and self.arrivals is not None and not self.arrivals.take(address)

    def is_gone(self, client: Any, address: str | None) -> bool:
        """Look whether one has hung up; of a hall that comes at once nobody is asked."""
        return self.is_hasty(address) and has_hung_up(client)

    def leave(self, address: str | None) -> None:
        """One that was let in has gone."""
        who = rate_limit_key(address)
        if not self.most:
            return
        with self._lock:
            self._open[who] -= 1
            if self._open[who] <= 0:
                del self._open[who]

    def is_full(self, address: str | None) -> bool:
        """Whether no more would be let in. That somebody was turned away is noted."""
        who = rate_limit_key(address)
        with self._lock:
            is_full = bool(self.most) and self._open[who] >= self.most
            if is_full:
                self._refuse(who)
            elif not self._open[who]:
                del self._open[who]
        return is_full

    def _refuse(self, who: str) -> None:
        metrics.refused("connections", who)
        if time.monotonic() - self._told_at > TOLD_EVERY:
            self._told_at = time.monotonic()
            log.warning("%s has %s connections open and gets no more (TIMELY_CONNECTIONS_PER_ADDRESS).", who, self.most)


def listener_limiter(most: int) -> ConnectionLimiter:
    """For connections as they are accepted: counted, and paced."""
    return ConnectionLimiter(most, Pacer(per_second=ARRIVALS_PER_SECOND, at_once=max(ARRIVALS_AT_ONCE, most // 2)))
