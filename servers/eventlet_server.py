"""WSGI server on eventlet (TIMELY_ASYNC_MODE=eventlet).

The only file that imports eventlet. It patches the standard library, so it must be imported first.
"""

import warnings

with warnings.catch_warnings():
    # Eventlet is in maintenance only. That is known, and the reason why no other file imports it.
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

eventlet.monkey_patch()

import io
import logging
import sys
import traceback
from contextlib import suppress
from typing import Any

from eventlet import greenio, tpool, wsgi

from servers import connection_limit, eventlet_check, timeouts
from servers.chunked_body import Chunks
from servers.lasting_connection import may_last, respond_apart, wants_websocket
from servers.listener import FinalizingListener, Listener
from servers.process import switch_threads_often
from servers.repeated_request import Answerer, RepeatedRequest, head_in
from servers.request_body import NO_BODY_HERE, Body, Measured, is_misplaced
from servers.timeouts import SWEEP_SECONDS, IdleSweep
from servers.websocket_compression import Application, without_deflate

MAX_CONNECTIONS = connection_limit.EVENTLET

log = logging.getLogger("timely.server")

# Headers of requests with a body, which the head alone does not make identical.
OF_A_BODY = ("Content-Length", "Transfer-Encoding", "Expect")

switch_threads_often()
run_slow = tpool.execute


class Faults(getattr(wsgi, "LoggerNull", object)):  # type: ignore[misc]
    """Log for eventlet's server: keeps only exceptions of our own code, not messages about clients."""

    def info(self, message: str, *args: Any, **kwargs: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # a client that has disconnected is not a fault
            log.error("A request broke off: %s", message)


class Input(getattr(wsgi, "Input", object)):  # type: ignore[misc]
    """Request body in the interface of eventlet's server.

    Sends "100 Continue" before the first read to a client that waits for it. `Body` reads.
    """

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
    """One connection, with time-outs for the head and the body of each request. Logs nothing of bad requests."""

    close_connection: bool
    environ: dict[str, Any]
    headers: Any
    rfile: Any
    wfile: Any
    server_version = "Timely"
    # Large enough for a head; larger writes are not buffered. The defaults hold 24 kB as long as a connection lasts.
    rbufsize, wbufsize = 4096, 2048
    sys_version = ""
    # The request that is answered without the app when it is repeated, and the head of the current request.
    _again: RepeatedRequest | None = None
    _head: bytes | None = None
    _is_late = False
    _has_asked = False

    def __init__(self, conn_state: list[Any], server: Any) -> None:
        server.log = FAULTS
        try:
            with suppress(OSError):  # the client has disconnected; the caller closes its socket
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
        file = self.rfile.fp  # without eventlet's wrapper, which counts the bytes of a head
        try:
            if self._again:
                if self._again.take(self.raw_requestline, file):
                    return False  # it has been answered
                self._again.answerer.settle()
            if self._has_asked:
                # A client that pipelines requests always has the next one ready: yield, so that others are served.
                eventlet.sleep(0)
            self._has_asked = True
            self._head = head_in(file.peek(1))
            is_whole = bool(super().parse_request())
        finally:
            IDLE_SWEEP.over(self)
        if self._is_late:  # the parser took the end of the connection for the end of the head
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
        """Closes a connection whose request did not come in time."""
        self._is_late = True
        greenio.shutdown_safe(self.connection)

    def _remember(self, answerer: Answerer) -> None:
        """Lets *answerer* answer the next request if it is identical to this one."""
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
            environ["timely.socket"] = self.connection  # for responses that other tasks write to the socket directly
            if is_plain and self._head and "Upgrade" not in self.headers:
                environ["timely.same_again"] = self._remember
        if is_plain and wants_websocket(environ):
            self._travel_light(environ)
        return environ

    def handle_one_response(self) -> None:
        if not may_last(self.environ):
            super().handle_one_response()
            return
        rest = respond_apart(super().handle_one_response, self.environ, wsgi.WSGI_LOCAL)
        if rest is None:
            return
        self._travel_light(self.environ)
        self.environ = {}
        try:
            rest()
        except Exception:
            FAULTS.info(traceback.format_exc())

    def _travel_light(self, environ: dict[str, Any]) -> None:
        """Frees the head and the buffers of a connection that may last for hours, and does not use them."""
        self.headers, self._head, self.raw_requestline = {"Connection": environ.get("HTTP_CONNECTION", "")}, None, b""
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
            # After a failed write one of the two stays open, and with it the socket, until the garbage collector runs.
            # A server that has no file left for a new socket creates no garbage, so the collector never runs.
            for file in (self.wfile, self.rfile):
                with suppress(OSError):
                    file.close()

    def log_message(self, *args: Any) -> None:
        """Logs nothing: malformed requests of strangers do not concern the organiser."""


FAULTS = Faults()
IDLE_SWEEP = IdleSweep()


def sweep_idle_connections() -> None:
    """Closes idle connections once per `SWEEP_SECONDS`, until the process ends."""
    while True:
        eventlet.sleep(SWEEP_SECONDS)
        IDLE_SWEEP.look()


def begin(app: Application, listener: Listener, screens: int) -> None:
    """Serves *app* on *listener* from now on, at most *screens* connections at once."""
    fits = eventlet_check.fits(wsgi, greenio)
    if fits:
        eventlet.spawn(sweep_idle_connections)
    eventlet.spawn(
        wsgi.server,
        listener if fits else FinalizingListener(listener),
        without_deflate(app),
        max_size=screens,
        minimum_chunk_size=1,  # by default the messages of a stream are held back until they fill 4 kB
        keepalive=timeouts.KEEP_ALIVE_SECONDS,
        log_output=False,
        debug=False,
        **({"protocol": Protocol} if fits else {}),
    )
