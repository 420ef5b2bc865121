"""What waits for one client of a stream: bounded, in order, without duplicates, healed by a snapshot."""

import json
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from typing import Any

from timely import metrics
from timely.live.encoded_message import made_once
from timely.live.socketio.fanout import frame_of
from timely.presenters.rows import Row

# A reader that is so far behind gets one snapshot instead of all that it missed.
MOST_WAITING = 50

HEALED = metrics.SLOW.labels(done="healed by a snapshot")


def encode(message: Row) -> str:
    """The message as it travels on every pipe but Socket.IO, which has an encoding of its own."""
    return made_once(message, "plain", lambda: json.dumps(message, ensure_ascii=False, separators=(",", ":")))


class EncodedMessage:
    """A message with its text, made once for all clients of a pipe; of a snapshot once for all who ask for it.

    `version` is None for what carries none, such as a heartbeat. `chunks` are the pieces of event streams that say it:
    as many as there are places that its readers stand at, which is one or two.
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
        """The text as a WebSocket's frame."""
        return made_once(self.message, "frame", lambda: frame_of(self.text))

    @cached_property
    def body(self) -> bytes:
        """The text as it travels over HTTP."""
        return made_once(self.message, "body", self.text.encode)

    def chunk(self, place: Hashable, make: Callable[[], bytes]) -> bytes:
        """The piece of an event stream that says it to a reader at *place*, which *make* makes."""
        found = self.chunks.get(place)
        if found is None:
            found = self.chunks[place] = made_once(self.message, ("chunk", place), make)
        return found


class SendQueue:
    """One client's queue. `have` are the versions that the client will have once all of it is sent.

    Of every topic that the client follows there is one, 0 where it has nothing yet. Where the client's connection can
    be written to without waiting, *hand_over* does so, and what comes while nobody has anything to do with it is not
    queued at all: no task has to wake for it.
    """

    def __init__(self, have: dict[str, int], epoch: str):
        self.have, self.epoch = have, epoch
        self.is_closed = False
        self.hand_over: Callable[[EncodedMessage], None] | None = None
        # Asks whether the connection has taken all that it was given, and wakes whoever takes when it has.
        self.when_clear: Callable[[Callable[[], None]], bool] = lambda wake: True
        self._is_idle = False
        self._waiting: deque[EncodedMessage] = deque()
        self._behind: set[str] = set()
        self._changed = threading.Condition()

    def put(self, parcel: EncodedMessage) -> None:
        """Never waits: a slow client must not hold the others back."""
        # Only greenlets of one thread hand over, so that nothing comes in between.
        if self.hand_over and self._is_idle and not (self._waiting or self._behind or self.is_closed):
            if self._is_news(parcel):
                self.hand_over(parcel)
            if self._behind:
                with self._changed:
                    self._changed.notify()  # whoever takes has a snapshot to send
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
        """Snapshots in front of all that waits. `have` counts them already, so they are sent whatever it says."""
        with self._changed:
            for parcel in reversed(parcels):
                parcel.is_due = True
                self._waiting.appendleft(parcel)
            self._changed.notify()

    def is_clear(self) -> bool:
        """Whether all that was put here has been taken, by the connection too."""
        return not (self._waiting or self._behind) and self.when_clear(self.wake)

    def fall_behind(self, topics: Iterable[str]) -> None:
        """One snapshot of each of them is sent when all is taken that waits already."""
        with self._changed:
            self._behind |= set(topics)
            self._changed.notify()

    def wake(self) -> None:
        """Lets whoever takes look again."""
        with self._changed:
            self._changed.notify()

    def take(self, timeout: float | None) -> list[EncodedMessage]:
        """What is to be sent now; [] after *timeout* seconds without anything, or once closed."""
        with self._changed:
            if not (self._waiting or self._is_to_catch_up() or self.is_closed):
                self._is_idle = True
                self._changed.wait(timeout)
                self._is_idle = False
            found = [parcel for parcel in self._waiting if self._is_news(parcel)]
            self._waiting.clear()
            return found

    def missed(self) -> set[str]:
        """The topics of which a snapshot is needed since the last call; none while another is on its way."""
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
            # The database was restored and counts anew: all that the client has is of another age.
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
