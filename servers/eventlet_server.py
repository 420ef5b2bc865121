"""TIMELY_ASYNC_MODE=eventlet: the only file that imports eventlet, and the first to be imported, for it patches."""

import warnings

with warnings.catch_warnings():
    # Eventlet's authors only mend it by now; that is known, and why nothing else imports it.
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

eventlet.monkey_patch()

import io
import logging
import sys
from contextlib import suppress
from typing import Any

from eventlet import greenio, tpool, wsgi

from servers import timeouts
from servers.chunked_body import Chunks
from servers.deflate import Application, without_deflate
from servers.listener import Listener
from servers.process import switch_threads_often
from servers.repeated_request import Answerer, RepeatedRequest, head_in
from servers.request_body import NO_BODY_HERE, Body, Measured, is_misplaced
from servers.timeouts import SWEEP_SECONDS, IdleSweep

# On Windows its select() takes 512 sockets, and the database needs a few.
MAX_CONNECTIONS = 480 if sys.platform == "win32" else 10_000

log = logging.getLogger("timely.server")

# Of a request with a body, the head is not the whole.
OF_A_BODY = ("Content-Length", "Transfer-Encoding", "Expect")

switch_threads_often()
run_slow = tpool.execute


class Faults(wsgi.LoggerNull):  # type: ignore[misc]
    """Hears all that eventlet's server would say about requests, and passes on what broke in our own code."""

    def info(self, message: str, *args: Any, **kwargs: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # a client that has gone is no fault
            log.error("A request broke off: %s", message)


class Input(wsgi.Input):  # type: ignore[misc]
    """A body as eventlet's server asks for it: read by ours, after the word that the client may be waiting for."""

    body: Body

    def read(self, length: int | None = None) -> bytes:
        self._let_it_come()
        return self.body.read(length)

    def readline(self, size: int | None = None) -> bytes:
        self._let_it_come()
        return self.body.readline(size)

    def readlines(self, hint: int | None = None) -> list[bytes]:
        return list(iter(self.readline, b""))

    def discard(self, buffer_size: int = 0) -> None:
        self.body.discard()

    def _let_it_come(self) -> None:
        if self.should_send_hundred_continue:
            self.send_hundred_continue_response()
            self.is_hundred_continue_response_sent = True


class Protocol(wsgi.HttpProtocol):  # type: ignore[misc]
    """One connection: a deadline for the head and the body of each request, and no word in the terminal."""

    close_connection: bool
    headers: Any
    rfile: Any
    wfile: Any
    server_version = "Timely"
    # A head fits; what is larger is written as it is. The defaults hold 24 kB for as long as a connection lasts.
    rbufsize, wbufsize = 4096, 2048
    sys_version = ""
    # The request that is answered without the app when it comes again, and the head of the present one.
    _again: RepeatedRequest | None = None
    _head: bytes | None = None
    _is_late = False
    _has_asked = False

    def __init__(self, conn_state: list[Any], server: Any) -> None:
        server.log = FAULTS
        try:
            with suppress(OSError):  # the client has gone; its socket is closed by whoever called us
                super().__init__(conn_state, server)
        finally:
            server.socket.leave(conn_state[0])

    def _read_request_line(self) -> bytes:
        """The first line of the next request; b"" ends the connection."""
        file = self.rfile
        if not isinstance(file, io.BufferedReader) or file.closed:
            return b""
        IDLE_SWEEP.begin(self, self._again.answerer.seconds if self._again else timeouts.KEEP_ALIVE_SECONDS)
        with suppress(OSError):
            if file.peek(1):
                IDLE_SWEEP.begin(self, timeouts.HEAD_SECONDS)
                return file.readline(self.server.url_length_limit)
        return b""

    def parse_request(self) -> bool:
        file = self.rfile.fp  # what eventlet counts a head's bytes with stands before it
        try:
            if self._again:
                if self._again.take(self.raw_requestline, file):
                    return False  # nothing is left to be done with it
                self._again.answerer.settle()
            if self._has_asked:
                # Who asks without waiting for answers always has the next there: the others get their turn first.
                eventlet.sleep(0)
            self._has_asked = True
            self._head = head_in(file.peek(1))
            is_whole = bool(super().parse_request())
        finally:
            IDLE_SWEEP.over(self)
        if self._is_late:  # the end of the connection was taken for the end of the head
            self.close_connection = True
        return is_whole and not self._is_late and not self._refuse_misplaced_body()

    def _refuse_misplaced_body(self) -> bool:
        is_refused = is_misplaced(self.command, self.headers)
        if is_refused:
            self.close_connection = True
            self.wfile.write(NO_BODY_HERE)
            self.wfile.flush()
        return is_refused

    def close_idle(self) -> None:
        """It was too slow with the head of a request."""
        self._is_late = True
        greenio.shutdown_safe(self.connection)

    def _remember(self, answerer: Answerer) -> None:
        """The next request that is like this one is the *answerer*'s."""
        if self._again:
            self._again.answerer.leave()
        assert self._head is not None
        self._again = RepeatedRequest(self.raw_requestline, self._head, answerer)

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        given = environ["eventlet.input"]
        size = given.content_length
        mine = Input(given.rfile, size, given.get_socket(), given.wfile, given.wfile_line, given.chunked_input)
        file = Chunks(given.rfile) if given.chunked_input else Measured(given.rfile, size or 0)
        mine.body = Body(file, timeouts.body_seconds(size), eventlet.Timeout, self._hang_up)
        environ["wsgi.input"] = environ["eventlet.input"] = mine
        is_plain = self.command == "GET" and not any(name in self.headers for name in OF_A_BODY)
        if self.request_version == "HTTP/1.1":
            environ["timely.socket"] = self.connection  # for an answer that others write
            if is_plain and self._head and "Upgrade" not in self.headers:
                environ["timely.same_again"] = self._remember
        if is_plain and wants_websocket(environ):
            self._travel_light(environ)
        return environ

    def _travel_light(self, environ: dict[str, Any]) -> None:
        """A WebSocket may last for hours: what was read of its head is of no use to it, and no more is read here."""
        self.headers, self._head = {"Connection": environ.get("HTTP_CONNECTION", "")}, None
        environ.pop("headers_raw", None)
        for file in (self.rfile, self.wfile):
            file.close()
        self.rfile = environ["eventlet.input"].rfile = io.BytesIO()
        self.wfile = self.connection.makefile("wb", 0)

    def _hang_up(self) -> None:
        self.close_connection = True

    def finish(self) -> None:
        IDLE_SWEEP.over(self)
        if self._again:
            self._again.answerer.leave()
        try:
            super().finish()
        finally:
            # After a failed write one of the two stays open, and the socket with it, until the garbage is
            # collected; and a server with no room for a new socket makes no garbage.
            for file in (self.wfile, self.rfile):
                with suppress(OSError):
                    file.close()

    def log_message(self, *args: Any) -> None:
        """Nothing: a stranger's broken request is not the organiser's business."""


FAULTS = Faults()
IDLE_SWEEP = IdleSweep()


def wants_websocket(environ: dict[str, Any]) -> bool:
    """Whether the connection is to become a WebSocket. Some programs offer to change to HTTP/2 with each request."""
    is_websocket: bool = environ.get("HTTP_UPGRADE", "").lower() == "websocket"
    return is_websocket and "upgrade" in environ.get("HTTP_CONNECTION", "").lower()


def sweep_idle_connections() -> None:
    """Until the process ends."""
    while True:
        eventlet.sleep(SWEEP_SECONDS)
        IDLE_SWEEP.look()


def begin(app: Application, door: Listener, screens: int) -> None:
    """Answers at the door from now on, so many at once."""
    eventlet.spawn(sweep_idle_connections)
    eventlet.spawn(
        wsgi.server,
        door,
        without_deflate(app),
        max_size=screens,
        protocol=Protocol,
        minimum_chunk_size=1,  # or a stream's messages wait until there are 4 kB of them
        keepalive=timeouts.KEEP_ALIVE_SECONDS,
        log_output=False,
        debug=False,
    )
