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

from eventlet import tpool, wsgi

from servers import deadlines
from servers.body import Body
from servers.door import Door
from servers.middleware import Application, without_deflate

# On Windows its select() takes 512 sockets, and the database needs a few.
MOST_SCREENS = 480 if sys.platform == "win32" else 10_000

log = logging.getLogger("timely.server")

run_slow = tpool.execute


class Faults(wsgi.LoggerNull):  # type: ignore[misc]
    """Hears all that eventlet's server would say about requests, and passes on what broke in our own code."""

    def info(self, message: str, *args: Any, **kwargs: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # a client that has gone is no fault
            log.error("A request broke off: %s", message)


class Protocol(wsgi.HttpProtocol):  # type: ignore[misc]
    """One connection: a deadline for the head and the body of each request, and no word in the terminal."""

    close_connection: bool
    rfile: Any
    wfile: Any
    server_version = "Timely"
    # A head fits; what is larger is written as it is. The defaults hold 24 kB for as long as a connection lasts.
    rbufsize, wbufsize = 4096, 2048
    sys_version = ""

    def __init__(self, conn_state: list[Any], server: Any) -> None:
        server.log = FAULTS
        try:
            with suppress(OSError):  # the client has gone; its socket is closed by whoever called us
                super().__init__(conn_state, server)
        finally:
            server.socket.leave(conn_state[0])

    def _read_request_line(self) -> bytes:
        try:
            with eventlet.Timeout(deadlines.KEEP_ALIVE_SECONDS + deadlines.HEAD_SECONDS):
                return bytes(super()._read_request_line())
        except eventlet.Timeout:
            return b""  # which closes the connection

    def parse_request(self) -> bool:
        try:
            with eventlet.Timeout(deadlines.HEAD_SECONDS):
                return bool(super().parse_request())
        except eventlet.Timeout:
            self.close_connection = True
            return False

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        body = environ["eventlet.input"]
        seconds = deadlines.body_seconds(body.content_length)
        body.rfile = Body(body.rfile, seconds, eventlet.Timeout, self._hang_up)
        if self.request_version == "HTTP/1.1":
            environ["timely.chunks_to"] = self.connection  # for an answer whose chunks others write
        if environ.get("HTTP_UPGRADE"):
            self._travel_light(environ)
        return environ

    def _travel_light(self, environ: dict[str, Any]) -> None:
        """A WebSocket may last for hours: what was read of its head is of no use to it, and no more is read here."""
        self.headers = {"Connection": environ.get("HTTP_CONNECTION", "")}
        environ.pop("headers_raw", None)
        for file in (self.rfile, self.wfile):
            file.close()
        self.rfile = environ["eventlet.input"].rfile = io.BytesIO()
        self.wfile = self.connection.makefile("wb", 0)

    def _hang_up(self) -> None:
        self.close_connection = True

    def finish(self) -> None:
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


def begin(app: Application, door: Door, screens: int) -> None:
    """Answers at the door from now on, so many at once."""
    eventlet.spawn(
        wsgi.server,
        door,
        without_deflate(app),
        max_size=screens,
        protocol=Protocol,
        minimum_chunk_size=1,  # or a stream's messages wait until there are 4 kB of them
        keepalive=deadlines.KEEP_ALIVE_SECONDS,
        log_output=False,
        debug=False,
    )
