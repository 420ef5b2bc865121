"""Ended sessions of all workers, kept in Redis too for workers that were disconnected from it at the time."""

import time
from collections import deque
from typing import Any

from timely.database import session_memory
from timely.live.relay_listener import Listener

# Ended sessions are kept this long, in seconds.
KEPT_SECONDS = 24 * 3600.0
MAX_SESSIONS = 10_000


class EndedSessions:
    """The last ended sessions that this worker knows of. The database does not store them."""

    def __init__(self, hub: Listener) -> None:
        self.hub = hub
        self._ended: deque[tuple[float, str]] = deque(maxlen=MAX_SESSIONS)  # (time, session token)

    def add(self, at: float, session_token: str) -> None:
        self._ended.append((at, session_token))

    def end_here(self, at: float, session_token: str) -> None:
        """Ends the connections of a session that another worker has ended."""
        session_memory.record_end(session_token)
        self.add(at, session_token)
        self.hub.disconnect_session_here(session_token)

    def store(self, connection: Any, ended: dict[str, float]) -> None:
        """Stores ended sessions in Redis, for workers that are disconnected from it now."""
        key = self._key()
        pipeline = connection.pipeline(transaction=False)
        pipeline.zadd(key, ended)
        pipeline.zremrangebyscore(key, "-inf", time.time() - KEPT_SECONDS)
        pipeline.expire(key, int(KEPT_SECONDS))
        pipeline.execute()

    def catch_up(self, connection: Any) -> None:
        """Ends here what ended elsewhere during a disconnection, and stores what is known here."""
        if self._ended:  # a restarted Redis has lost them
            self.store(connection, {session_token: at for at, session_token in self._ended})
        known = {session_token for _, session_token in self._ended}
        for session_token, at in connection.zrange(self._key(), -MAX_SESSIONS, -1, withscores=True):
            if session_token not in known:
                self.end_here(at, session_token)

    def _key(self) -> str:
        return f"timely:over:{self.hub.epoch}"
