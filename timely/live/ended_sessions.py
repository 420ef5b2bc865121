"""Ended sessions of all workers, kept in Redis too for workers that were disconnected from it at the time."""

import time
from collections import deque
from typing import Any

from timely.database import session_memory
from timely.live.relay_listener import Listener

# Ended sessions are kept this long, in seconds.
VISITS_KEPT = 24 * 3600.0
MOST_VISITS = 10_000


class EndedSessions:
    """The last ended sessions that this worker knows of. In the database they are not."""

    def __init__(self, hub: Listener) -> None:
        self.hub = hub
        self._ended: deque[tuple[float, str]] = deque(maxlen=MOST_VISITS)  # (time, session token)

    def add(self, at: float, visit: str) -> None:
        self._ended.append((at, visit))

    def end_here(self, at: float, visit: str) -> None:
        """Ends the connections of a session that another worker has ended."""
        session_memory.remember_end(visit)
        self.add(at, visit)
        self.hub.dismiss_here(visit)

    def store(self, connection: Any, ended: dict[str, float]) -> None:
        """Stores ended sessions in Redis, for workers that are disconnected from it now."""
        key = self._key()
        line = connection.pipeline(transaction=False)
        line.zadd(key, ended)
        line.zremrangebyscore(key, "-inf", time.time() - VISITS_KEPT)
        line.expire(key, int(VISITS_KEPT))
        line.execute()

    def catch_up(self, connection: Any) -> None:
        """Ends here what ended elsewhere during a disconnection, and stores what is known here."""
        if self._ended:  # a restarted Redis has lost them
            self.store(connection, {visit: at for at, visit in self._ended})
        known = {visit for _, visit in self._ended}
        for visit, at in connection.zrange(self._key(), -MOST_VISITS, -1, withscores=True):
            if visit not in known:
                self.end_here(at, visit)

    def _key(self) -> str:
        return f"timely:over:{self.hub.epoch}"
