"""Relay between workers, through Redis publish/subscribe. Lost messages are recovered from the database.

Callers never wait for Redis: messages are queued, and a background task sends them. Without Redis each worker goes on
publishing to its own clients, and finds what others saved by checking the database once a second.
"""

import json
import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from timely import metrics
from timely.database import session_memory
from timely.extensions import socketio
from timely.live import presence
from timely.live.redis_connection import FAULTS, Backoff, DeadConnection, connect
from timely.live.topics import is_topic
from timely.presenters.row import Row

log = logging.getLogger(__name__)

CHANNEL = "timely"
# Longest queue to Redis. Older messages are dropped: the hubs find their content in the database.
MOST_WAITING = 500
COUNTS_EVERY = 10.0
COUNTS_LAST = 2.5 * COUNTS_EVERY
# A worker also receives its own counts, so a connection that is silent for so many seconds is dead.
SILENCE = 3 * COUNTS_EVERY
# Ended sessions are kept this long, in seconds, for workers that were disconnected from Redis at the time.
VISITS_KEPT = 24 * 3600.0
MOST_VISITS = 10_000


class Listener(Protocol):
    """The part of the hub that the relay uses."""

    epoch: str

    def wake(self) -> None:
        """Checks for unpublished versions now: another worker has saved something."""

    def hear(self, message: Row) -> None:
        """Takes a message built by another worker, to be sent to clients here if it is new to them."""

    def dismiss_here(self, visit: str) -> None:
        """Ends the connections of the session at this worker."""


