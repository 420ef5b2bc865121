"""Connection to one client: writes directly to its socket, and queues what the socket does not take, within limits."""

import logging
import queue
import ssl
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

from timely import metrics
from timely.live.websocket_frame import frame_of

log = logging.getLogger(__name__)

# Clients written to before yielding to other tasks: about a millisecond.
AT_ONCE = 100
# Limits on what may wait for one client. A first message of any size may wait, such as a snapshot. A client beyond a
# limit that is sent more is cut off; it reconnects by itself, and gets a snapshot in place of all that it missed.
MOST_BYTES = 1_000_000
MOST_FRAMES = 200
MOST_SECONDS = 30.0
# Seconds between two checks of all clients for those that have gone.
LOOK_EVERY = 1.0
# Seconds for sending what waits, before the server itself ends a connection.
LAST_SECONDS = 2.0

Bytes = bytes | memoryview

CUT_OFF = metrics.SLOW.labels(done="cut off")


class ConnectionWriter:
    """Writes to one connection: directly to the socket, or behind the data that the socket has not taken yet.

    All writers must be greenlets of one thread, so that none runs between the check of `waiting` and the write.
    *raw* is a non-blocking socket. *sendall* waits, and lets other greenlets run meanwhile. *close* closes the
    connection properly; *gone* is called when it broke, or was cut off.
    """

    __slots__ = (
        "_close",
        "_gone",
        "_raw",
        "_sendall",
        "_size",
        "_spawn",
        "_stuck_at",
        "_when_clear",
        "is_ending",
        "is_over",
        "send",
        "waiting",
    )

    def __init__(
        self,
        raw: Any,
        sendall: Callable[[Bytes], Any],
        spawn: Callable[..., Any],
        close: Callable[[], Any] | None = None,
        gone: Callable[[], Any] | None = None,
    ):
        self.send: Callable[[Bytes], int] = raw.send
        self._raw, self._sendall, self._spawn, self._close, self._gone = raw, sendall, spawn, close, gone
        # Data to be sent before anything else, first the rest of a half-sent frame; None if nothing waits.
        self.waiting: deque[Bytes] | None = None
        self._when_clear: Callable[[], Any] | None = None
        self._size = 0
        self._stuck_at = 0.0  # since when the first of `waiting` has been waiting
        self.is_ending = False
        self.is_over = False  # nothing more is accepted

    @property
    def connection(self) -> Any:
        return self._raw

    def write(self, frame: Bytes) -> None:
        """Sends *frame*, or queues what the socket does not take. Never waits, and never sends only part of a frame."""
        if self.waiting is not None:
            self.wait(frame)
            return
        if self.is_over:
            return
        try:
            sent = self.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.cut()
            return
        if sent < len(frame):
            self.wait(rest_of(frame, sent))

    def wait(self, frame: Bytes) -> None:
        """Queues *frame*; cuts the client off if too much waits already."""
        if self.is_over:
            return
        if self.waiting is None:
            self.waiting = deque((frame,))
            self._size, self._stuck_at = len(frame), time.monotonic()
            self._spawn(self._drain)
            return
        is_stuck = time.monotonic() - self._stuck_at > MOST_SECONDS
        if self._size > MOST_BYTES or len(self.waiting) >= MOST_FRAMES or is_stuck:
            CUT_OFF.inc()
            self.cut()
            return
        self.waiting.append(frame)
        self._size += len(frame)

    def end(self) -> None:
        """Closes once everything is sent; accepts nothing more."""
        if not self.is_over:
            self.is_over = self.is_ending = True
            if self.waiting is None:
                self._finish()

    def cut(self) -> None:
        """Shuts the connection down now. Its reader then cleans up, as after any broken connection."""
        self.is_over = True
        if self.waiting is not None:
            self.waiting.clear()
        with suppress(OSError):
            self._raw.shutdown(SHUT_RDWR)
        if self._gone is not None:
            gone, self._gone = self._gone, None
            gone()

    def when_clear(self, call: Callable[[], Any]) -> bool:
        """True if nothing waits; else *call* replaces any earlier callback, and is called once all is sent."""
        self._when_clear = call if self.waiting is not None else None
        return self.waiting is None

    def settle(self, sleep: Callable[[float], Any]) -> None:
        """Waits until all is sent; cuts off a client that does not take it within `LAST_SECONDS`."""
        give_up_at = time.monotonic() + LAST_SECONDS
        while self.waiting is not None and time.monotonic() < give_up_at:
            sleep(0.05)
        if self.waiting is not None:
            self.cut()

    def _drain(self) -> None:
        try:
            while self.waiting:
                # It stays in the queue until it is sent, so that no later frame overtakes it.
                frame = self.waiting[0]
                self._sendall(frame)
                if self.waiting:
                    self.waiting.popleft()
                    self._size, self._stuck_at = self._size - len(frame), time.monotonic()
        except Exception as error:
            if not isinstance(error, OSError):
                log.exception("a connection could not be written to")
            self.cut()
        self.waiting = None
        call, self._when_clear = self._when_clear, None
        if self.is_ending:
            self._finish()
        elif call is not None and not self.is_over:
            call()

    def _finish(self) -> None:
        if self._close is not None:
            close, self._close = self._close, None
            with suppress(OSError):
                close()

    # The interface of a socket's queue in python-engineio, which this object replaces.

    def put(self, packet: Any) -> None:
        if packet is None:
            self.end()
        else:
            self.write(frame_of(packet.encode()))

    def get(self, *args: Any, **named: Any) -> Any:
        raise queue.Empty

    def join(self) -> None:
        """Does nothing. Engine.IO joins a socket's queue and its writer task; here neither has anything to finish."""

    def task_done(self) -> None:
        """Does nothing: items of the queue are not counted."""


def bare(green: Any) -> Any:
    """The non-blocking socket inside that of eventlet (`fd`) or gevent (`_sock`); None if there is none, or for TLS."""
    raw = getattr(green, "fd", None) or getattr(green, "_sock", None)
    if raw is None or isinstance(green, ssl.SSLSocket) or isinstance(raw, ssl.SSLSocket):
        return None
    is_known = callable(getattr(raw, "send", None)) and callable(getattr(raw, "gettimeout", None))
    return raw if is_known and raw.gettimeout() == 0 and callable(getattr(green, "sendall", None)) else None


def rest_of(frame: Bytes, sent: int) -> memoryview:
    """The unsent rest, without a copy: many clients may wait for the same bytes."""
    return memoryview(frame)[sent:]
