"""What Socket.IO clients may say: text, in whole packets that exist, not too much and not too fast.

The libraries take a client's nonsense for a fault of the server: a traceback for each packet, a task that waits for
ever, attachments that are collected without end. Here it ends before it gets to them.
"""

import logging
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import socketio as library
from engineio import packet as eio_packet
from engineio.payload import Payload

from timely import metrics
from timely.limits.connections import ConnectionLimiter
from timely.limits.disconnected import sleep_while_here
from timely.limits.opening_queue import is_opened
from timely.limits.pacing import FREE_WORDS, wait_for_words
from timely.limits.token_bucket import TOO_FAST, TokenBucket
from timely.live.socketio.bounded_reader import bound_reading
from timely.live.socketio.long_polling import PollQueue
from timely.live.socketio.websocket_reader import WebSocketReader, read_directly

log = logging.getLogger(__name__)

# A subscription to as many topics as one may have, with what the client knows of each, takes a third of it.
LARGEST_MESSAGE = 32_768
MOST_FRAGMENTS = 64
# Text with attachments: nothing of ours is binary.
WITH_ATTACHMENTS = ("5", "6")
# What the library would write into the log as an error, once each: after every restart every page asks by its old sid.
MUTED_LOG_KEYS = {
    "bad-transport",
    "bad-version",
    "bad-jsonp-index",
    "bad-upgrade",
    "bad-sid",
    "not-connected",
    "unexpected-http",
}
PONG = str(eio_packet.PONG)
FROM_POLLING = (eio_packet.CLOSE, eio_packet.PONG, eio_packet.MESSAGE)


class ProtocolError(Exception):
    """Not what a client of Socket.IO says."""


class PacketGuard:
    """Stands between the connections of one Engine.IO server and what listens to them."""

    def __init__(self, server: Any, per_second: float, crowd: ConnectionLimiter) -> None:
        self.server, self.eio = server, server.eio
        self.per_second, self.crowd = per_second, crowd
        self._paces: dict[str, TokenBucket] = {}
        self._addresses: dict[str, str | None] = {}
        self._said: Counter[str] = Counter()
        self._connect, self._message, self._disconnect = (
            self.eio.handlers[event] for event in ("connect", "message", "disconnect")
        )
        self.eio.log_message_keys |= MUTED_LOG_KEYS
        self.eio.on("connect", self.connect)
        self.eio.on("message", self.message)
        self.eio.on("disconnect", self.disconnect)
        # A dict of the library's module, so not changed but replaced.
        driver = self.eio._async["websocket"]
        if driver is not None:
            self.eio._async = {**self.eio._async, "websocket": self._listening(driver)}

    def connect(self, sid: str, environ: dict[str, Any]) -> Any:
        address = environ.get("REMOTE_ADDR")
        if not self.crowd.admit(address):
            return False
        self._addresses[sid] = address
        self._paces[sid] = TokenBucket(self.per_second)
        if (socket := self.eio.sockets.get(sid)) is not None:
            socket.queue = PollQueue(socket.queue, partial(self._cut_off, sid))
        try:
            return self._connect(sid, environ)
        finally:
            is_opened(environ)

    def disconnect(self, sid: str, *reason: Any) -> Any:
        self._paces.pop(sid, None)
        self._said.pop(sid, None)
        if sid in self._addresses:
            self.crowd.leave(self._addresses.pop(sid))
        return self._disconnect(sid, *reason)

    def message(self, sid: str, data: Any) -> None:
        """A Socket.IO packet. What our own handlers break on is theirs to say; what is left is the client's."""
        if not isinstance(data, str) or data.startswith(WITH_ATTACHMENTS):
            self.cut(sid, "attachments")
            return
        try:
            self._message(sid, data)
        except Exception as error:
            self.cut(sid, repr(error))

    def cut(self, sid: str, why: str) -> None:
        """Ends the connection at once, without waiting for it to read."""
        metrics.refused("nonsense", self._addresses.get(sid))
        log.debug("a client was cut off: %.200s", why)
        socket = self.eio.sockets.get(sid)
        if socket is not None:
            socket.close(wait=False, abort=True, reason=self.eio.reason.CLIENT_DISCONNECT)

    def is_here(self, sid: str) -> bool:
        """Whether it may speak. One that is closed and still in the library's list would break what reads its post."""
        socket = self.eio.sockets.get(sid)
        if socket is not None and socket.closed:
            self.eio.sockets.pop(sid, None)
        return sid in self.eio.sockets

    def _cut_off(self, sid: str) -> None:
        """It does not fetch what is told to it."""
        socket = self.eio.sockets.get(sid)
        if socket is not None:
            socket.close(wait=False, abort=True, reason=self.eio.reason.TRANSPORT_ERROR)

    def too_fast(self, sid: str) -> float:
        """How long the client has to wait with what it has just said; 0.0 if it is to be heard now."""
        pace = self._paces.get(sid)
        if pace is None or pace.takes():
            return 0.0
        if pace.is_first_warning:
            metrics.refused("messages", self._addresses.get(sid))
            self._tell(sid, *TOO_FAST)
        return pace.pause

    def wait_for_turn(self, sid: str, words: int = 1) -> float:
        """How long what has been said waits for a turn of its address; the first words of a connection are free."""
        self._said[sid] += words
        if self._said[sid] <= FREE_WORDS or sid not in self._addresses:
            return 0.0
        return wait_for_words(self._addresses[sid], words)

    def read_post(self, sid: str, body: bytes) -> bool:
        """Whether what a polling client posted is to be handed on; False when it was too much at once.

        Raises Nonsense.
        """
        try:
            packets = Payload(encoded_payload=body.decode("utf-8")).packets
        except Exception as error:  # whatever the libraries stumble over was not said by a client of theirs
            raise ProtocolError(repr(error)) from error
        if any(one.packet_type not in FROM_POLLING for one in packets):
            raise ProtocolError("a packet that clients do not send")
        waits = [self.too_fast(sid) for _ in packets]
        return not any(waits) and not self.wait_for_turn(sid, len(packets))

    def _tell(self, sid: str, code: str, message: str) -> None:
        error = {"type": "error", "data": {"code": code, "message": message}}
        told = self.server.packet_class(library.packet.EVENT, namespace="/", data=["message", error])
        self.eio.send(sid, told.encode())

    def _listening(self, driver: Callable[..., Any]) -> Callable[..., Any]:
        """The library's WebSocket, whose `wait` gives nothing but packets that can be read."""

        def make(handler: Any, server: Any) -> Any:
            def handle(ws: Any) -> Any:
                socket = handler.__self__
                bound(ws)
                if (simple := getattr(ws, "ws", None)) is not None:
                    bound_reading(simple, self._addresses.get(socket.sid), self.eio.sleep)
                ws.wait = PacketReader(self, socket, ws.wait, read_directly(ws), connection_of(ws))
                return handler(ws)

            return driver(handle, server)

        return make


