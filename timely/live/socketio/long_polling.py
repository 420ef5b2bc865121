"""Fast path for Socket.IO long-polling: the task that publishes a message also answers the polls that wait for it.

A polling client repeats the same request after each answer. Its first poll on a connection passes all middleware and
the libraries. If the server finds that the next one is identical to the byte (`servers/repeated_request.py`), it is
handled here: answered with what waits for the client, or left open until there is something, without a task of its own.
"""

import queue
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs
from wsgiref.handlers import format_date_time

from engineio import packet as eio_packet
from engineio.payload import Payload
from flask import Flask

from timely.clock import now
from timely.extensions import socketio
from timely.live.connection import CUT_OFF, MAX_BYTES, MAX_FRAMES, ConnectionWriter
from timely.live.socketio.engineio_internals import fits_polling
from timely.live.socketio.raw_socket import raw_socket

ENGINE_PATH = "/socket.io/"
POLL_ARGUMENTS = {"EIO", "transport", "sid", "t"}
NOTHING_NEW = eio_packet.Packet(eio_packet.NOOP)
# Seconds beyond ping interval and ping time-out; the library has ended the connection by then.
EXTRA_SECONDS = 5.0
# Seconds after its first packet for which a queue may exceed its limits: a subscription queues all snapshots at once.
GRACE_SECONDS = 5.0

# Response heads whose encoded answer is kept. Pages of one origin and address share a head, and there are few of both.
MAX_HEADS = 50

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]


class PollQueue:
    """Replaces the library's queue of a client; a packet goes directly to the client's `open_poll`, if there is one.

    The library's queue has no limit, and a client that answers its pings could leave its messages there for ever. Here
    *on_overflow* ends such a client, as one on a WebSocket that does not read.
    """

    __slots__ = ("_inner", "_on_overflow", "_since", "_size", "_when_drained", "open_poll")

    def __init__(self, inner: Any, on_overflow: Callable[[], Any] = lambda: None) -> None:
        self._inner, self._on_overflow = inner, on_overflow
        self._size, self._since = 0, time.monotonic()
        self.open_poll: Poll | None = None
        self._when_drained: Callable[[], Any] | None = None

    def put(self, packet: Any) -> None:
        poll, self.open_poll = self.open_poll, None
        if poll is not None:
            poll.answer([] if packet is None else [packet])
            return
        if packet is not None:
            if self._inner.empty():  # a poll takes the whole queue, so the limits start anew
                self._size, self._since = 0, time.monotonic()
            elif self._exceeds_limits():
                self._disconnect()
                return
            self._size += len(packet.data) if isinstance(packet.data, str) else 0
        self._inner.put(packet)

    def _exceeds_limits(self) -> bool:
        is_too_much = self._size > MAX_BYTES or self._inner.qsize() >= MAX_FRAMES
        return is_too_much and time.monotonic() - self._since > GRACE_SECONDS

    def _disconnect(self) -> None:
        CUT_OFF.inc()
        self._take()
        self._on_overflow()

    def when_drained(self, call: Callable[[], Any]) -> bool:
        """True if nothing waits; else *call* replaces any earlier callback, and is called once all is fetched."""
        # Set before it is looked: in threading mode the last packet may be fetched between the two.
        self._when_drained = call
        if self._inner.empty():
            self._when_drained = None
            return True
        return False

    def _call_if_drained(self) -> None:
        call = self._when_drained
        if call is not None and self._inner.empty():
            self._when_drained = None
            call()

    def take(self) -> list[Any] | None:
        """The waiting packets, as by the library's `poll`: [] at the end of the connection; None if there are none."""
        found = self._take()
        self._call_if_drained()
        return found

    def _take(self) -> list[Any] | None:
        found: list[Any] = []
        while not self._inner.empty():
            try:
                packet = self._inner.get(block=False)
            except queue.Empty:  # in threading mode another thread may have taken it
                break
            self._inner.task_done()
            if packet is None:
                if found:
                    self._inner.put(None)
                return found
            found.append(packet)
        return found or None

    def release(self, poll: "Poll | None" = None) -> None:
        """Answers the open poll with no message; only if it is *poll*, where given."""
        open_poll = self.open_poll
        if open_poll is not None and poll in (None, open_poll):
            self.open_poll = None
            open_poll.answer([NOTHING_NEW])

    def forget(self, poll: "Poll") -> None:
        if self.open_poll is poll:
            self.open_poll = None

    # The rest of the queue interface that the library uses.

    def get(self, *args: Any, **named: Any) -> Any:
        self.release()  # of two open polls the client only waits for the later one
        found = self._inner.get(*args, **named)
        self._call_if_drained()
        return found

    def task_done(self) -> None:
        self._inner.task_done()

    def join(self) -> None:
        self._inner.join()


