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
from timely.live.connection import CUT_OFF, MAX_BYTES, MAX_FRAMES, ConnectionWriter, raw_socket

ENGINE_PATH = "/socket.io/"
SAID_BY_POLLS = {"EIO", "transport", "sid", "t"}
NOTHING_NEW = eio_packet.Packet(eio_packet.NOOP)
# Seconds beyond ping interval and ping time-out; the library has ended the connection by then.
LATER = 5.0
# Seconds after its first packet for which a queue may exceed its limits: a subscription queues all snapshots at once.
MOMENT = 5.0

# Response heads whose encoded answer is kept. Pages of one origin and address share a head, and there are few of both.
MOST_HEADS = 50

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]


class PollQueue:
    """Replaces the library's queue of a client; a packet goes directly to the client's open poll (`standing`), if any.

    The library's queue has no limit, and a client that answers its pings could leave its messages there for ever. Here
    *cut* ends such a client, as one on a WebSocket that does not read.
    """

    __slots__ = ("_cut", "_kept", "_since", "_size", "_when_drained", "standing")

    def __init__(self, kept: Any, cut: Callable[[], Any] = lambda: None) -> None:
        self._kept, self._cut = kept, cut
        self._size, self._since = 0, time.monotonic()
        self.standing: Poll | None = None
        self._when_drained: Callable[[], Any] | None = None

    def put(self, packet: Any) -> None:
        poll, self.standing = self.standing, None
        if poll is not None:
            poll.answer([] if packet is None else [packet])
            return
        if packet is not None:
            if self._kept.empty():  # a poll takes the whole queue, so the limits start anew
                self._size, self._since = 0, time.monotonic()
            elif self._is_too_much():
                self._give_up()
                return
            self._size += len(packet.data) if isinstance(packet.data, str) else 0
        self._kept.put(packet)

    def _is_too_much(self) -> bool:
        is_much = self._size > MAX_BYTES or self._kept.qsize() >= MAX_FRAMES
        return is_much and time.monotonic() - self._since > MOMENT

    def _give_up(self) -> None:
        CUT_OFF.inc()
        self._take()
        self._cut()

    def when_drained(self, call: Callable[[], Any]) -> bool:
        """True if nothing waits; else *call* replaces any earlier callback, and is called once all is fetched."""
        self._when_drained = None if self._kept.empty() else call
        return self._when_drained is None

    def _look_whether_clear(self) -> None:
        if self._when_drained is not None and self._kept.empty():
            call, self._when_drained = self._when_drained, None
            call()

    def take(self) -> list[Any] | None:
        """The waiting packets, as by the library's `poll`: [] at the end of the connection; None if there are none."""
        found = self._take()
        self._look_whether_clear()
        return found

    def _take(self) -> list[Any] | None:
        found: list[Any] = []
        while not self._kept.empty():
            try:
                packet = self._kept.get(block=False)
            except queue.Empty:  # in threading mode another thread may have taken it
                break
            self._kept.task_done()
            if packet is None:
                if found:
                    self._kept.put(None)
                return found
            found.append(packet)
        return found or None

    def release(self, poll: "Poll | None" = None) -> None:
        """Answers the open poll with no message; only if it is *poll*, where given."""
        standing = self.standing
        if standing is not None and poll in (None, standing):
            self.standing = None
            standing.answer([NOTHING_NEW])

    def forget(self, poll: "Poll") -> None:
        if self.standing is poll:
            self.standing = None

    # The rest of the queue interface that the library uses.

    def get(self, *args: Any, **named: Any) -> Any:
        self.release()  # of two open polls the client only waits for the later one
        found = self._kept.get(*args, **named)
        self._look_whether_clear()
        return found

    def task_done(self) -> None:
        self._kept.task_done()

    def join(self) -> None:
        self._kept.join()


class Poll:
    """Answers the repeated poll of one connection (servers.repeated_request.Answerer)."""

    __slots__ = ("_answers", "_eio", "_head", "_letters", "_sid", "_socket", "_writer", "seconds")

    def __init__(self, eio: Any, socket: Any, writer: ConnectionWriter, head: bytes, answers: "Answers") -> None:
        if not isinstance(socket.queue, PollQueue):
            socket.queue = PollQueue(socket.queue)
        self._eio, self._socket, self._sid = eio, socket, socket.sid
        self._letters: PollQueue = socket.queue
        self._writer, self._head, self._answers = writer, head, answers
        self.seconds: float = eio.ping_interval + eio.ping_timeout + LATER

    def ask(self) -> bool:
        socket, letters = self._socket, self._letters
        if letters.standing is not None:  # Socket.IO clients never have two polls open
            letters.release()
            self._eio.sleep(0)  # yield, in case a client does so in a loop
        is_as_it_was = socket.queue is letters and not (socket.upgrading or socket.closed)
        if not is_as_it_was or self._eio.sockets.get(self._sid) is not socket:
            return False  # the library answers with its own error
        waiting = letters.take()
        if waiting is None:
            letters.release()  # another poll may have been opened during the yield above
            letters.standing = self
        else:
            self.answer(waiting)
        return True

    def answer(self, packets: list[Any]) -> None:
        self._writer.write(self._answers.of(self._head, packets))

    def settle(self) -> None:
        self._letters.release(self)
        self._writer.flush(self._eio.sleep)

    def leave(self) -> None:
        self._letters.forget(self)
        self._writer.is_closed = True


class Answers:
    """Builds HTTP responses. The response with a message to many clients is built once for each distinct head."""

    def __init__(self) -> None:
        self._packet: Any = None
        self._made: dict[bytes, bytes] = {}

    def of(self, head: bytes, packets: list[Any]) -> bytes:
        if len(packets) != 1:
            return self._make(head, packets)
        if packets[0] is not self._packet or len(self._made) >= MOST_HEADS:
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
        self.answers = Answers()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "timely.same_again" not in environ or not environ["PATH_INFO"].startswith(ENGINE_PATH):
            return self.inner(environ, start_response)
        said: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, *more: Any) -> Any:
            said.append((status, headers))
            return start_response(status, headers, *more)

        body = self.inner(environ, start)
        if said:
            self._remember(environ, *said[-1])
        return body

    def _remember(self, environ: dict[str, Any], status: str, headers: Headers) -> None:
        asked = parse_qs(environ.get("QUERY_STRING", ""))
        socket = self.eio.sockets.get(asked.get("sid", [""])[0])
        raw = raw_socket(environ.get("timely.socket"))
        is_answered = status == "200 OK" and not (socket is None or socket.closed or socket.upgraded)
        if raw and is_answered and asked.get("transport") == ["polling"] and asked.keys() <= SAID_BY_POLLS:
            lines = [f"{name}: {value}\r\n" for name, value in headers if name.lower() != "content-length"]
            head = f"HTTP/1.1 {status}\r\n{''.join(lines)}".encode("latin-1")
            writer = ConnectionWriter(raw, environ["timely.socket"].sendall, self.eio.start_background_task)
            environ["timely.same_again"](Poll(self.eio, socket, writer, head, self.answers))


def init_app(app: Flask) -> None:
    """Installs the fast path as outermost middleware.

    Not behind proxies, which send requests of several clients on one connection, and not without the fast fan-out.
    """
    if app.config["TIMELY_FAN_OUT"] and not app.config["TIMELY_PROXIES"]:
        app.wsgi_app = LongPolling(app.wsgi_app, socketio.server.eio)  # type: ignore[method-assign]
