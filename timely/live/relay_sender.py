"""Sender of the relay: a queue that keeps no caller waiting, and the task that sends it through Redis."""

import json
import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from timely import metrics
from timely.live import presence
from timely.live.ended_sessions import EndedSessions
from timely.live.redis_connection import REDIS_ERRORS, Backoff, connect
from timely.live.relay_listener import Listener
from timely.presenters.row import Row

log = logging.getLogger(__name__)

CHANNEL = "timely"
# Longest queue to Redis. Older messages are dropped: the hubs find their content in the database.
MAX_WAITING = 500
COUNTS_INTERVAL = 10.0


class Sender:
    """Sends queued messages to the other workers, from `run()` to `stop()`. May be called from any thread."""

    def __init__(self, url: str, hub: Listener, ended: EndedSessions) -> None:
        self.url, self.hub, self.ended = url, hub, ended
        self.worker = secrets.token_hex(4)
        self.is_stopped = False
        self.own_metrics: Callable[[], Row] = dict  # metrics that the other workers show of this one
        self._waiting: deque[dict[str, Any]] = deque(maxlen=MAX_WAITING)
        self._wake = threading.Event()
        self._counted_at = float("-inf")

    def stop(self) -> None:
        self.is_stopped = True
        self._wake.set()

    def enqueue(self, kind: str, **more: Any) -> None:
        self._waiting.append({"kind": kind, "worker": self.worker, "epoch": self.hub.epoch, **more})
        self._wake.set()

    def send_counts_now(self) -> None:
        """Sends this worker's counts at once, not when they are next due."""
        self._counted_at = float("-inf")
        self._wake.set()

    def run(self) -> None:
        """Sends what is queued, and this worker's counts every `COUNTS_INTERVAL` seconds, until stopped."""
        connection, backoff = connect(self.url), Backoff("send to")
        while not self.is_stopped:
            self._wake.wait(max(0.0, self._counted_at + COUNTS_INTERVAL - time.monotonic()))
            self._wake.clear()
            try:
                if time.monotonic() >= self._counted_at + COUNTS_INTERVAL:
                    self._counted_at = time.monotonic()
                    self.enqueue("counts", counts=presence.as_dict(presence.local_count()), figures=self.own_metrics())
                self._send_waiting(connection)
                backoff.reset()
            except REDIS_ERRORS as error:
                backoff.wait_after(error)
                self._drop_recoverable()
                self._wake.set()
            except Exception:
                log.exception("sending to the other workers failed")
        self._send_goodbye(connection)

    def _send_waiting(self, connection: Any) -> None:
        while self._waiting:
            message = self._waiting.popleft()
            try:
                if message["kind"] == "over":
                    # Stored before it is sent: a worker that is disconnected reads it when it comes back.
                    self.ended.store(connection, {message["visit"]: time.time()})
                connection.publish(CHANNEL, json.dumps(message, separators=(",", ":")))
            except REDIS_ERRORS:
                self._waiting.appendleft(message)
                raise
            metrics.RELAYED.labels("said", message["kind"]).inc()

    def _drop_recoverable(self) -> None:
        """Drops what other workers find in the database anyway. Keeps ended sessions, which are in no database."""
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        self._waiting.extendleft(reversed([message for message in waiting if message["kind"] == "over"]))

    def _send_goodbye(self, connection: Any) -> None:
        self._waiting.clear()
        self.enqueue("gone")
        with suppress(*REDIS_ERRORS):  # the counts of a silent worker expire anyway
            self._send_waiting(connection)
            connection.close()
