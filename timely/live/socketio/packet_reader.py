"""Reader of a WebSocket's packets: handles the answers to pings, and passes on only what Socket.IO clients send."""

from collections.abc import Callable
from functools import partial
from typing import Any

from engineio import packet as eio_packet

from timely.limits.disconnected import sleep_while_connected
from timely.live.socketio.bounded_reader import bound_reading
from timely.live.socketio.engineio_internals import driver_of
from timely.live.socketio.packet_guard import MAX_MESSAGE_BYTES, PacketGuard, ProtocolError
from timely.live.socketio.websocket_adapter import socket_below
from timely.live.socketio.websocket_reader import WebSocketReader, read_directly

MAX_FRAGMENTS = 64
PONG = str(eio_packet.PONG)


def check_packets(guard: PacketGuard) -> None:
    """Wraps the WebSocket driver of the guard's server, so that `wait` returns only valid packets."""
    driver = driver_of(guard.eio)
    if driver is not None:
        # Replaced, not changed: this dict belongs to the library's module.
        guard.eio._async = {**guard.eio._async, "websocket": partial(GuardedWebSocket, guard, driver)}


class GuardedWebSocket:
    """WSGI application of one WebSocket: the driver's, whose packets are checked before *handler* is given them.

    Where the server lets it, it takes the connection over, so that nothing of the request is kept.
    """

    __slots__ = ("_guard", "_handler", "_is_apart", "_serve")

    def __init__(self, guard: PacketGuard, driver: Callable[..., Any], handler: Any, server: Any) -> None:
        self._guard, self._handler, self._is_apart = guard, handler, False
        self._serve = driver(self._handle, server)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        take_over = environ.get("timely.take_over")
        if take_over is None or not is_handshake(environ):
            return self._serve(environ, start_response)
        take_over(partial(self._serve_apart, environ))
        return []

    def _serve_apart(self, environ: dict[str, Any]) -> None:
        self._is_apart = True
        self._serve(environ, no_response)
        self._guard.is_connected(self._handler.__self__.sid)  # takes a closed one off the library's list

    def _handle(self, ws: Any) -> Any:
        if self._is_apart:
            ws.environ.clear()
        limit_fragments(ws)
        socket = self._handler.__self__
        if (simple := getattr(ws, "ws", None)) is not None:
            bound_reading(simple, self._guard.address_of(socket.sid), self._guard.eio.sleep)
        ws.wait = PacketReader(self._guard, socket, ws.wait, read_directly(ws), socket_below(ws))
        return self._handler(ws)


def is_handshake(environ: dict[str, Any]) -> bool:
    """Whether the server's library takes it: if not, it answers with an error, for which the request is needed."""
    return environ.get("HTTP_SEC_WEBSOCKET_VERSION") in ("8", "13") and "HTTP_SEC_WEBSOCKET_KEY" in environ


def no_response(*_: Any) -> None:
    raise RuntimeError("the request is over")


class PacketReader:
    """Reads the next valid packet of a WebSocket; None at its end, as the library's `wait`.

    Nearly all packets are answers to pings. Where they can be recognised by their bytes, they are handled here.
    """

    __slots__ = ("_connection", "_guard", "_reader", "_socket", "_wait")

    def __init__(
        self,
        guard: PacketGuard,
        socket: Any,
        wait: Callable[[], Any],
        reader: WebSocketReader | None,
        connection: Any = None,
    ) -> None:
        self._guard, self._socket, self._wait, self._reader = guard, socket, wait, reader
        self._connection = connection  # the socket below the WebSocket, or None

    def __call__(self) -> Any:
        try:
            if self._reader and self._socket.upgraded:
                self._reader.has_no_timeout = True
                while self._reader.take_pong():
                    if not self._obey_rate_limit():
                        return None
                    self._socket.schedule_ping()
            data = self._wait()
            if data is None:
                return None
            if not isinstance(data, str):
                raise ProtocolError("binary message")
            eio_packet.Packet(encoded_packet=data)
        except OSError:
            return None  # it has disconnected, or was silent for too long
        except Exception as error:
            self._guard.disconnect_client(self._socket.sid, repr(error))
            return None
        # Yield here, so that a client that sends faster than the server reads does not starve the others. What is not
        # read meanwhile fills the client's buffers (TCP back-pressure), not the server's.
        self._guard.eio.sleep(0)
        may_go_on = self._obey_rate_limit()
        if may_go_on and data != PONG:
            may_go_on = self._sleep(self._guard.address_delay(self._socket.sid))
        return data if may_go_on else None

    def _obey_rate_limit(self) -> bool:
        while pause := self._guard.message_delay(self._socket.sid):
            if not self._sleep(pause):
                return False
        return True

    def _sleep(self, seconds: float) -> bool:
        """Waits; returns False once the client has disconnected, and its earlier messages are to be dropped."""
        return not seconds or sleep_while_connected(self._connection, seconds, self._guard.eio.sleep)


def limit_fragments(ws: Any) -> None:
    """Limits the number and total size of a message's fragments; the library limits each fragment, or nothing."""
    simple = getattr(ws, "ws", None)
    if simple is not None:
        simple.max_message_size = MAX_MESSAGE_BYTES
    receive = getattr(ws, "_recv_frame", None)
    if receive is None:
        return

    def receive_limited(message: Any = None) -> Any:
        fragments = message.data if message is not None else ()
        if len(fragments) > MAX_FRAGMENTS or sum(map(len, fragments)) > MAX_MESSAGE_BYTES:
            raise ProtocolError("too many fragments")
        return receive(message=message)

    ws._recv_frame = receive_limited
