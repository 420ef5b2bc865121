"""TIMELY_ASYNC_MODE=threading: a thread for each connection, by the standard library and Werkzeug. Patches nothing."""

import io
import logging
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from werkzeug.serving import WSGIRequestHandler

from servers import connection_limit, timeouts
from servers.chunked_body import Chunks
from servers.deflate import Application, without_deflate
from servers.listener import Closed, Listener
from servers.request_body import NO_BODY_HERE, Body, Measured, is_misplaced
from servers.threaded_answer import Answer
from servers.threaded_files import Incoming, Outgoing, send_all, wait_as_long_as_it_takes
from servers.websocket_socket import WholeFrames

MAX_CONNECTIONS = connection_limit.THREADING

log = logging.getLogger("timely.server")


def run_slow(work: Callable[..., Any], *args: Any) -> Any:
    """The result of *work(*args)*: the others have threads of their own."""
    return work(*args)


@dataclass
class ServerStub:
    """What Werkzeug's handler asks of its server."""

    app: Application
    server_address: Any
    multithread: bool = True
    multiprocess: bool = False
    ssl_context: None = None


class Handler(WSGIRequestHandler):
    """One connection and its requests, one after the other, each with deadlines; no word in the terminal."""

    protocol_version = "HTTP/1.1"
    server_version = "Timely"
    sys_version = ""
    server: ServerStub  # type: ignore[assignment]
    request: socket.socket
    frames: WholeFrames
    body: Body

    def setup(self) -> None:
        self.connection = self.request
        self.incoming = Incoming(self.connection)
        self.rfile = io.BufferedReader(self.incoming)
        self.wfile = Outgoing(self.connection)

    def handle_one_request(self) -> None:
        self.incoming.allow(timeouts.KEEP_ALIVE_SECONDS + timeouts.HEAD_SECONDS)
        super().handle_one_request()

    def parse_request(self) -> bool:
        self.incoming.allow(timeouts.HEAD_SECONDS)
        return super().parse_request() and self._has_a_clear_body()

    def _has_a_clear_body(self) -> bool:
        """Whether it is certain where the body ends; the next request begins there."""
        sizes = self.headers.get_all("Content-Length", [])
        codings = self.headers.get_all("Transfer-Encoding", [])
        is_clear = len(sizes) + len(codings) <= 1
        is_clear = is_clear and all(size.isascii() and size.isdecimal() and len(size) < 16 for size in sizes)
        is_clear = is_clear and all(coding.lower().strip() == "chunked" for coding in codings)
        if not is_clear:
            self.close_connection = True
            self.send_error(400)
        elif is_misplaced(self.command, self.headers):
            self.close_connection = True
            self.wfile.write(NO_BODY_HERE)
            return False
        return is_clear

    def make_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().make_environ()
        size = int(self.headers.get("Content-Length", 0))
        file = Chunks(self.rfile) if "wsgi.input_terminated" in environ else Measured(self.rfile, size)
        self.body = Body(file, timeouts.body_seconds(size), self.incoming.limit, self._hang_up)
        environ["wsgi.input"] = self.body
        self.frames = environ["werkzeug.socket"] = WholeFrames(self.connection, self._send_frame)
        self.is_websocket = False
        return environ

    def run_wsgi(self) -> None:
        environ = self.make_environ()
        answer = Answer(self._send, self.command, self.request_version, not self.close_connection)
        result: Any = ()
        try:
            result = self.server.app(environ, answer.start)
            if isinstance(result, list | tuple):
                answer.size = sum(map(len, result))
            for data in result:
                if data:
                    answer.keeps = answer.keeps and not self.close_connection
                    answer.write(data)
            answer.end()
            if not self.is_websocket:
                self.body.discard()  # the next request comes after it
        except Exception as error:
            if not isinstance(error, OSError):  # a client that has gone is no fault
                log.error("A request broke off: %s", traceback.format_exc())
            self._give_up(answer)
        finally:
            with suppress(AttributeError):
                result.close()
            self.frames.let_go()
        self.close_connection = self.close_connection or self.is_websocket or not answer.keeps

    def _give_up(self, answer: Answer) -> None:
        self.close_connection = True
        if not answer.is_begun and not self.is_websocket:
            answer.keeps = False
            with suppress(OSError):
                answer.start("500 Internal Server Error", [("Content-Length", "0")])
                answer.end()

    def _hang_up(self) -> None:
        self.close_connection = True

    def _send(self, data: bytes) -> None:
        if not self.is_websocket:  # flask-sock answers once more when one is over
            self.wfile.write(data)

    def _send_frame(self, data: bytes) -> None:
        if not self.is_websocket:
            self.is_websocket = True
            wait_as_long_as_it_takes(self.connection)
        send_all(self.connection, data)

    def finish(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log(self, *args: Any) -> None:
        """Nothing: a stranger's broken request is not the organiser's business."""


def begin(app: Application, door: Listener, screens: int) -> None:
    """Answers at the door from now on, so many at once."""
    house = ServerStub(without_deflate(app), door.getsockname())
    room = threading.BoundedSemaphore(screens)
    threading.Thread(target=_answer, args=(house, door, room), name="door", daemon=True).start()


def _answer(house: ServerStub, door: Listener, room: threading.BoundedSemaphore) -> None:
    with suppress(Closed):
        while True:
            room.acquire()
            client, address = door.accept()
            try:
                threading.Thread(target=_serve, args=(house, door, room, client, address), daemon=True).start()
            except RuntimeError as error:  # the system gives us no more threads
                door.tell(error)
                _let_go(door, room, client, address)
                time.sleep(0.1)


def _serve(house: ServerStub, door: Listener, room: threading.BoundedSemaphore, client: Any, address: Any) -> None:
    try:
        Handler(client, address, house)  # type: ignore[arg-type]
    except Exception:
        if not isinstance(sys.exception(), OSError):  # the client has gone
            log.exception("A connection broke off")
    finally:
        _let_go(door, room, client, address)


def _let_go(door: Listener, room: threading.BoundedSemaphore, client: Any, address: Any) -> None:
    client.close()
    door.leave(address)
    room.release()
