"""What one worker has to say to the others, through Redis. What is lost on the way heals from the database.

Nobody waits for Redis: what is to be said is put down, and a task of its own carries it there. Without Redis each
worker goes on telling its own clients, and finds what the others saved by its look once a second.
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
from timely.presenters.rows import Row

log = logging.getLogger(__name__)

CHANNEL = "timely"
# What is to be said and cannot be said for so many messages is old; the looks at the database bring it.
MOST_WAITING = 500
COUNTS_EVERY = 10.0
COUNTS_LAST = 2.5 * COUNTS_EVERY
# A worker hears what it says itself: after so long without a word the connection is dead, whatever it believes.
SILENCE = 3 * COUNTS_EVERY
# Whoever could not hear that a visit is over is told so later; after a day nothing of it is on its way any more.
VISITS_KEPT = 24 * 3600.0
MOST_VISITS = 10_000


class Listener(Protocol):
    """What the relay needs of the hub."""

    epoch: str

    def wake(self) -> None:
        """Somebody else has saved something: look now."""

    def hear(self, message: Row) -> None:
        """A message that another worker has made; to be handed out if it is news here."""

    def dismiss_here(self, visit: str) -> None:
        """Ends the connections that this worker holds of a visit."""


class Relay:
    """Between this worker and the others, from `start()` to `stop()`. Everything may be called from anywhere."""

    def __init__(self, url: str, hub: Listener) -> None:
        self.url, self.hub = url, hub
        self.worker = secrets.token_hex(4)
        self.is_stopped = False
        self.is_connected = False  # whether this worker hears the others
        self._waiting: deque[dict[str, Any]] = deque(maxlen=MOST_WAITING)
        self._ended: deque[tuple[float, str]] = deque(maxlen=MOST_VISITS)  # visits, of all workers
        self._wake = threading.Event()
        self._counted_at = float("-inf")
        self.own_figures: Callable[[], Row] = dict  # what this worker shows of itself to the others' pages
        self._shown: dict[str, tuple[float, Row]] = {}  # by worker: until when it holds, and what it shows

    def start(self) -> None:
        socketio.start_background_task(self._say_all)
        socketio.start_background_task(self._hear_all)

    def stop(self) -> None:
        self.is_stopped = True
        self._wake.set()

    def tell(self, message: Row) -> None:
        """The message as it is: another worker hands it out if its own clients lack just that."""
        self._say("message", message=message)

    def look(self) -> None:
        """Something was saved here, and this worker had no reason to make a message of it."""
        self._say("look")

    def end_visit(self, visit: str) -> None:
        """Every worker is to end the connections of the visit, also one that cannot be reached just now."""
        self._ended.append((time.time(), visit))
        self._say("over", visit=visit)

    def others(self) -> list[dict[str, Any]]:
        """Who watches at each of the other workers: `worker`, and the numbers of `presence.Count`."""
        return [{"worker": worker, **presence.spelled(count)} for worker, count in presence.elsewhere().items()]

    def figures_of_others(self) -> list[Row]:
        """What each of the other workers shows of itself, as it said last."""
        return [shown for until, shown in list(self._shown.values()) if until >= time.monotonic()]

    def _say(self, kind: str, **more: Any) -> None:
        self._waiting.append({"kind": kind, "worker": self.worker, "epoch": self.hub.epoch, **more})
        self._wake.set()

    # Saying

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
                    # First: whoever is not there to hear it reads it on coming back.
                    self._keep_ended(connection, {said["visit"]: time.time()})
                connection.publish(CHANNEL, json.dumps(said, separators=(",", ":")))
            except FAULTS:
                self._waiting.appendleft(said)
                raise
            metrics.RELAYED.labels("said", said["kind"]).inc()

    def _forget_what_heals(self) -> None:
        """It would come late: the database has been looked at by then. A visit that is over is in no database."""
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        self._waiting.extendleft(reversed([said for said in waiting if said["kind"] == "over"]))

    def _say_goodbye(self, connection: Any) -> None:
        self._waiting.clear()
        self._say("gone")
        with suppress(*FAULTS):  # the others notice by its silence
            self._say_what_waits(connection)
            connection.close()

    def _keep_ended(self, connection: Any, ended: dict[str, float]) -> None:
        """In Redis too, for a worker that cannot hear us now."""
        key = self._key()
        line = connection.pipeline(transaction=False)
        line.zadd(key, ended)
        line.zremrangebyscore(key, "-inf", time.time() - VISITS_KEPT)
        line.expire(key, int(VISITS_KEPT))
        line.execute()

    def _key(self) -> str:
        return f"timely:over:{self.hub.epoch}"

    # Hearing

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
        """What was said while this worker could not hear, as far as the database does not say it."""
        if self._ended:  # a Redis that was started anew has forgotten
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
