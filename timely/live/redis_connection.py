"""Redis client with short time-outs, and the back-off between attempts to reach Redis."""

import logging
import secrets
from typing import Any

from timely.extensions import socketio

try:
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    REDIS_ERRORS: tuple[type[Exception], ...] = (redis.RedisError, OSError)
except ImportError:  # optional: a laptop does not need it, and the configuration check asks for it where it is needed
    redis = None  # type: ignore[assignment]
    REDIS_ERRORS = (OSError,)

log = logging.getLogger(__name__)

TIMEOUT = 2.0  # seconds for Redis to answer
FIRST_WAIT, LONGEST_WAIT = 0.25, 5.0  # seconds between two attempts to reach it


class DeadConnection(OSError):
    """A connection on which nothing was received for so long that it must be dead, although no error was reported."""


def connect(url: str) -> Any:
    """A client that does not retry: the caller retries, with the data that is current by then."""
    return redis.Redis.from_url(
        url,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        socket_keepalive=True,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


class Backoff:
    """Sleeps after each error, longer each time; logs once that Redis is unreachable, and once that it is back."""

    def __init__(self, action: str) -> None:
        self.action, self.seconds = action, 0.0

    def wait_after(self, error: Exception) -> None:
        if not self.seconds:
            log.warning("Redis does not answer, so workers cannot %s each other; trying again: %s", self.action, error)
        self.seconds = min(LONGEST_WAIT, 2 * self.seconds or FIRST_WAIT)
        # Jitter, so that workers do not all retry at the same moment.
        socketio.sleep(self.seconds * (0.5 + secrets.randbelow(1000) / 1000))

    def reset(self) -> None:
        if self.seconds:
            log.warning("Redis answers again; workers %s each other.", self.action)
        self.seconds = 0.0
