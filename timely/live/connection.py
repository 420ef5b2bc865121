"""Connection to one client: writes directly to its socket, and queues what the socket does not take, within limits."""

import logging
import queue
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

from timely import metrics
from timely.live.websocket_frame import frame_of

log = logging.getLogger(__name__)

# Clients written to before yielding to other tasks: about a millisecond.
BATCH_SIZE = 100
# Limits on what may wait for one client. A first message of any size may wait, such as a snapshot. A client beyond a
# limit that is sent more is cut off; it reconnects by itself, and gets a snapshot in place of all that it missed.
MAX_BYTES = 1_000_000
MAX_FRAMES = 200
MAX_SECONDS = 30.0
# Most bytes that are held back to be sent together, and most frames that the system takes at once.
MAX_HELD_BYTES = 65_536
MAX_TOGETHER = 100
# Seconds between two checks of all clients for those that have gone.
CHECK_INTERVAL = 1.0
# Seconds for sending what waits, before the server itself ends a connection.
FLUSH_SECONDS = 2.0

Bytes = bytes | memoryview

CUT_OFF = metrics.SLOW.labels(done="cut off")


class ConnectionWriter:
    """Writes to one connection: directly to the socket, or behind pending data that the socket has not taken yet.

    All writers must be greenlets of one thread, so that none runs between the check of `pending` and the write.
    *raw* is a non-blocking socket. *sendall* waits, and lets other greenlets run meanwhile. *close* closes the
    connection properly; *on_lost* is called when it broke, or was cut off.
    """

    __slots__ = (
        "_close",
        "_is_held",
        "_on_lost",
        "_raw",
        "_sendall",
        "_size",
        "_spawn",
        "_stuck_since",
        "_when_drained",
        "is_closed",
        "is_closing",
        "pending",
        "send",
    )

    def __init__(
        self,
        raw: Any,
        sendall: Callable[[Bytes], Any],
        spawn: Callable[..., Any],
        close: Callable[[], Any] | None = None,
        on_lost: Callable[[], Any] | None = None,
    ):
        self.send: Callable[[Bytes], int] = raw.send
        self._raw, self._sendall, self._spawn, self._close, self._on_lost = raw, sendall, spawn, close, on_lost
        # Data to be sent before anything else, first the rest of a half-sent frame; None if nothing waits.
        self.pending: deque[Bytes] | None = None
        self._when_drained: Callable[[], Any] | None = None
        self._is_held = False  # what is pending is held back
        self._size = 0
        self._stuck_since = 0.0  # since when the first of `pending` has been waiting
        self.is_closing = False
        self.is_closed = False  # nothing more is accepted

    @property
    def connection(self) -> Any:
        return self._raw

    def write(self, frame: Bytes) -> None:
        """Sends *frame*, or queues what the socket does not take. Never waits, and never sends only part of a frame."""
        if self.pending is not None:
            self.enqueue(frame)
            return
        if self.is_closed:
            return
        try:
            sent = self.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.abort()
            return
        if sent < len(frame):
            self._queue_first(rest_of(frame, sent))

    def write_all(self, frames: Iterable[Bytes]) -> None:
        """As `write` for each of the frames, by one call of the system, which costs more than what it sends.

        The frames are not joined: their bytes are shared with other clients, whatever of them has to wait.
        """
        frames = list(frames)
        sendmsg = getattr(self._raw, "sendmsg", None)  # Windows has none
        if self.pending is not None or len(frames) < 2 or sendmsg is None:
            for frame in frames:
                self.write(frame)
        elif not self.is_closed:
            self._send_together(sendmsg, frames)

    def _send_together(self, sendmsg: Callable[[list[Bytes]], int], frames: list[Bytes]) -> None:
        try:
            sent = sendmsg(frames[:MAX_TOGETHER])
        except BlockingIOError:
            sent = 0
        except OSError:
            self.abort()
            return
        for frame in frames:
            taken = min(sent, len(frame))
            sent -= taken
            if not taken:
                self.write(frame)
            elif taken < len(frame):
                self._queue_first(rest_of(frame, taken))

    def hold(self) -> None:
        """Holds up to `MAX_HELD_BYTES` back until `release`, to send them together. Must be called just before."""
        if self.pending is None and not self.is_closed:
            self.pending, self._size, self._is_held = deque(), 0, True

    def release(self) -> None:
        """Sends what is held back, if anything."""
        if not self._is_held:
            return
        frames, self.pending, self._is_held = self.pending or (), None, False
        self.write_all(frames)

    def enqueue(self, frame: Bytes) -> None:
        """Queues *frame*; cuts the client off if too much waits already."""
        if self.is_closed:
            return
        if self._is_held and self.pending is not None:
            self.pending.append(frame)
            self._size += len(frame)
            if self._size > MAX_HELD_BYTES:
                self.release()
            return
        if self.pending is None:
            self._queue_first(frame)
            return
        is_stuck = time.monotonic() - self._stuck_since > MAX_SECONDS
        if self._size > MAX_BYTES or len(self.pending) >= MAX_FRAMES or is_stuck:
            CUT_OFF.inc()
            self.abort()
            return
        self.pending.append(frame)
        self._size += len(frame)

    def _queue_first(self, frame: Bytes) -> None:
        self.pending = deque((frame,))
        self._size, self._stuck_since = len(frame), time.monotonic()
        self._spawn(self._drain)

    def close_when_sent(self) -> None:
        """Closes once everything is sent; accepts nothing more."""
        if not self.is_closed:
            self.release()
            self.is_closed = self.is_closing = True
            if self.pending is None:
                self._finish()

    def abort(self) -> None:
        """Shuts the connection down now. Its reader then cleans up, as after any broken connection."""
        self.is_closed = True
        if self.pending is not None:
            self.pending.clear()
        with suppress(OSError):
            self._raw.shutdown(SHUT_RDWR)
        if self._on_lost is not None:
            on_lost, self._on_lost = self._on_lost, None
            on_lost()

    def when_drained(self, call: Callable[[], Any]) -> bool:
        """True if nothing waits; else *call* replaces any earlier callback, and is called once all is sent."""
        self._when_drained = call if self.pending is not None else None
        return self.pending is None

    def flush(self, sleep: Callable[[float], Any]) -> None:
        """Waits until all is sent; cuts off a client that does not take it within `FLUSH_SECONDS`."""
        give_up_at = time.monotonic() + FLUSH_SECONDS
        while self.pending is not None and time.monotonic() < give_up_at:
            sleep(0.05)
        if self.pending is not None:
            self.abort()

    def _drain(self) -> None:
        try:
            while self.pending:
                # It stays in the queue until it is sent, so that no later frame overtakes it.
                frame = self.pending[0]
                self._sendall(frame)
                if self.pending:
                    self.pending.popleft()
                    self._size, self._stuck_since = self._size - len(frame), time.monotonic()
        except Exception as error:
            if not isinstance(error, OSError):
                log.exception("a connection could not be written to")
            self.abort()
        self.pending = None
        call, self._when_drained = self._when_drained, None
        if self.is_closing:
            self._finish()
        elif call is not None and not self.is_closed:
            call()

    def _finish(self) -> None:
        if self._close is not None:
            close, self._close = self._close, None
            with suppress(OSError):
                close()

    # The interface of a socket's queue in python-engineio, which this object replaces.

    def put(self, packet: Any) -> None:
        if packet is None:
            self.close_when_sent()
        else:
            self.write(frame_of(packet.encode()))

    def get(self, *args: Any, **named: Any) -> Any:
        raise queue.Empty

    def join(self) -> None:
        """Does nothing. Engine.IO joins a socket's queue and its writer task; here neither has anything to finish."""

    def task_done(self) -> None:
        """Does nothing: items of the queue are not counted."""


def rest_of(frame: Bytes, sent: int) -> memoryview:
    """The unsent rest, without a copy: many clients may wait for the same bytes."""
    return memoryview(frame)[sent:]
