"""Receiver of the relay: the task that listens to Redis, and what each kind of message does here."""

import json
import logging
import time
from contextlib import suppress
from typing import Any

from timely import metrics
from timely.live import presence
from timely.live.ended_sessions import EndedSessions
from timely.live.publication import Publication
from timely.live.redis_connection import REDIS_ERRORS, Backoff, DeadConnection, connect
from timely.live.relay_listener import Listener
from timely.live.relay_sender import CHANNEL, COUNTS_INTERVAL, Sender
from timely.live.topics import is_topic
from timely.presenters.row import Row

log = logging.getLogger(__name__)

COUNTS_VALID = 2.5 * COUNTS_INTERVAL
# A worker also receives its own counts, so a connection that is silent for so many seconds is dead.
MAX_SILENCE = 3 * COUNTS_INTERVAL


class Receiver:
    """Handles the messages of the other workers, from `run()` to `stop()`."""

    def __init__(self, url: str, hub: Listener, sender: Sender, ended: EndedSessions) -> None:
        self.url, self.hub, self.sender, self.ended = url, hub, sender, ended
        self.is_stopped = False
        self.is_connected = False  # whether this worker receives from the others
        self._metrics: dict[str, tuple[float, Row]] = {}  # by worker: (valid until, its metrics)

    def stop(self) -> None:
        self.is_stopped = True

    def metrics_of_others(self) -> list[Row]:
        """The latest metrics of each of the other workers."""
        return [own for until, own in list(self._metrics.values()) if until >= time.monotonic()]

    def run(self) -> None:
        """Listens, and reconnects after each error, until stopped."""
        backoff = Backoff("receive from")
        while not self.is_stopped:
            connection = connect(self.url)
            channel = connection.pubsub(ignore_subscribe_messages=True)
            try:
                channel.subscribe(CHANNEL)
                self._catch_up(connection)
                backoff.reset()
                self.is_connected = True
                self._listen(channel)
            except REDIS_ERRORS as error:
                self.is_connected = False
                backoff.wait_after(error)
            except Exception as error:
                self.is_connected = False
                log.exception("receiving from the other workers failed; connecting again")
                backoff.wait_after(error)
            finally:
                for one in (channel, connection):
                    with suppress(*REDIS_ERRORS):
                        one.close()

    def handle(self, text: str) -> None:
        """Handles a message from the channel, unless it is this worker's own or of another epoch."""
        try:
            received = json.loads(text)
            if received["worker"] == self.sender.worker or received["epoch"] != self.hub.epoch:
                return
            kind = received["kind"]
            metrics.RELAYED.labels("heard", kind if kind in HANDLERS else "other").inc()
            if kind in HANDLERS:
                HANDLERS[kind](self, received)
        except Exception:
            log.exception("a message of another worker is not valid")

    def _catch_up(self, connection: Any) -> None:
        """Catches up after a disconnection: ended sessions from Redis, messages from the database, then the counts."""
        self.ended.catch_up(connection)
        self.hub.wake()
        self.sender.enqueue("ask")
        self.sender.send_counts_now()

    def _listen(self, channel: Any) -> None:
        received_at = time.monotonic()
        while not self.is_stopped:
            received = channel.get_message(timeout=1.0)
            if received is not None and received["type"] == "message":
                received_at = time.monotonic()
                self.handle(received["data"])
            elif time.monotonic() > received_at + MAX_SILENCE:
                raise DeadConnection("nothing was received for too long")

    def _handle_message(self, received: dict[str, Any]) -> None:
        message = received["message"]
        versions = (message["since"], message["version"]) if "version" in message else ()
        if not is_topic(message["topic"]) or not all(isinstance(one, int) for one in versions):
            raise ValueError("not a valid message")
        codes = [str(code) for code in received.get("codes", ())]
        message = {**message, "epoch": str(message["epoch"]), "type": str(message["type"])}
        self.hub.receive(Publication(message, codes))

    def _handle_look(self, received: dict[str, Any]) -> None:
        self.hub.wake()

    def _handle_session_end(self, received: dict[str, Any]) -> None:
        self.ended.end_here(time.time(), received["visit"])

    def _handle_counts(self, received: dict[str, Any]) -> None:
        presence.record_worker(received["worker"], received["counts"], lasts=COUNTS_VALID)
        self._metrics[received["worker"]] = (time.monotonic() + COUNTS_VALID, received["figures"])

    def _handle_ask(self, received: dict[str, Any]) -> None:
        self.sender.send_counts_now()

    def _handle_gone(self, received: dict[str, Any]) -> None:
        presence.remove_worker(received["worker"])
        self._metrics.pop(received["worker"], None)


HANDLERS = {
    "message": Receiver._handle_message,
    "look": Receiver._handle_look,
    "over": Receiver._handle_session_end,
    "counts": Receiver._handle_counts,
    "ask": Receiver._handle_ask,
    "gone": Receiver._handle_gone,
}
