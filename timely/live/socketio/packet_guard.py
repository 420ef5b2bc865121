"""Validates packets from Socket.IO clients: text only, known packet types, bounded in size and rate.

The libraries treat malformed packets as a fault of the server: a traceback for each packet, a task that waits for ever,
attachments collected without limit. Here such packets are stopped before they reach the libraries.
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

# Bytes. A subscription to the largest number of topics, with the version of each, takes a third of this.
LARGEST_MESSAGE = 32_768
MOST_FRAGMENTS = 64
# Packet types with binary attachments, which Timely does not use.
WITH_ATTACHMENTS = ("5", "6")
# Errors that the library would log, once each: after every restart every page asks with its old sid.
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
    """Data that no Socket.IO client sends."""


class PacketGuard:
    """Checks everything between the connections of one Engine.IO server and its event handlers."""

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
        # Replaced, not changed: this dict belongs to the library's module.
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
        """Passes a packet to Socket.IO, which catches our event handlers' errors; others are the client's fault."""
        if not isinstance(data, str) or data.startswith(WITH_ATTACHMENTS):
            self.cut(sid, "attachments")
            return
        try:
            self._message(sid, data)
        except Exception as error:
            self.cut(sid, repr(error))

    def cut(self, sid: str, why: str) -> None:
        """Ends the connection at once, without waiting for unsent data."""
        metrics.refused("nonsense", self._addresses.get(sid))
        log.debug("a client was cut off: %.200s", why)
        socket = self.eio.sockets.get(sid)
        if socket is not None:
            socket.close(wait=False, abort=True, reason=self.eio.reason.CLIENT_DISCONNECT)

    def is_here(self, sid: str) -> bool:
        """Whether the connection is open. Removes a closed one from the library's list, or a POST to it would fail."""
        socket = self.eio.sockets.get(sid)
        if socket is not None and socket.closed:
            self.eio.sockets.pop(sid, None)
        return sid in self.eio.sockets

    def _cut_off(self, sid: str) -> None:
        """Ends a polling connection that does not fetch its messages."""
        socket = self.eio.sockets.get(sid)
        if socket is not None:
            socket.close(wait=False, abort=True, reason=self.eio.reason.TRANSPORT_ERROR)

    def too_fast(self, sid: str) -> float:
        """Seconds that the client's last message has to wait under the connection's rate limit; 0.0 if none."""
        pace = self._paces.get(sid)
        if pace is None or pace.takes():
            return 0.0
        if pace.is_first_warning:
            metrics.refused("messages", self._addresses.get(sid))
            self._tell(sid, *TOO_FAST)
        return pace.pause

    def wait_for_turn(self, sid: str, words: int = 1) -> float:
        """Seconds that *words* messages wait under the address's rate limit; the first `FREE_WORDS` are free."""
        self._said[sid] += words
        if self._said[sid] <= FREE_WORDS or sid not in self._addresses:
            return 0.0
        return wait_for_words(self._addresses[sid], words)

    def read_post(self, sid: str, body: bytes) -> bool:
        """Whether the POST body of a polling client may be passed on; False if it exceeds a rate limit.

        Raises ProtocolError for a body that is not valid.
        """
        try:
            packets = Payload(encoded_payload=body.decode("utf-8")).packets
        except Exception as error:  # no client of the libraries sends what they fail to parse
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
        """Wraps the library's WebSocket driver, so that `wait` returns only valid packets."""

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
    """Reads the next valid packet of a WebSocket; None at its end, as the library's `wait`.

    Nearly all packets are answers to pings. Where they can be recognised by their bytes, they are handled here.
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
        self._connection = connection  # the socket below the WebSocket, or None

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
            return None  # it has disconnected, or was silent for too long
        except Exception as error:
            self._engine.cut(self._socket.sid, repr(error))
            return None
        # Yield here, so that a client that sends faster than the server reads does not starve the others. What is not
        # read meanwhile fills the client's buffers (TCP back-pressure), not the server's.
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
        """Waits; returns False once the client has disconnected, and its earlier messages are to be dropped."""
        return not seconds or sleep_while_here(self._connection, seconds, self._engine.eio.sleep)


def connection_of(ws: Any) -> Any:
    """The socket below the WebSocket of either library, to check whether the client is still connected."""
    return getattr(getattr(ws, "ws", None), "sock", None) or getattr(ws, "socket", None)


def bound(ws: Any) -> None:
    """Limits the number and total size of a message's fragments; the library limits each fragment, or nothing."""
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
