"""The line from one worker to Redis: how long it is waited for, and the pauses between two tries."""

import logging
import secrets
from typing import Any

from timely.extensions import socketio

try:
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    FAULTS: tuple[type[Exception], ...] = (redis.RedisError, OSError)
except ImportError:  # what a laptop needs is installed without it; the configuration says so to everybody else
    redis = None  # type: ignore[assignment]
    FAULTS = (OSError,)

log = logging.getLogger(__name__)

ANSWER_SECONDS = 2.0  # seconds for Redis to answer
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 5.0  # seconds between two tries to reach it


class DeadConnection(OSError):
    """Nothing has come for so long that the connection must be dead, whatever it believes."""


def connect(url: str) -> Any:
    """A client that tries once; trying again is the caller's, with what is new by then."""
    return redis.Redis.from_url(
        url,
        socket_timeout=ANSWER_SECONDS,
        socket_connect_timeout=ANSWER_SECONDS,
        socket_keepalive=True,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


class Backoff:
    """Sleeps after each fault, longer each time, and says once that Redis is away and once that it is back."""

    def __init__(self, verb: str) -> None:
        self.verb, self.seconds = verb, 0.0

    def after(self, error: Exception) -> None:
        if not self.seconds:
            log.warning("Redis does not answer, so workers cannot %s each other; trying again: %s", self.verb, error)
        self.seconds = min(LONGEST_PAUSE, 2 * self.seconds or FIRST_PAUSE)
        # Not all workers at the same moment.
        socketio.sleep(self.seconds * (0.5 + secrets.randbelow(1000) / 1000))

    def are_over(self) -> None:
        if self.seconds:
            log.warning("Redis answers again; workers %s each other.", self.verb)
        self.seconds = 0.0
