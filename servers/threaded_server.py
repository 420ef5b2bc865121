"""WSGI server on real threads (TIMELY_ASYNC_MODE=threading): Werkzeug's own, with time-outs and bounds.

For looking for faults, and for a few dozen screens. It patches nothing, and each connection carries one request.
"""

import io
import logging
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from launch.library_check import is_known, lacking, unused
from servers import connection_limit, timeouts
from servers.chunked_body import Chunks
from servers.listener import Closed, Listener
from servers.request_body import NO_BODY_HERE, Body, Measured, has_clear_length, is_misplaced
from servers.websocket_compression import Application, without_deflate
from servers.websocket_socket import WholeFrames

MAX_CONNECTIONS = connection_limit.THREADING
CLOSING_FRAME = b"\x88"  # its first byte

log = logging.getLogger("timely.server")


def run_slow(work: Callable[..., Any], *args: Any) -> Any:
    """The result of *work(*args)*: the others have threads of their own."""
    return work(*args)


class TimedInput(io.RawIOBase):
    """Stream of what a client sends, readable for as many seconds as `allow` says. Raises TimeoutError after that."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.until = 0.0

    def allow(self, seconds: float) -> None:
        self.until = time.monotonic() + seconds

    @contextmanager
    def limit(self, seconds: float, error: Exception) -> Iterator[None]:
        """Allows *seconds* for the reads inside it. *error* is raised in the place of their TimeoutError."""
        self.allow(seconds)
        try:
            yield
        except TimeoutError:
            raise error from None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(left)
        try:
            return self.connection.recv_into(buffer)
        finally:
            self.connection.settimeout(timeouts.SEND_SECONDS)


class UnreadBody(io.RawIOBase):
    """Rest of the body, which Werkzeug reads after the answer so that the client sees that: within its limits."""

    def __init__(self, body: Body) -> None:
        self.body = body

    def read(self, size: int = -1) -> bytes:
        self.body.discard()
        return b""


class WebSocketFrames(WholeFrames):
    """A WebSocket's socket, whose time-out is for sending only: a client may be silent as long as it answers pings."""

    is_closing = False

    def sendall(self, data: bytes) -> None:
        super().sendall(data)
        self.is_closing = self.is_closing or data[:1] == CLOSING_FRAME

    def recv(self, size: int) -> bytes:
        while True:
            with suppress(TimeoutError):
                return bytes(self._connection.recv(size))
            if self.is_closing:  # and the client has not answered it
                return b""


class QuietHandler(WSGIRequestHandler):
    """Werkzeug's handler, which logs nothing."""

    def log(self, *args: Any) -> None:
        """Logs nothing: malformed requests of strangers do not concern the organiser."""


class Handler(QuietHandler):
    """One connection with one request, with time-outs."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    connection: socket.socket
    incoming: TimedInput

    def setup(self) -> None:
        super().setup()
        self.connection.settimeout(timeouts.SEND_SECONDS)
        self.incoming = TimedInput(self.connection)
        self.rfile.close()
        self.rfile = io.BufferedReader(self.incoming)
        self.incoming.allow(timeouts.HEAD_SECONDS)

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        if self.request_version < "HTTP/1.1":
            self.protocol_version = "HTTP/1.0"  # which has no chunks
        if is_misplaced(self.command, self.headers):
            self.wfile.write(NO_BODY_HERE)
        elif not has_clear_length(self.headers):
            self.send_error(400)
        else:
            return True
        self.close_connection = True
        return False

    def make_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().make_environ()
        size = int(self.headers.get("Content-Length", 0))
        file = Chunks(self.rfile) if "wsgi.input_terminated" in environ else Measured(self.rfile, size)
        body = Body(file, timeouts.body_seconds(size), self.incoming.limit, lambda: None)
        environ["wsgi.input"], self.rfile = body, UnreadBody(body)  # type: ignore[assignment]
        environ["werkzeug.socket"] = WebSocketFrames(self.connection, self.connection.sendall)
        self.close_connection = True
        return environ

    def version_string(self) -> str:
        return "Timely"


class Server(ThreadedWSGIServer):
    """Werkzeug's server, behind a listener of ours and with a limit on connections, each of which has its threads."""

    def __init__(self, app: Application, listener: Listener, screens: int) -> None:
        host, port = listener.getsockname()[:2]
        if is_fitting := fits():
            app = ended_with_websocket(app)
        super().__init__(host, port, app, Handler if is_fitting else QuietHandler, fd=listener.fileno())
        self.server_close()  # its copy of the socket: the listener accepts
        self.listener, self.room = listener, threading.BoundedSemaphore(screens)

    def accept_all(self) -> None:
        """Accepts connections until the listener is shut. Those beyond the limit wait for one to be closed."""
        with suppress(Closed):
            while True:
                self.room.acquire()
                client, address = self.listener.accept()
                try:
                    self.process_request(client, address)
                except RuntimeError as error:  # the system has no thread for it
                    self.listener.tell(error)
                    self._leave(client, address)
                    time.sleep(0.1)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._leave(request, client_address)

    def _leave(self, client: Any, address: Any) -> None:
        client.close()
        self.listener.leave(address)
        self.room.release()

    def log(self, *args: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # a client that has disconnected is not a fault
            log.error("A request broke off: %s", traceback.format_exc())

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            log.exception("A connection broke off")


def fits() -> bool:
    """Whether Werkzeug's handler has the parts that `Handler` overrides and uses; else logs it."""
    differences = [
        *lacking(WSGIRequestHandler, "make_environ"),
        *unused(getattr(WSGIRequestHandler, "run_wsgi", None), "make_environ"),
        *unused(getattr(WSGIRequestHandler, "make_environ", None), "werkzeug.socket", "wsgi.input_terminated", "rfile"),
    ]
    return is_known("Werkzeug", "the handler with time-outs", differences)


def ended_with_websocket(app: Application) -> Application:
    """The app, of whose WebSockets the connection ends with them: flask-sock has one more HTTP answer for each."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        frames: WebSocketFrames = environ["werkzeug.socket"]
        try:
            answer = app(environ, start_response)
        finally:
            frames.let_go()
        if frames.is_used:
            if hasattr(answer, "close"):
                answer.close()
            raise ConnectionAbortedError("The WebSocket is over")
        return answer

    return serve


def begin(app: Application, listener: Listener, screens: int) -> None:
    """Serves *app* on *listener* from now on, at most *screens* connections at once."""
    server = Server(without_deflate(app), listener, screens)
    threading.Thread(target=server.accept_all, name="listener", daemon=True).start()