class Poll:
    """Answers the repeated poll of one connection (servers.repeated_request.Answerer)."""

    __slots__ = ("_builder", "_eio", "_head", "_queue", "_sid", "_socket", "_writer", "seconds")

    def __init__(
        self, eio: Any, socket: Any, writer: ConnectionWriter, head: bytes, builder: "ResponseBuilder"
    ) -> None:
        if not isinstance(socket.queue, PollQueue):
            socket.queue = PollQueue(socket.queue)
        self._eio, self._socket, self._sid = eio, socket, socket.sid
        self._queue: PollQueue = socket.queue
        self._writer, self._head, self._builder = writer, head, builder
        self.seconds: float = eio.ping_interval + eio.ping_timeout + EXTRA_SECONDS

    def ask(self) -> bool:
        socket, queue_ = self._socket, self._queue
        if queue_.open_poll is not None:  # Socket.IO clients never have two polls open
            queue_.release()
            self._eio.sleep(0)  # yield, in case a client does so in a loop
        is_unchanged = socket.queue is queue_ and not (socket.upgrading or socket.closed)
        if not is_unchanged or self._eio.sockets.get(self._sid) is not socket:
            return False  # the library answers with its own error
        waiting = queue_.take()
        if waiting is None:
            queue_.release()  # another poll may have been opened during the yield above
            queue_.open_poll = self
        else:
            self.answer(waiting)
        return True

    def answer(self, packets: list[Any]) -> None:
        self._writer.write(self._builder.of(self._head, packets))

    def settle(self) -> None:
        self._queue.release(self)
        self._writer.flush(self._eio.sleep)

    def leave(self) -> None:
        self._queue.forget(self)
        self._writer.is_closed = True


class ResponseBuilder:
    """Builds HTTP responses. The response with a message to many clients is built once for each distinct head."""

    def __init__(self) -> None:
        self._packet: Any = None
        self._made: dict[bytes, bytes] = {}

    def of(self, head: bytes, packets: list[Any]) -> bytes:
        if len(packets) != 1:
            return self._make(head, packets)
        if packets[0] is not self._packet or len(self._made) >= MAX_HEADS:
            self._packet, self._made = packets[0], {}
        answer = self._made.get(head)
        if answer is None:
            answer = self._made[head] = self._make(head, packets)
        return answer

    def _make(self, head: bytes, packets: list[Any]) -> bytes:
        body: bytes = Payload(packets=packets).encode().encode()
        date = format_date_time(now().timestamp())
        return head + f"Date: {date}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


class LongPolling:
    """Outermost WSGI middleware: keeps the head of a poll's response for the responses to identical polls."""

    def __init__(self, inner: Application, eio: Any) -> None:
        self.inner, self.eio = inner, eio
        self.builder = ResponseBuilder()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "timely.same_again" not in environ or not environ["PATH_INFO"].startswith(ENGINE_PATH):
            return self.inner(environ, start_response)
        started: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, *more: Any) -> Any:
            started.append((status, headers))
            return start_response(status, headers, *more)

        body = self.inner(environ, start)
        if started:
            self._register_poll(environ, *started[-1])
        return body

    def _register_poll(self, environ: dict[str, Any], status: str, headers: Headers) -> None:
        arguments = parse_qs(environ.get("QUERY_STRING", ""))
        socket = self.eio.sockets.get(arguments.get("sid", [""])[0])
        raw = raw_socket(environ.get("timely.socket"))
        is_answered = status == "200 OK" and not (socket is None or socket.closed or socket.upgraded)
        if raw and is_answered and arguments.get("transport") == ["polling"] and arguments.keys() <= POLL_ARGUMENTS:
            lines = [f"{name}: {value}\r\n" for name, value in headers if name.lower() != "content-length"]
            head = f"HTTP/1.1 {status}\r\n{''.join(lines)}".encode("latin-1")
            writer = ConnectionWriter(raw, environ["timely.socket"].sendall, self.eio.start_background_task)
            environ["timely.same_again"](Poll(self.eio, socket, writer, head, self.builder))


def init_app(app: Flask) -> None:
    """Installs the fast path as outermost middleware.

    Not behind proxies, which send requests of several clients on one connection, and not without the fast fan-out.
    """
    is_wanted = app.config["TIMELY_FAN_OUT"] and not app.config["TIMELY_PROXIES"]
    if is_wanted and fits_polling(socketio.server.eio):
        app.wsgi_app = LongPolling(app.wsgi_app, socketio.server.eio)  # type: ignore[method-assign]
