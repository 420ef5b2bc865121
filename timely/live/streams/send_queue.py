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
MOST_WAITING = 50

HEALED = metrics.SLOW.labels(done="healed by a snapshot")


def encode(message: Row) -> str:
    """The message as JSON text, for all transports but Socket.IO, which has its own encoding."""
    return encode_once(message, "plain", lambda: json.dumps(message, ensure_ascii=False, separators=(",", ":")))


class EncodedMessage:
    """A message with its encoded forms, made once for all clients, and for a snapshot once for all who ask for it.

    `version` is None for messages without one, such as heartbeats. `chunks` are its event-stream chunks, one for each
    set of versions that clients have; these are one or two.
    """

    def __init__(self, message: Row):
        self.message = message
        self.version: int | None = message.get("version")
        self.chunks: dict[Any, bytes] = {}
        self.is_due = False

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

    def chunk(self, place: Hashable, make: Callable[[], bytes]) -> bytes:
        """The event-stream chunk for clients at *place* (event, epoch, versions), built by *make* only once."""
        found = self.chunks.get(place)
        if found is None:
            found = self.chunks[place] = encode_once(self.message, ("chunk", place), make)
        return found


class SendQueue:
    """One client's queue. `have` are the versions that the client will have once the queue is sent.

    `have` holds every topic that the client follows, with 0 where it has nothing yet. `hand_over`, if set, writes to
    the client's socket without waiting. While the sending task is idle in `take`, messages go through it directly and
    are not queued, so the task need not wake.
    """

    def __init__(self, have: dict[str, int], epoch: str):
        self.have, self.epoch = have, epoch
        self.is_closed = False
        self.hand_over: Callable[[EncodedMessage], None] | None = None
        # Whether the socket has taken everything written to it; if not, the given function is called when it has.
        self.when_clear: Callable[[Callable[[], None]], bool] = lambda wake: True
        self._is_idle = False
        self._waiting: deque[EncodedMessage] = deque()
        self._behind: set[str] = set()
        self._changed = threading.Condition()

    def put(self, parcel: EncodedMessage) -> None:
        """Queues or sends a message. Never waits: a slow client must not delay the others."""
        # Safe without the lock: `hand_over` is set only if all callers are greenlets of one thread.
        if self.hand_over and self._is_idle and not (self._waiting or self._behind or self.is_closed):
            if self._is_news(parcel):
                self.hand_over(parcel)
            if self._behind:
                with self._changed:
                    self._changed.notify()  # the task in `take` has a snapshot to send
            return
        with self._changed:
            if self.is_closed:
                return
            if len(self._waiting) >= MOST_WAITING:
                HEALED.inc()
                self._behind |= {one.message["topic"] for one in self._waiting if one.version is not None}
                self._waiting.clear()
            self._waiting.append(parcel)
            self._changed.notify()

    def put_first(self, parcels: Sequence[EncodedMessage]) -> None:
        """Puts snapshots before everything else. `have` already has their versions, so they are always sent."""
        with self._changed:
            for parcel in reversed(parcels):
                parcel.is_due = True
                self._waiting.appendleft(parcel)
            self._changed.notify()

    def is_clear(self) -> bool:
        """Whether nothing waits, neither here nor in the connection."""
        return not (self._waiting or self._behind) and self.when_clear(self.wake)

    def fall_behind(self, topics: Iterable[str]) -> None:
        """Requests a snapshot of each topic, sent once the client has taken what waits already."""
        with self._changed:
            self._behind |= set(topics)
            self._changed.notify()

    def wake(self) -> None:
        """Wakes the task in `take`."""
        with self._changed:
            self._changed.notify()

    def take(self, timeout: float | None) -> list[EncodedMessage]:
        """The messages to send now; [] if none come within *timeout* seconds, a snapshot is due, or it is closed."""
        with self._changed:
            if not (self._waiting or self._is_to_catch_up() or self.is_closed):
                self._is_idle = True
                self._changed.wait(timeout)
                self._is_idle = False
            found = [parcel for parcel in self._waiting if self._is_news(parcel)]
            self._waiting.clear()
            return found

    def missed(self) -> set[str]:
        """The topics that need a snapshot, cleared by this call; empty while earlier data is still being sent."""
        with self._changed:
            if not self._is_to_catch_up():
                return set()
            behind, self._behind = self._behind, set()
            return behind

    def close(self) -> None:
        with self._changed:
            self.is_closed = True
            self._changed.notify_all()

    def _is_to_catch_up(self) -> bool:
        return bool(self._behind) and (self.is_closed or self.when_clear(self.wake))

    def _is_news(self, parcel: EncodedMessage) -> bool:
        if parcel.message["epoch"] != self.epoch:
            # The database was restored, and its versions start over: those of the client no longer compare.
            self.epoch = parcel.message["epoch"]
            self._behind |= set(self.have)
        if parcel.version is None or parcel.is_due:
            return True
        topic: Any = parcel.message["topic"]
        have = self.have.get(topic, 0)
        if parcel.version <= have or topic in self._behind:
            return False
        if parcel.message["since"] > have:
            self._behind.add(topic)
            return False
        self.have[topic] = parcel.version
        return True
