"""WSGI server on gevent (TIMELY_ASYNC_MODE=gevent).

The only file that imports gevent. It patches the standard library, so it must be imported first.
"""

import sys

from gevent import monkey

monkey.patch_all()
# Engine.IO would use this package if it is installed, and flask-sock breaks with it.
sys.modules["geventwebsocket"] = None  # type: ignore[assignment]

import logging
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import gevent
from gevent import pywsgi
from gevent.pool import Pool
from gevent.socket import wait_read, wait_write

from launch.library_check import is_known, lacking, unused
from servers import connection_limit, timeouts
from servers.chunked_body import Chunks
from servers.listener import Closed, Listener
from servers.process import switch_threads_often
from servers.request_body import NO_BODY_HERE, Body, Measured, is_misplaced
from servers.websocket_compression import Application, without_deflate
from servers.websocket_socket import WholeFrames

try:
    from psycopg2 import extensions
except ImportError:  # no PostgreSQL here
    extensions = None

MAX_CONNECTIONS = connection_limit.GEVENT
TOO_SLOW = ("408", b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")

log = logging.getLogger("timely.server")


switch_threads_often()


def run_slow(work: Callable[..., Any], *args: Any) -> Any:
    """The result of *work(*args)*, run in a real thread."""
    value, error = gevent.get_hub().threadpool.apply(_outcome, (work, args))
    if error is not None:
        raise error
    return value


def _outcome(work: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, BaseException | None]:
    # Returned, not raised: gevent's pool prints every exception raised in it, also those that the caller catches.
    try:
        return work(*args), None
    except BaseException as error:
        return None, error


def wait_for_postgresql(connection: Any) -> None:
    """Wait callback for psycopg2, whose waits in C would block all greenlets. Eventlet's patch sets its own."""
    while (state := connection.poll()) != extensions.POLL_OK:
        (wait_read if state == extensions.POLL_READ else wait_write)(connection.fileno())


if extensions is not None:
    extensions.set_wait_callback(wait_for_postgresql)


class MisplacedBody(ValueError):
    """The request has a body that its method does not allow."""


class Input(getattr(pywsgi, "Input", object)):  # type: ignore[misc]
    """Request body in the interface of gevent's server.

    Sends "100 Continue" before the first read to a client that waits for it. `Body` reads.
    """

    body: Body

    def read(self, length: int | None = None) -> bytes:
        self._send_100_continue()
        return self.body.read(length)

    def readline(self, size: int | None = None) -> bytes:
        self._send_100_continue()
        return self.body.readline(size)

    def _discard(self) -> None:
        self.body.discard()


class Protocol(pywsgi.WSGIHandler):  # type: ignore[misc]
    """One connection, with time-outs for the head and the body of each request. Logs nothing of bad requests."""

    frames: WholeFrames
    wsgi_input: Any
    _has_asked = False

    def read_requestline(self) -> str:
        seconds = timeouts.KEEP_ALIVE_SECONDS + timeouts.HEAD_SECONDS
        with gevent.Timeout(seconds, TimeoutError("Nothing was asked")):
            return str(super().read_requestline())

    def read_request(self, raw_requestline: str) -> bool:
        if self._has_asked:
            # A client that pipelines requests always has the next one ready: yield, so that others are served.
            gevent.sleep(0)
        self._has_asked = True
        with gevent.Timeout(timeouts.HEAD_SECONDS, TimeoutError("The head came too slowly")):
            is_whole = bool(super().read_request(raw_requestline))
        if is_whole and is_misplaced(self.command, self.headers):
            raise MisplacedBody
        return is_whole

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        given, size = self.wsgi_input, self.content_length
        mine = self.wsgi_input = Input(given.rfile, size, given.socket, given.chunked_input)
        if environ["wsgi.input"] is given:  # else it is the input of a WebSocket
            environ["wsgi.input"] = mine
        file = Chunks(given.rfile) if given.chunked_input else Measured(given.rfile, size or 0)
        mine.body = Body(file, timeouts.body_seconds(size), gevent.Timeout, self._hang_up)
        if self.request_version == "HTTP/1.1":
            environ["timely.socket"] = self.socket  # for responses that other tasks write to the socket directly
        # simple-websocket uses the socket under this name as it is; else it would open a second file for each client.
        self.frames = environ["werkzeug.socket"] = WholeFrames(self.socket, self._send_frame)
        return environ

    def _hang_up(self) -> None:
        self.close_connection = True

    def _send_frame(self, data: bytes) -> None:
        with gevent.Timeout(timeouts.SEND_SECONDS, TimeoutError("Nothing was taken")):
            self.socket.sendall(data)

    def run_application(self) -> None:
        try:
            super().run_application()
        except ConnectionError:
            if not self.frames.is_used:
                raise  # else a WebSocket has ended, which raises this
        finally:
            if self.frames.is_used:
                self.close_connection = True
                self.frames.let_go()

    def finalize_headers(self) -> None:
        super().finalize_headers()
        if self.close_connection and not any(name.lower() == b"connection" for name, _ in self.response_headers):
            self.response_headers.append((b"Connection", b"close"))

    def _sendall(self, data: bytes) -> None:
        if not self.frames.is_used:
            with gevent.Timeout(timeouts.SEND_SECONDS, BrokenPipeError("Nothing was taken")):
                super()._sendall(data)

    def handle_error(self, kind: Any, error: Any, trace: Any) -> None:
        if not isinstance(error, OSError):  # a client that has disconnected is not a fault
            log.error("A request broke off: %s", "".join(traceback.format_exception(kind, error, trace)))
        self._send_error_response_if_possible(500)

    def _handle_client_error(self, error: Exception) -> tuple[str, bytes]:
        # Not logged: malformed requests of strangers do not concern the organiser.
        self.close_connection = True
        if isinstance(error, MisplacedBody):
            return "413", NO_BODY_HERE
        return TOO_SLOW if isinstance(error, TimeoutError) else ("400", pywsgi._BAD_REQUEST_RESPONSE)


def fits() -> bool:
    """Whether gevent's handler has the parts that `Protocol` and `Input` override and use; else logs it."""
    handler, given = pywsgi.WSGIHandler, getattr(pywsgi, "Input", None)
    differences = [
        *lacking(pywsgi, "Input", "_BAD_REQUEST_RESPONSE"),
        *lacking(handler, "finalize_headers", "_sendall", "_send_error_response_if_possible", "get_environ"),
        *unused(handler.handle_one_request, "read_requestline", "read_request", "_handle_client_error", "get_environ"),
        *unused(handler.handle_one_response, "run_application", "wsgi_input", "_discard", "handle_error"),
        *unused(getattr(given, "__init__", None), "rfile", "content_length", "socket", "chunked_input"),
        *unused(getattr(given, "read", None), "_do_read"),
        *unused(getattr(given, "_do_read", None), "_send_100_continue"),
    ]
    return is_known("gevent", "the handler with time-outs", differences)


def begin(app: Application, listener: Listener, screens: int) -> None:
    """Serves *app* on *listener* from now on, at most *screens* connections at once."""
    if fits():
        server = pywsgi.WSGIServer(listener.listening, without_deflate(app), log=None, handler_class=Protocol)
        # Without "gevent" in it simple-websocket takes the socket that `Protocol` gives.
        server.environ |= {"SERVER_NAME": listener.getsockname()[0], "SERVER_SOFTWARE": "Timely"}
    else:
        server = pywsgi.WSGIServer(listener.listening, without_deflate(app), log=None, error_log=None)
        server.environ |= {"SERVER_NAME": listener.getsockname()[0]}
    server.update_environ()
    gevent.spawn(_answer, server, listener, Pool(screens))


def _answer(server: Any, listener: Listener, pool: Pool) -> None:
    """Accept loop that goes on when the pool is full and when a client disconnects, unlike gevent's own."""
    with suppress(Closed):
        while True:
            client, address = listener.accept()
            pool.spawn(_serve, server, listener, client, address)


def _serve(server: Any, listener: Listener, client: Any, address: Any) -> None:
    try:
        with suppress(OSError):  # the client has disconnected
            server.handle(client, address)
    except Exception:
        log.exception("A connection broke off")
    finally:
        client.close()
        listener.leave(address)
