"""What waits for one client of a stream: bounded, in order, without duplicates, healed by a snapshot."""

import json
import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from timely import figures
from timely.live.fanout import frame_of
from timely.live.whole import text_of
from timely.rows import Row

# A reader that is so far behind gets one snapshot instead of all that it missed.
MOST_WAITING = 50

HEALED = figures.SLOW.labels(done="healed by a snapshot")


def encode(message: Row) -> str:
    """The message as it travels on every pipe but Socket.IO, which has an encoding of its own."""
    return text_of(message, "plain", lambda: json.dumps(message, ensure_ascii=False, separators=(",", ":")))


class Parcel:
    """A message with its text, made once for all clients of a pipe.

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
        return frame_of(self.text)


class Outbox:
    """One client's queue. `have` are the versions that the client will have once all of it is sent.

    Of every topic that the client follows there is one, 0 where it has nothing yet. Where the client's connection can
    be written to without waiting, *hand_over* does so, and what comes while nobody has anything to do with it is not
    queued at all: no task has to wake for it.
    """

    def __init__(self, have: dict[str, int], epoch: str):
        self.have, self.epoch = have, epoch
        self.is_closed = False
        self.hand_over: Callable[[Parcel], None] | None = None
        self._is_idle = False
        self._waiting: deque[Parcel] = deque()
        self._behind: set[str] = set()
        self._changed = threading.Condition()

    def put(self, parcel: Parcel) -> None:
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

    def put_first(self, parcels: Sequence[Parcel]) -> None:
        """Snapshots in front of all that waits. `have` counts them already, so they are sent whatever it says."""
        with self._changed:
            for parcel in reversed(parcels):
                parcel.is_due = True
                self._waiting.appendleft(parcel)
            self._changed.notify()

    def take(self, timeout: float | None) -> list[Parcel]:
        """What is to be sent now; [] after *timeout* seconds without anything, or once closed."""
        with self._changed:
            if not (self._waiting or self._behind or self.is_closed):
                self._is_idle = True
                self._changed.wait(timeout)
                self._is_idle = False
            found = [parcel for parcel in self._waiting if self._is_news(parcel)]
            self._waiting.clear()
            return found

    def missed(self) -> set[str]:
        """The topics of which a snapshot is needed since the last call."""
        with self._changed:
            behind, self._behind = self._behind, set()
            return behind

    def close(self) -> None:
        with self._changed:
            self.is_closed = True
            self._changed.notify_all()

    def _is_news(self, parcel: Parcel) -> bool:
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
