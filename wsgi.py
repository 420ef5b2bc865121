"""Patches for eventlet, makes the app, serves it until Ctrl-C. The only file that imports eventlet."""

import warnings

with warnings.catch_warnings():
    # Eventlet's authors only mend it by now; that is known, and why nothing else imports it.
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

eventlet.monkey_patch()

import errno
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import FrameType
from typing import Any

from eventlet import tpool, wsgi
from eventlet.green import socket

from config import LARGEST_REQUEST, Config, ConfigError
from launch import ports
from launch.say import Refused, say
from timely import background, create_app, demo, schema
from timely.banner import Links, banner, open_browser
from timely.extensions import db
from timely.logs import write_log
from timely.services.setup import setup_code

if sys.platform != "win32":
    import resource

TICK_SECONDS = 0.5
LAST_ANSWERS_SECONDS = 0.2
KEEP_ALIVE_SECONDS = 15
HEAD_SECONDS = 15
BODY_SECONDS = 30
SLOWEST_BYTES_PER_SECOND = 64 * 1024
MOST_SCREENS = 10_000
WINDOWS_SCREENS = 480  # its select() takes 512 sockets, and the database needs a few
FILES_FOR_OURSELVES = 150
WAITING_AT_THE_DOOR = 1024  # after a restart everybody comes back at once
# A process or a system that has no room for one more socket has it again when somebody leaves.
FULL = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, getattr(errno, "WSAEMFILE", errno.EMFILE)}

log = logging.getLogger("timely.server")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Door:
    """The listening socket, whose accept() survives whatever a client does, and having no room left."""

    def __init__(self, listening: Any) -> None:
        self.listening = listening
        self.closing = False
        self.told_at = float("-inf")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.listening, name)

    def accept(self) -> tuple[Any, Any]:
        while True:
            try:
                client: tuple[Any, Any] = self.listening.accept()
                return client
            except OSError as error:
                if self.closing:
                    raise SystemExit from error  # which the server's loop takes as its end
                # Anything else is a client that hung up before we answered the door.
                if error.errno in FULL:
                    self._tell(error)
                eventlet.sleep(0.1 if error.errno in FULL else 0.01)

    def _tell(self, error: OSError) -> None:
        if time.monotonic() - self.told_at > 60:
            self.told_at = time.monotonic()
            log.warning("No room for one more connection (%s); newcomers wait until somebody leaves.", error)


