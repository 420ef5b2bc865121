"""Send queue of one client: bounded, ordered, without duplicates; a client that falls behind gets a snapshot."""

import json
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from typing import Any

from timely import metrics
from timely.live.encoded_message import encode_once
from timely.live.websocket_frame import frame_of
from timely.presenters.row import Row

# A client with more messages waiting gets one snapshot of each topic instead of them.
MAX_WAITING = 50

REPLACED = metrics.SLOW.labels(done="healed by a snapshot")


def encode(message: Row) -> str:
    """The message as JSON text, for all transports but Socket.IO, which has its own encoding."""
    return encode_once(message, "plain", lambda: json.dumps(message, ensure_ascii=False, separators=(",", ":")))


class EncodedMessage:
    """A message with its encoded forms, made once for all clients; those of a snapshot for later clients too.

    `version` is None for messages without one, such as heartbeats. `chunks` are its event-stream chunks, one for each
    set of versions that clients have; these are one or two.
    """

    def __init__(self, message: Row):
        self.message = message
        self.version: int | None = message.get("version")
        self.chunks: dict[Any, bytes] = {}
        self.is_forced = False

    @cached_property
    def text(self) -> str:
        return encode(self.message)

    @cached_property
    def frame(self) -> bytes:
        """The text as a WebSocket frame."""
        return encode_once(self.message, "frame", lambda: frame_of(self.text))

    @cached_property
    def body(self) -> bytes:
        """The text as bytes, for an HTTP response."""
        return encode_once(self.message, "body", self.text.encode)

    def chunk(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The event-stream chunk for clients at *key* (event, epoch, versions), built by *make* only once."""
        found = self.chunks.get(key)
        if found is None:
            found = self.chunks[key] = encode_once(self.message, ("chunk", key), make)
        return found


class SendQueue:
    """One client's queue. `versions` are those that the client will have once the queue is sent.

    They hold every topic that the client follows, with 0 where it has nothing yet. `write_now`, if set, writes to the
    client's socket without waiting. While the sending task is idle in `take`, messages go through it directly and
    are not queued, so the task need not wake.
    """

    def __init__(self, versions: dict[str, int], epoch: str):
        self.versions, self.epoch = versions, epoch
        self.is_closed = False
        self.write_now: Callable[[EncodedMessage], None] | None = None
        # Whether the socket has taken everything written to it; if not, the given function is called when it has.
        self.when_drained: Callable[[Callable[[], None]], bool] = lambda wake: True
        self._is_idle = False
        self._waiting: deque[EncodedMessage] = deque()
        self._behind: set[str] = set()
        self._owed_heartbeats: set[str] = set()  # topics for which one is sent after the snapshots
        self._changed = threading.Condition()

    def put(self, encoded: EncodedMessage) -> None:
        """Queues or sends a message. Never waits: a slow client must not delay the others."""
        # Safe without the lock: `write_now` is set only if all callers are greenlets of one thread.
        if self.write_now and self._is_idle and not (self._waiting or self._behind or self.is_closed):
            if self._is_newer(encoded):
                self.write_now(encoded)
            if self._behind:
                with self._changed:
                    self._changed.notify()  # the task in `take` has a snapshot to send
            return
        with self._changed:
            if self.is_closed:
                return
            if len(self._waiting) >= MAX_WAITING:
                REPLACED.inc()
                self._behind |= {one.message["topic"] for one in self._waiting if one.version is not None}
                self._waiting.clear()
            self._waiting.append(encoded)
            self._changed.notify()

    def put_first(self, batch: Sequence[EncodedMessage]) -> None:
        """Puts snapshots before everything else. `versions` has theirs already, so they are always sent."""
        with self._changed:
            for encoded in reversed(batch):
                encoded.is_forced = True
                self._waiting.appendleft(encoded)
            self._changed.notify()

    def is_drained(self) -> bool:
        """Whether nothing waits, neither here nor in the connection."""
        return not (self._waiting or self._behind or self._owed_heartbeats) and self.when_drained(self.wake)

    def request(self, topics: Iterable[str], lacking: Iterable[str]) -> None:
        """Requests snapshots of the *lacking* topics, then a heartbeat for all *topics*.

        They are sent once the client has taken what waits already.
        """
        with self._changed:
            self._behind |= set(lacking)
            self._owed_heartbeats |= set(topics)
            self._changed.notify()

    def wake(self) -> None:
        """Wakes the task in `take`."""
        with self._changed:
            self._changed.notify()

    def take(self, timeout: float | None) -> list[EncodedMessage]:
        """The messages to send now; [] if none come within *timeout* seconds, something is owed, or it is closed."""
        with self._changed:
            if not (self._waiting or self._is_owed() or self.is_closed):
                self._is_idle = True
                self._changed.wait(timeout)
                self._is_idle = False
            found = [encoded for encoded in self._waiting if self._is_newer(encoded)]
            self._waiting.clear()
            return found

    def take_missed(self) -> dict[str, bool]:
        """{topic: whether it needs a snapshot} of those that are owed one or a heartbeat, cleared by this call.

        Empty while earlier data is still being sent.
        """
        with self._changed:
            if not self._is_owed():
                return {}
            missed = {topic: topic in self._behind for topic in sorted(self._behind | self._owed_heartbeats)}
            self._behind, self._owed_heartbeats = set(), set()
            return missed

    def close(self) -> None:
        with self._changed:
            self.is_closed = True
            self._changed.notify_all()

    def _is_owed(self) -> bool:
        """Whether something is owed to the client that can be sent now."""
        is_owed = bool(self._behind or self._owed_heartbeats)
        return is_owed and (self.is_closed or self.when_drained(self.wake))

    def _is_newer(self, encoded: EncodedMessage) -> bool:
        if encoded.message["epoch"] != self.epoch:
            # The database was restored, and its versions start over: those of the client no longer compare.
            self.epoch = encoded.message["epoch"]
            self._behind |= set(self.versions)
        if encoded.version is None or encoded.is_forced:
            return True
        topic: Any = encoded.message["topic"]
        current = self.versions.get(topic, 0)
        if encoded.version <= current or topic in self._behind:
            return False
        if encoded.message["since"] > current:
            self._behind.add(topic)
            return False
        self.versions[topic] = encoded.version
        return True