class PacketReader:
    """Waits for the next packet of a WebSocket that is fit to be heard; None at its end, as the library's own.

    The answers to pings, which are nearly all that comes, are heard here where they can be told by their bytes.
    """

    __slots__ = ("_connection", "_engine", "_incoming", "_socket", "_wait")

    def __init__(
        self,
        engine: PacketGuard,
        socket: Any,
        wait: Callable[[], Any],
        incoming: WebSocketReader | None,
        connection: Any = None,
    ) -> None:
        self._engine, self._socket, self._wait, self._incoming = engine, socket, wait, incoming
        self._connection = connection  # that of the system, or None

    def __call__(self) -> Any:
        try:
            if self._incoming and self._socket.upgraded:
                self._incoming.is_patient = True
                while self._incoming.take_pong():
                    if not self._keep_pace():
                        return None
                    self._socket.schedule_ping()
            data = self._wait()
            if data is None:
                return None
            if not isinstance(data, str):
                raise ProtocolError("binary")
            eio_packet.Packet(encoded_packet=data)
        except OSError:
            return None  # it has gone, or has said nothing for too long
        except Exception as error:
            self._engine.cut(self._socket.sid, repr(error))
            return None
        # The others get their turn first, also while this one has more to say than the server can read; and what is
        # not read in the meantime fills the client's own buffers, not ours.
        self._engine.eio.sleep(0)
        is_here = self._keep_pace()
        if is_here and data != PONG:
            is_here = self._sleep(self._engine.wait_for_turn(self._socket.sid))
        return data if is_here else None

    def _keep_pace(self) -> bool:
        while pause := self._engine.too_fast(self._socket.sid):
            if not self._sleep(pause):
                return False
        return True

    def _sleep(self, seconds: float) -> bool:
        """Wait so long; False once it has hung up, and what it said before is not listened to."""
        return not seconds or sleep_while_here(self._connection, seconds, self._engine.eio.sleep)


def connection_of(ws: Any) -> Any:
    """The socket below either library's WebSocket, which tells whether its client is there."""
    return getattr(getattr(ws, "ws", None), "sock", None) or getattr(ws, "socket", None)


def bound(ws: Any) -> None:
    """Bounds the pieces of a message, where the library bounds each piece alone or nothing at all."""
    simple = getattr(ws, "ws", None)
    if simple is not None:
        simple.max_message_size = LARGEST_MESSAGE
    receive = getattr(ws, "_recv_frame", None)
    if receive is None:
        return

    def receive_bounded(message: Any = None) -> Any:
        pieces = message.data if message is not None else ()
        if len(pieces) > MOST_FRAGMENTS or sum(map(len, pieces)) > LARGEST_MESSAGE:
            raise ProtocolError("too many pieces")
        return receive(message=message)

    ws._recv_frame = receive_bounded
