"""Servers that are compared: each with the pipe that its clients use, and the settings that it is started with."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.league import League
from bench.servers import Bare, Channels, Measured, Node, Plain, Timely
from bench.workshop import Missing
from config import SETTINGS


@dataclass(frozen=True)
class Contender:
    """One row of the table at each number of clients, up to *most*."""

    key: str
    title: str
    make: Callable[[League], Measured]
    mode: str
    most: int = 10_000


def timely(**settings: str) -> Callable[[League], Measured]:
    """Timely with these settings. Made only if it has them: else something other than was asked is measured."""

    def make(league: League) -> Measured:
        known = {setting.name for setting in SETTINGS}
        if unknown := sorted(set(settings) - known):
            raise Missing(f"Timely has no setting {', '.join(unknown)}.")
        return Timely(league, **settings)

    return make


CONTENDERS = (
    Contender("bare", "bare send() in C, WebSocket", Bare, "ws"),
    Contender("node", "Node, Socket.IO", Node, "sio"),
    Contender("plain", "plain Flask-SocketIO", Plain, "sio"),
    Contender("plain-polling", "plain Flask-SocketIO, long-polling", Plain, "poll", most=2_500),
    # A connect takes it long, and a delivery as well: five thousand would be a bench of their own.
    Contender("channels", "Channels and daphne, WebSocket", Channels, "ws", most=1_000),
    Contender("timely", "Timely, Socket.IO", timely(), "sio"),
    Contender("timely-polling", "Timely, Socket.IO long-polling", timely(), "poll", most=2_500),
    Contender("timely-ws", "Timely, WebSocket", timely(), "ws"),
    Contender("timely-stream", "Timely, event stream", timely(), "sse"),
    Contender("timely-xhr", "Timely, polling", timely(), "xhr", most=2_500),
    Contender("timely-library", "Timely, library's own fan-out", timely(TIMELY_FAN_OUT="0"), "sio"),
    Contender(
        "timely-polling-library", "Timely, long-polling by library", timely(TIMELY_FAN_OUT="0"), "poll", most=2_500
    ),
    Contender("timely-gevent", "Timely on gevent, Socket.IO", timely(TIMELY_ASYNC_MODE="gevent"), "sio"),
    # Three threads for each client. It is for a few dozen screens; more are measured only to see that it goes on.
    Contender("timely-threading", "Timely on threads, Socket.IO", timely(TIMELY_ASYNC_MODE="threading"), "sio", 1_000),
)
BY_KEY = {contender.key: contender for contender in CONTENDERS}

REFERENCES = ("bare", "node", "plain", "channels")
PIPES = ("timely", "timely-ws", "timely-stream", "plain-polling", "timely-polling")
MODES = ("timely-library", "timely-gevent")
# Without --clients and --only: who is measured at which number of clients.
WHOLE_TABLE: dict[int, tuple[str, ...]] = {
    300: ("timely-threading",),
    500: ("timely",),
    1_000: (*REFERENCES, *PIPES, *MODES),
    2_500: ("timely",),
    5_000: ("bare", "node", "plain", "timely", "timely-ws", "timely-stream", "timely-gevent"),
}