class Relay:
    """Exchanges messages with the other workers, from `start()` to `stop()`. May be called from any thread."""

    def __init__(self, url: str, hub: Listener) -> None:
        self.url, self.hub = url, hub
        self.worker = secrets.token_hex(4)
        self.is_stopped = False
        self.is_connected = False  # whether this worker receives from the others
        self._waiting: deque[dict[str, Any]] = deque(maxlen=MOST_WAITING)
        self._ended: deque[tuple[float, str]] = deque(maxlen=MOST_VISITS)  # (time, session token), of all workers
        self._wake = threading.Event()
        self._counted_at = float("-inf")
        self.own_figures: Callable[[], Row] = dict  # metrics that the other workers show of this one
        self._shown: dict[str, tuple[float, Row]] = {}  # by worker: (valid until, its metrics)

    def start(self) -> None:
        socketio.start_background_task(self._say_all)
        socketio.start_background_task(self._hear_all)

    def stop(self) -> None:
        self.is_stopped = True
        self._wake.set()

    def tell(self, message: Row) -> None:
        """Sends the message to the other workers, which pass it on to clients that it brings up to date."""
        self._say("message", message=message)

    def look(self) -> None:
        """Makes the other workers check the database: something was saved, and no message was built of it here."""
        self._say("look")

    def end_visit(self, visit: str) -> None:
        """Ends the connections of the session at every worker; those not connected now learn of it later."""
        self._ended.append((time.time(), visit))
        self._say("over", visit=visit)

    def others(self) -> list[dict[str, Any]]:
        """One dict for each of the other workers: `worker`, and the numbers of `presence.Count`."""
        return [{"worker": worker, **presence.spelled(count)} for worker, count in presence.elsewhere().items()]

    def figures_of_others(self) -> list[Row]:
        """The latest metrics of each of the other workers."""
        return [shown for until, shown in list(self._shown.values()) if until >= time.monotonic()]

    def _say(self, kind: str, **more: Any) -> None:
        self._waiting.append({"kind": kind, "worker": self.worker, "epoch": self.hub.epoch, **more})
        self._wake.set()

    # Sending

    def _say_all(self) -> None:
        connection, pauses = connect(self.url), Backoff("speak to")
        while not self.is_stopped:
            self._wake.wait(max(0.0, self._counted_at + COUNTS_EVERY - time.monotonic()))
            self._wake.clear()
            try:
                if time.monotonic() >= self._counted_at + COUNTS_EVERY:
                    self._counted_at = time.monotonic()
                    self._say("counts", counts=presence.spelled(presence.here()), figures=self.own_figures())
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
                    self._keep_ended(connection, {said["visit"]: time.time()})
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
        self._say("gone")
        with suppress(*FAULTS):  # the counts of a silent worker expire anyway
            self._say_what_waits(connection)
            connection.close()

    def _keep_ended(self, connection: Any, ended: dict[str, float]) -> None:
        """Stores ended sessions in Redis, for workers that are disconnected from it now."""
        key = self._key()
        line = connection.pipeline(transaction=False)
        line.zadd(key, ended)
        line.zremrangebyscore(key, "-inf", time.time() - VISITS_KEPT)
        line.expire(key, int(VISITS_KEPT))
        line.execute()

    def _key(self) -> str:
        return f"timely:over:{self.hub.epoch}"

    # Receiving

    def _hear_all(self) -> None:
        pauses = Backoff("hear")
        while not self.is_stopped:
            connection = connect(self.url)
            channel = connection.pubsub(ignore_subscribe_messages=True)
            try:
                channel.subscribe(CHANNEL)
                self._catch_up(connection)
                pauses.are_over()
                self.is_connected = True
                self._listen(channel)
            except FAULTS as error:
                self.is_connected = False
                pauses.after(error)
            except Exception as error:
                self.is_connected = False
                log.exception("something of the other workers could not be heard")
                pauses.after(error)
            finally:
                for one in (channel, connection):
                    with suppress(*FAULTS):
                        one.close()

    def _listen(self, channel: Any) -> None:
        heard_at = time.monotonic()
        while not self.is_stopped:
            heard = channel.get_message(timeout=1.0)
            if heard is not None and heard["type"] == "message":
                heard_at = time.monotonic()
                self._take(heard["data"])
            elif time.monotonic() > heard_at + SILENCE:
                raise DeadConnection("nothing was heard for too long")

    def _take(self, text: str) -> None:
        try:
            heard = json.loads(text)
            if heard["worker"] == self.worker or heard["epoch"] != self.hub.epoch:
                return
            kind = heard["kind"]
            metrics.RELAYED.labels("heard", kind if kind in KINDS else "other").inc()
            if kind in KINDS:
                KINDS[kind](self, heard)
        except Exception:
            log.exception("another worker said what this one does not understand")

    def _take_message(self, heard: dict[str, Any]) -> None:
        message = heard["message"]
        versions = (message["since"], message["version"]) if "version" in message else ()
        if not is_topic(message["topic"]) or not all(isinstance(one, int) for one in versions):
            raise ValueError("that is no message")
        self.hub.hear({**message, "epoch": str(message["epoch"]), "type": str(message["type"])})

    def _take_look(self, heard: dict[str, Any]) -> None:
        self.hub.wake()

    def _take_over(self, heard: dict[str, Any]) -> None:
        self._end_here(time.time(), heard["visit"])

    def _take_counts(self, heard: dict[str, Any]) -> None:
        presence.heard(heard["worker"], heard["counts"], lasts=COUNTS_LAST)
        self._shown[heard["worker"]] = (time.monotonic() + COUNTS_LAST, heard["figures"])

    def _take_ask(self, heard: dict[str, Any]) -> None:
        self._counted_at = float("-inf")
        self._wake.set()

    def _take_gone(self, heard: dict[str, Any]) -> None:
        presence.heard_no_more(heard["worker"])
        self._shown.pop(heard["worker"], None)

    def _catch_up(self, connection: Any) -> None:
        """Catches up after a disconnection: ended sessions from Redis, messages from the database, then the counts."""
        if self._ended:  # a restarted Redis has lost them
            self._keep_ended(connection, {visit: at for at, visit in self._ended})
        known = {visit for _, visit in self._ended}
        for visit, at in connection.zrange(self._key(), -MOST_VISITS, -1, withscores=True):
            if visit not in known:
                self._end_here(at, visit)
        self.hub.wake()
        self._say("ask")
        self._take_ask({})

    def _end_here(self, at: float, visit: str) -> None:
        session_memory.remember_end(visit)
        self._ended.append((at, visit))
        self.hub.dismiss_here(visit)


KINDS = {
    "message": Relay._take_message,
    "look": Relay._take_look,
    "over": Relay._take_over,
    "counts": Relay._take_counts,
    "ask": Relay._take_ask,
    "gone": Relay._take_gone,
}
