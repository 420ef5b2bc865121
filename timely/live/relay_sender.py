"""Sender of the relay: a queue that keeps no caller waiting, and the task that publishes it through Redis."""

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
from timely.live.redis_connection import FAULTS, Backoff, connect
from timely.live.relay_listener import Listener
from timely.presenters.row import Row

log = logging.getLogger(__name__)

CHANNEL = "timely"
# Longest queue to Redis. Older messages are dropped: the hubs find their content in the database.
MOST_WAITING = 500
COUNTS_EVERY = 10.0


class Sender:
    """Publishes what is said to the other workers, from `run()` to `stop()`. May be called from any thread."""

    def __init__(self, url: str, hub: Listener, ended: EndedSessions) -> None:
        self.url, self.hub, self.ended = url, hub, ended
        self.worker = secrets.token_hex(4)
        self.is_stopped = False
        self.own_figures: Callable[[], Row] = dict  # metrics that the other workers show of this one
        self._waiting: deque[dict[str, Any]] = deque(maxlen=MOST_WAITING)
        self._wake = threading.Event()
        self._counted_at = float("-inf")

    def stop(self) -> None:
        self.is_stopped = True
        self._wake.set()

    def say(self, kind: str, **more: Any) -> None:
        self._waiting.append({"kind": kind, "worker": self.worker, "epoch": self.hub.epoch, **more})
        self._wake.set()

    def say_counts_now(self) -> None:
        """Sends this worker's counts at once, not when they are next due."""
        self._counted_at = float("-inf")
        self._wake.set()

    def run(self) -> None:
        """Publishes what waits, and this worker's counts every `COUNTS_EVERY` seconds, until stopped."""
        connection, pauses = connect(self.url), Backoff("speak to")
        while not self.is_stopped:
            self._wake.wait(max(0.0, self._counted_at + COUNTS_EVERY - time.monotonic()))
            self._wake.clear()
            try:
                if time.monotonic() >= self._counted_at + COUNTS_EVERY:
                    self._counted_at = time.monotonic()
                    self.say("counts", counts=presence.spelled(presence.here()), figures=self.own_figures())
                self._say_what_waits(connection)
                pauses.are_over()
            except FAULTS as error:
                pauses.after(error)
                self._forget_what_heals()
                self._wake.set()
            except Exception:
                log.exception("something could not be said to the other workers")
        self._say_goodbye(connection)

    def _say_what_waits(self, connection: Any) -> None:
        while self._waiting:
            said = self._waiting.popleft()
            try:
                if said["kind"] == "over":
                    # Stored before it is sent: a worker that is disconnected reads it when it comes back.
                    self.ended.store(connection, {said["visit"]: time.time()})
                connection.publish(CHANNEL, json.dumps(said, separators=(",", ":")))
            except FAULTS:
                self._waiting.appendleft(said)
                raise
            metrics.RELAYED.labels("said", said["kind"]).inc()

    def _forget_what_heals(self) -> None:
        """Drops what other workers find in the database anyway. Keeps ended sessions, which are in no database."""
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        self._waiting.extendleft(reversed([said for said in waiting if said["kind"] == "over"]))

    def _say_goodbye(self, connection: Any) -> None:
        self._waiting.clear()
        self.say("gone")
        with suppress(*FAULTS):  # the counts of a silent worker expire anyway
            self._say_what_waits(connection)
            connection.close()
