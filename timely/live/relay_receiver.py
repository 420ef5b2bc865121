"""Receiver of the relay: the task that listens to Redis, and what each kind of message does here."""

import json
import logging
import time
from contextlib import suppress
from typing import Any

from timely import metrics
from timely.live import presence
from timely.live.ended_sessions import EndedSessions
from timely.live.redis_connection import FAULTS, Backoff, DeadConnection, connect
from timely.live.relay_listener import Listener
from timely.live.relay_sender import CHANNEL, COUNTS_EVERY, Sender
from timely.live.topics import is_topic
from timely.presenters.row import Row

log = logging.getLogger(__name__)

COUNTS_LAST = 2.5 * COUNTS_EVERY
# A worker also receives its own counts, so a connection that is silent for so many seconds is dead.
SILENCE = 3 * COUNTS_EVERY


class Receiver:
    """Takes what the other workers say, from `run()` to `stop()`."""

    def __init__(self, url: str, hub: Listener, sender: Sender, ended: EndedSessions) -> None:
        self.url, self.hub, self.sender, self.ended = url, hub, sender, ended
        self.is_stopped = False
        self.is_connected = False  # whether this worker receives from the others
        self._shown: dict[str, tuple[float, Row]] = {}  # by worker: (valid until, its metrics)

    def stop(self) -> None:
        self.is_stopped = True

    def figures_of_others(self) -> list[Row]:
        """The latest metrics of each of the other workers."""
        return [shown for until, shown in list(self._shown.values()) if until >= time.monotonic()]

    def run(self) -> None:
        """Listens, and reconnects after each error, until stopped."""
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

    def take(self, text: str) -> None:
        """Does what a message from the channel says, unless it is this worker's own or of another epoch."""
        try:
            heard = json.loads(text)
            if heard["worker"] == self.sender.worker or heard["epoch"] != self.hub.epoch:
                return
            kind = heard["kind"]
            metrics.RELAYED.labels("heard", kind if kind in KINDS else "other").inc()
            if kind in KINDS:
                KINDS[kind](self, heard)
        except Exception:
            log.exception("another worker said what this one does not understand")

    def _catch_up(self, connection: Any) -> None:
        """Catches up after a disconnection: ended sessions from Redis, messages from the database, then the counts."""
        self.ended.catch_up(connection)
        self.hub.wake()
        self.sender.say("ask")
        self.sender.say_counts_now()

    def _listen(self, channel: Any) -> None:
        heard_at = time.monotonic()
        while not self.is_stopped:
            heard = channel.get_message(timeout=1.0)
            if heard is not None and heard["type"] == "message":
                heard_at = time.monotonic()
                self.take(heard["data"])
            elif time.monotonic() > heard_at + SILENCE:
                raise DeadConnection("nothing was heard for too long")

    def _take_message(self, heard: dict[str, Any]) -> None:
        message = heard["message"]
        versions = (message["since"], message["version"]) if "version" in message else ()
        if not is_topic(message["topic"]) or not all(isinstance(one, int) for one in versions):
            raise ValueError("that is no message")
        self.hub.hear({**message, "epoch": str(message["epoch"]), "type": str(message["type"])})

    def _take_look(self, heard: dict[str, Any]) -> None:
        self.hub.wake()

    def _take_over(self, heard: dict[str, Any]) -> None:
        self.ended.end_here(time.time(), heard["visit"])

    def _take_counts(self, heard: dict[str, Any]) -> None:
        presence.heard(heard["worker"], heard["counts"], lasts=COUNTS_LAST)
        self._shown[heard["worker"]] = (time.monotonic() + COUNTS_LAST, heard["figures"])

    def _take_ask(self, heard: dict[str, Any]) -> None:
        self.sender.say_counts_now()

    def _take_gone(self, heard: dict[str, Any]) -> None:
        presence.heard_no_more(heard["worker"])
        self._shown.pop(heard["worker"], None)


KINDS = {
    "message": Receiver._take_message,
    "look": Receiver._take_look,
    "over": Receiver._take_over,
    "counts": Receiver._take_counts,
    "ask": Receiver._take_ask,
    "gone": Receiver._take_gone,
}