class Faults(wsgi.LoggerNull):  # type: ignore[misc]
    """Hears all that eventlet's server would say about requests, and passes on what broke in our own code."""

    def info(self, message: str, *args: Any, **kwargs: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # a client that has gone is no fault
            log.error("A request broke off: %s", message)


class Body:
    """A request's body, which must arrive in time: one byte a second would hold its place for ever."""

    def __init__(self, file: Any, protocol: "Protocol", seconds: float) -> None:
        self.file = file
        self.protocol = protocol
        self.seconds = seconds
        self.until: float | None = None

    def read(self, size: int = -1) -> bytes:
        return self._in_time(self.file.read, size)

    def readline(self, size: int = -1) -> bytes:
        return self._in_time(self.file.readline, size)

    def _in_time(self, read: Callable[[int], bytes], size: int) -> bytes:
        now = time.monotonic()
        if self.until is None:
            self.until = now + self.seconds
        try:
            with eventlet.Timeout(max(0.0, self.until - now), TimeoutError("The request came too slowly")):
                return read(size)
        except TimeoutError:
            self.protocol.close_connection = True
            raise


class Protocol(wsgi.HttpProtocol):  # type: ignore[misc]
    """One connection: a deadline for the head and the body of each request, and no word in the terminal."""

    close_connection: bool
    server_version = "Timely"
    sys_version = ""

    def __init__(self, conn_state: list[Any], server: Any) -> None:
        server.log = FAULTS
        with suppress(OSError):  # the client has gone; its socket is closed by whoever called us
            super().__init__(conn_state, server)

    def _read_request_line(self) -> bytes:
        try:
            with eventlet.Timeout(KEEP_ALIVE_SECONDS + HEAD_SECONDS):
                return bytes(super()._read_request_line())
        except eventlet.Timeout:
            return b""  # which closes the connection

    def parse_request(self) -> bool:
        try:
            with eventlet.Timeout(HEAD_SECONDS):
                return bool(super().parse_request())
        except eventlet.Timeout:
            self.close_connection = True
            return False

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        body = environ["eventlet.input"]
        size = min(body.content_length or 0, LARGEST_REQUEST)
        body.rfile = Body(body.rfile, self, BODY_SECONDS + size / SLOWEST_BYTES_PER_SECOND)
        return environ

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


def without_deflate(app: Application) -> Application:
    """The app, which never agrees to compress a WebSocket: for 600 screens that saves 60 MB."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return app(environ, start_response)

    return serve


def listen(host: str, port: int) -> Door:
    """The open door. Raises Refused with a sentence, above all when the port is busy."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # Not shared: a second start would take half of the spectators, and nobody would know.
        listening = eventlet.listen((host, port), family, backlog=WAITING_AT_THE_DOOR, reuse_port=False)
    except ports.NO_LISTENING as error:
        raise Refused(ports.refusal(host, port, error)) from error
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return Door(listening)


def room_for_screens() -> int:
    """How many connections may be open at once, after asking the system for as many as are promised."""
    if sys.platform == "win32":
        return WINDOWS_SCREENS
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in (MOST_SCREENS + FILES_FOR_OURSELVES, 10_240, 4_096):
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        if wanted > soft:
            with suppress(ValueError, OSError):  # macOS names no limit and has one all the same
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return MOST_SCREENS
    return max(50, min(MOST_SCREENS, soft - FILES_FOR_OURSELVES))


def serve(app: Application, door: Door, screens: int) -> None:
    """Answer at the door, so many at once; never comes back before the door is closed."""
    wsgi.server(
        door,
        without_deflate(app),
        max_size=screens,
        protocol=Protocol,
        minimum_chunk_size=1,  # or a stream's messages wait until there are 4 kB of them
        keepalive=KEEP_ALIVE_SECONDS,
        log_output=False,
        debug=False,
    )


def wait_for_stop() -> None:
    """Come back after Ctrl-C or SIGTERM. The tick is what notices a signal while nothing else happens."""
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:
        if asked:
            os._exit(0)
        asked.append(number)

    signal.signal(signal.SIGINT, ask)
    signal.signal(signal.SIGTERM, ask)
    while not asked:
        eventlet.sleep(TICK_SECONDS)


def main() -> int:
    """Serve until told to stop. The exit code is 1 if it could not begin."""
    try:
        config = Config.from_environment()
        write_log(config.data_dir / "timely.log", config.log_level)
        app = create_app(config, async_mode="eventlet", run_slow=tpool.execute)
        door = listen(config.host, config.port)  # before the database: who is there may be using it
        schema.upgrade(app)
    except (ConfigError, Refused, schema.SchemaError) as error:
        say(str(error))
        return 1
    screens = room_for_screens()
    eventlet.spawn(serve, app, door, screens)
    hub = background.start(app)
    example = demo.start(app) if config.demo else None
    if screens < 1000:
        say(f"This system lets about {screens} screens connect at once.")
    links = Links(config.host, config.port, example)
    with suppress(OSError):  # nobody reads what we print
        colours = os.name == "posix" and sys.stdout.isatty()
        print(banner(links, setup_code(app), sys.stdout.encoding, colours), flush=True)
    if config.open_browser:
        open_browser(links.first)
    wait_for_stop()
    hub.stop()
    door.closing = True
    door.close()
    eventlet.sleep(LAST_ANSWERS_SECONDS)
    with app.app_context():
        db.engine.dispose()  # puts what SQLite keeps in its -wal file into the one that people copy
    say("Timely has stopped.")
    return 0


if __name__ == "__main__":
    try:
        code = main()
    except KeyboardInterrupt:
        code = 0
    logging.shutdown()
    # Not sys.exit: that would wait for every spectator's open connection.
    sys.stdout.flush()
    os._exit(code)
