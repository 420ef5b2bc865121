"""Fast fan-out: encodes a message once as a WebSocket frame, and writes the same bytes directly to every ready socket.

It hooks into python-engineio and python-socketio in three places: `client_manager`, the server's
`start_background_task`, and a socket's `queue`. If one of them is not as expected, or the server's sockets cannot be
written to without waiting, the libraries' own way is used unchanged.
"""

import json
import logging
import queue
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from socket import SHUT_RDWR
from types import CodeType
from typing import Any, NamedTuple

import socketio
from engineio import packet as eio_packet
from engineio import socket as eio_socket

from timely import metrics
from timely.live.encoded_message import made_once

log = logging.getLogger(__name__)

# Clients written to before yielding to other tasks: about a millisecond.
AT_ONCE = 100
# Limits on what may wait for one client. A first message of any size may wait, such as a snapshot. A client beyond a
# limit that is sent more is cut off; it reconnects by itself, and gets a snapshot in place of all that it missed.
MOST_BYTES = 1_000_000
MOST_FRAMES = 200
MOST_SECONDS = 30.0
LOOK_EVERY = 1.0  # seconds
# Seconds. Pings due within this time are sent in one go, so that their answers come together.
TOGETHER = 0.1
# Seconds for sending what waits, before the server itself ends a connection.
LAST_SECONDS = 2.0

Bytes = bytes | memoryview
Told = tuple[eio_packet.Packet, bytes]  # a packet, and the same as a WebSocket frame

WRITER = "Socket._websocket_handler.<locals>.writer"

TOLD = metrics.DELIVERIES.labels(pipe="socketio")
CUT_OFF = metrics.SLOW.labels(done="cut off")


class UnicodeJson:
    """JSON without \\u escapes, whose six characters for each non-Latin letter would double a message."""

    dumps = staticmethod(partial(json.dumps, ensure_ascii=False))


AS_IT_IS = UnicodeJson()


class ConnectionWriter:
    """Writes to one connection: directly to the socket, or behind the data that the socket has not taken yet.

    All writers must be greenlets of one thread, so that none runs between the check of `waiting` and the write.
    *raw* is a non-blocking socket. *sendall* waits, and lets other greenlets run meanwhile. *close* closes the
    connection properly; *gone* is called when it broke, or was cut off.
    """

    __slots__ = (
        "_close",
        "_gone",
        "_raw",
        "_sendall",
        "_size",
        "_spawn",
        "_stuck_at",
        "_when_clear",
        "is_ending",
        "is_over",
        "send",
        "waiting",
    )

    def __init__(
        self,
        raw: Any,
        sendall: Callable[[Bytes], Any],
        spawn: Callable[..., Any],
        close: Callable[[], Any] | None = None,
        gone: Callable[[], Any] | None = None,
    ):
        self.send: Callable[[Bytes], int] = raw.send
        self._raw, self._sendall, self._spawn, self._close, self._gone = raw, sendall, spawn, close, gone
        # Data to be sent before anything else, first the rest of a half-sent frame; None if nothing waits.
        self.waiting: deque[Bytes] | None = None
        self._when_clear: Callable[[], Any] | None = None
        self._size = 0
        self._stuck_at = 0.0  # since when the first of `waiting` has been waiting
        self.is_ending = False
        self.is_over = False  # nothing more is accepted

    @property
    def connection(self) -> Any:
        return self._raw

    def write(self, frame: Bytes) -> None:
        """Sends *frame*, or queues what the socket does not take. Never waits, and never sends only part of a frame."""
        if self.waiting is not None:
            self.wait(frame)
            return
        if self.is_over:
            return
        try:
            sent = self.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.cut()
            return
        if sent < len(frame):
            self.wait(rest_of(frame, sent))

    def wait(self, frame: Bytes) -> None:
        """Queues *frame*; cuts the client off if too much waits already."""
        if self.is_over:
            return
        if self.waiting is None:
            self.waiting = deque((frame,))
            self._size, self._stuck_at = len(frame), time.monotonic()
            self._spawn(self._drain)
            return
        is_stuck = time.monotonic() - self._stuck_at > MOST_SECONDS
        if self._size > MOST_BYTES or len(self.waiting) >= MOST_FRAMES or is_stuck:
            CUT_OFF.inc()
            self.cut()
            return
        self.waiting.append(frame)
        self._size += len(frame)

    def end(self) -> None:
        """Closes once everything is sent; accepts nothing more."""
        if not self.is_over:
            self.is_over = self.is_ending = True
            if self.waiting is None:
                self._finish()

    def cut(self) -> None:
        """Shuts the connection down now. Its reader then cleans up, as after any broken connection."""
        self.is_over = True
        if self.waiting is not None:
            self.waiting.clear()
        with suppress(OSError):
            self._raw.shutdown(SHUT_RDWR)
        if self._gone is not None:
            gone, self._gone = self._gone, None
            gone()

    def when_clear(self, call: Callable[[], Any]) -> bool:
        """True if nothing waits; else *call* replaces any earlier callback, and is called once all is sent."""
        self._when_clear = call if self.waiting is not None else None
        return self.waiting is None

    def settle(self, sleep: Callable[[float], Any]) -> None:
        """Waits until all is sent; cuts off a client that does not take it within `LAST_SECONDS`."""
        give_up_at = time.monotonic() + LAST_SECONDS
        while self.waiting is not None and time.monotonic() < give_up_at:
            sleep(0.05)
        if self.waiting is not None:
            self.cut()

    def _drain(self) -> None:
        try:
            while self.waiting:
                # It stays in the queue until it is sent, so that no later frame overtakes it.
                frame = self.waiting[0]
                self._sendall(frame)
                if self.waiting:
                    self.waiting.popleft()
                    self._size, self._stuck_at = self._size - len(frame), time.monotonic()
        except Exception as error:
            if not isinstance(error, OSError):
                log.exception("a connection could not be written to")
            self.cut()
        self.waiting = None
        call, self._when_clear = self._when_clear, None
        if self.is_ending:
            self._finish()
        elif call is not None and not self.is_over:
            call()

    def _finish(self) -> None:
        if self._close is not None:
            close, self._close = self._close, None
            with suppress(OSError):
                close()

    # The interface of a socket's queue in python-engineio, which this object replaces.

    def put(self, packet: Any) -> None:
        if packet is None:
            self.end()
        else:
            self.write(frame_of(packet.encode()))

    def get(self, *args: Any, **named: Any) -> Any:
        raise queue.Empty

    def join(self) -> None:
        """Does nothing. Engine.IO joins a socket's queue and its writer task; here neither has anything to finish."""

    def task_done(self) -> None:
        """Does nothing: items of the queue are not counted."""


class RoomRecipient(NamedTuple):
    """One client of a room. `wire` is its writer, or None if its connection cannot be written to directly."""

    send: Callable[[bytes], int] | None
    wire: ConnectionWriter | None
    sid: str
    eio_sid: str


class FanOut(socketio.Manager):  # type: ignore[misc]
    """python-socketio's manager with a faster way from a room to its clients. `over()` adds it to other managers."""

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self._wires: dict[str, ConnectionWriter] = {}
        self._members: dict[tuple[str, Any], list[RoomRecipient]] = {}
        self._one_at_a_time = threading.RLock()
        # In threading mode a client may enter a room while a message is sent to it.
        self._coming_and_going = threading.RLock()

    def set_server(self, server: Any) -> None:
        super().set_server(server)
        if not fits(server):
            log.warning("python-engineio is not as the fast fan-out knows it; its own way is taken.")
            return
        eio = server.eio
        self._spawn = eio.start_background_task
        self._pulse = PingScheduler(eio, self._spawn)
        eio.start_background_task = self._start
        eio.start_service_task = False  # PingScheduler does its work

    def _start(self, target: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Replaces the server's start_background_task: for pings and writers it starts no task for each client."""
        if getattr(target, "__func__", None) is eio_socket.Socket._send_ping:
            self._pulse.add(target.__self__)  # type: ignore[attr-defined]
            return None
        if getattr(target, "__qualname__", "") == WRITER:
            socket, ws = writer_of(target)
            tapped = tap(getattr(ws, "ws", ws), self._spawn)  # a WebSocket that is not eventlet's is inside a wrapper
            if tapped is not None:
                return WriterTaskStub(self, socket, tapped)
        return self._spawn(target, *args, **named)

    def carry(self, socket: Any, wire: ConnectionWriter) -> None:
        """Makes *wire* the queue of the socket, and moves to it what waits already."""
        before, socket.queue = socket.queue, wire
        if release := getattr(before, "release", None):  # `timely/live/socketio/long_polling.py`
            release()
        with suppress(queue.Empty):  # empty: everything that waited for the upgrade has been moved
            while True:
                wire.put(before.get(block=False))
        # A `when_clear` callback of the old queue has been called by now, and asks the wire.
        self._wires[socket.sid] = wire
        self._members.clear()

    def drop(self, socket: Any) -> None:
        self._wires.pop(socket.sid, None)
        self._members.clear()

    def basic_enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> Any:
        with self._coming_and_going:
            self._members.pop((namespace, room), None)
            return super().basic_enter_room(sid, namespace, room, eio_sid)

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> Any:
        with self._coming_and_going:
            self._members.pop((namespace, room), None)
            return super().basic_leave_room(sid, namespace, room)

    def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: Any = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: Any = None,
        **named: Any,
    ) -> None:
        room = to or room
        is_list = hasattr(room, "__len__") and not isinstance(room, str)
        clients = {} if is_list else self.rooms.get(namespace, {}).get(room, {})
        told = None if callback or not clients else self._told(event, data, namespace)
        if told is None:
            super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, **named)
            return
        skipped = set(skip_sid if isinstance(skip_sid, list) else [skip_sid]) - {None}
        if len(clients) == 1:
            self._hand_out(namespace, room, self._look_up(namespace, room), told, skipped)
            return
        with self._one_at_a_time:  # else the second of two messages to one room might overtake the first
            with self._coming_and_going:
                members = self._members.get((namespace, room))
                if members is None:
                    members = self._members[namespace, room] = self._look_up(namespace, room)
            self._hand_out(namespace, room, members, told, skipped)

    def _told(self, event: str, data: Any, namespace: str) -> Told | None:
        """The packet and its frame; None if *data* contains bytes, which need several packets."""
        arguments = list(data) if isinstance(data, tuple) else [] if data is None else [data]

        def make() -> Told:
            packet = eio_packet.Packet(eio_packet.MESSAGE, self._encode([event, *arguments], namespace))
            return packet, frame_of(packet.encode())

        try:
            return made_once(data, ("packet", event, namespace), make)
        except TypeError:  # there are bytes in it; searching each message for them would take longer than encoding it
            return None

    def _encode(self, data: list[Any], namespace: str) -> str:
        made = self.server.packet_class(socketio.packet.EVENT, namespace=namespace, data=data, binary=False)
        made.json = AS_IT_IS
        encoded: str = made.encode()
        return encoded

    def _look_up(self, namespace: str, room: Any) -> list[RoomRecipient]:
        found = []
        for sid, eio_sid in list(self.rooms.get(namespace, {}).get(room, {}).items()):
            wire = self._wires.get(eio_sid)
            found.append(RoomRecipient(wire.send if wire else None, wire, sid, eio_sid))
        return found

    def _hand_out(self, namespace: str, room: Any, members: list[RoomRecipient], what: Told, skipped: set[str]) -> None:
        packet, frame = what
        size, told = len(frame), 0
        for first in range(0, len(members), AT_ONCE):
            some = members[first : first + AT_ONCE]
            if first:
                self.server.sleep(0)
                if self._members.get((namespace, room)) is not members:
                    some = self._still_there(namespace, room, some)
            if skipped:
                some = [member for member in some if member.sid not in skipped]
            for send, wire, _, eio_sid in some:
                if wire is None:
                    self.server._send_eio_packet(eio_sid, packet)
                elif wire.waiting is not None or wire.is_over:
                    wire.wait(frame)
                else:
                    try:
                        sent = send(frame)  # type: ignore[misc]  # set whenever there is a wire
                    except BlockingIOError:
                        wire.wait(frame)
                    except OSError:
                        wire.cut()
                    else:
                        if sent != size:
                            wire.wait(rest_of(frame, sent))
            told += len(some)
        TOLD.inc(told)

    def _still_there(self, namespace: str, room: Any, members: list[RoomRecipient]) -> list[RoomRecipient]:
        """The members that are still in the room, with their current writers."""
        now = self.rooms.get(namespace, {}).get(room, {})
        there = []
        for member in members:
            if member.sid in now:
                wire = self._wires.get(member.eio_sid)
                there.append(RoomRecipient(wire.send if wire else None, wire, member.sid, member.eio_sid))
        return there


def manager(is_fast: bool) -> socketio.Manager:
    """The client manager for one Socket.IO server."""
    return FanOut() if is_fast else socketio.Manager()


def over(manager: type[socketio.Manager]) -> type[socketio.Manager]:
    """*manager* with the fast fan-out as its base: `over(RedisManager)(url)` uses it for the clients of its worker."""
    return type(f"FanOut{manager.__name__}", (manager, FanOut), {})


def fits(server: Any) -> bool:
    """Whether the private parts of the libraries are as this file expects them."""
    ping = getattr(eio_socket.Socket, "_send_ping", None)
    handler = getattr(getattr(eio_socket.Socket, "_websocket_handler", None), "__code__", None)
    nested = [one for one in getattr(handler, "co_consts", ()) if isinstance(one, CodeType) and one.co_name == "writer"]
    return (
        callable(ping)
        and [set(one.co_freevars) for one in nested] == [{"self", "ws"}]
        and callable(getattr(server.eio, "start_background_task", None))
        and callable(getattr(server, "_send_eio_packet", None))
        and getattr(server.eio, "start_service_task", None) is True
    )


def writer_of(task: Any) -> tuple[Any, Any]:
    """The Engine.IO socket and the WebSocket of the library's writer task, from its closure."""
    held = {
        name: cell.cell_contents for name, cell in zip(task.__code__.co_freevars, task.__closure__ or (), strict=True)
    }
    return held.get("self"), held.get("ws")


class WriterTaskStub:
    """Replaces the library's writer task; cleans up when the library joins it."""

    def __init__(self, manager: FanOut, socket: Any, tap: "WebSocketAdapter"):
        self._manager, self._socket, self._tap = manager, socket, tap
        manager.carry(socket, tap.wire)

    def join(self) -> None:
        self._manager.drop(self._socket)
        self._tap.close()


class WebSocketAdapter:
    """Sends all frames of a WebSocket, of eventlet or simple-websocket, through one ConnectionWriter."""

    def __init__(self, ws: Any, raw: Any, spawn: Callable[..., Any]):
        self._ws = ws
        self._socket = ws.socket if is_eventlets(ws) else ws.sock
        self.wire = ConnectionWriter(raw, self._socket.sendall, spawn, self._hang_up)
        # This includes what the library itself writes, such as the answer to a ping.
        if is_eventlets(ws):
            ws._send = self.wire.write
        else:
            ws.sock = SocketProxy(self._socket, self.wire)

    def close(self) -> None:
        """Drops unsent data at the end of the connection, and lets no frame follow a half-sent one."""
        if self.wire.waiting is not None:
            self._ws.websocket_closed, self._ws.connected = True, False
            self.wire.cut()
        self.wire.is_over = True
        self._let_go()

    def _hang_up(self) -> None:
        self._let_go()
        self._ws.close()

    def _let_go(self) -> None:
        if is_eventlets(self._ws):
            self._ws.__dict__.pop("_send", None)
        else:
            self._ws.sock = self._socket


class SocketProxy:
    """A socket that sends through a ConnectionWriter."""

    def __init__(self, inner: Any, wire: ConnectionWriter):
        self._inner, self._wire = inner, wire

    def send(self, data: bytes) -> int:
        self._wire.write(bytes(data))
        return len(data)

    def sendall(self, data: bytes) -> None:
        self._wire.write(bytes(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def tap(ws: Any, spawn: Callable[..., Any]) -> WebSocketAdapter | None:
    """The adapter for the WebSocket; None if its socket cannot be written to without waiting."""
    raw = bare(getattr(ws, "socket" if is_eventlets(ws) else "sock", None))
    return WebSocketAdapter(ws, raw, spawn) if raw else None


def is_eventlets(ws: Any) -> bool:
    return hasattr(ws, "_send") and hasattr(ws, "_sendlock") and hasattr(ws, "socket")


def bare(green: Any) -> Any:
    """The non-blocking socket inside that of eventlet (`fd`) or gevent (`_sock`); None if there is none, or for TLS."""
    raw = getattr(green, "fd", None) or getattr(green, "_sock", None)
    if raw is None or isinstance(green, ssl.SSLSocket) or isinstance(raw, ssl.SSLSocket):
        return None
    is_known = callable(getattr(raw, "send", None)) and callable(getattr(raw, "gettimeout", None))
    return raw if is_known and raw.gettimeout() == 0 and callable(getattr(green, "sendall", None)) else None


def rest_of(frame: Bytes, sent: int) -> memoryview:
    """The unsent rest, without a copy: many clients may wait for the same bytes."""
    return memoryview(frame)[sent:]


def when_clear(server: Any, sid: str, call: Callable[[], Any]) -> bool:
    """True if nothing waits to be sent to the client; else *call* is called once all is sent.

    Also True for a client that is gone, and for the library's own queue, which cannot be asked.
    """
    socket = server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, "/"))
    ask = getattr(getattr(socket, "queue", None), "when_clear", None)
    return bool(ask(call)) if ask else True


def connection_of(server: Any, sid: str) -> Any:
    """The raw socket of a client that has a ConnectionWriter; None for others."""
    socket = server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, "/"))
    return getattr(getattr(socket, "queue", None), "connection", None)


def frame_of(text: str | bytes) -> bytes:
    """The message as one WebSocket frame from a server: not fragmented, masked or compressed. RFC 6455, 5.2."""
    body, first = (text.encode(), b"\x81") if isinstance(text, str) else (bytes(text), b"\x82")
    size = len(body)
    if size < 126:
        return first + size.to_bytes(1, "big") + body
    if size < 65_536:
        return first + b"\x7e" + size.to_bytes(2, "big") + body
    return first + b"\x7f" + size.to_bytes(8, "big") + body


class PingScheduler:
    """Sends every client its ping when it is due, and ends clients that did not answer.

    Two tasks serve all clients. The library uses a sleeping task for each client's ping, and wakes again to check it.
    """

    def __init__(self, eio: Any, spawn: Callable[..., Any]):
        self._eio, self._spawn = eio, spawn
        self._due: deque[tuple[float, Any]] = deque()  # sorted by time, because all clients have the same interval
        self._is_running = self._is_looking = False
        self._lock = threading.Lock()

    def add(self, socket: Any) -> None:
        """Schedules the next ping, after the server's interval; called when the client has answered the last one."""
        with self._lock:
            self._due.append((time.monotonic() + self._eio.ping_interval, socket))
            is_first, is_new = not self._is_running, not self._is_looking
            self._is_running = self._is_looking = True
        if is_first:
            self._spawn(self._run)
        if is_new:
            self._spawn(self._look)

    def _run(self) -> None:
        packet, sent = eio_packet.Packet(eio_packet.PING), 0
        while True:
            with self._lock:
                if not self._due:
                    self._is_running = False
                    return
                at, socket = self._due[0]
                left = at - time.monotonic()
                if left <= 0:
                    self._due.popleft()
            if left > 0 or sent % AT_ONCE == AT_ONCE - 1:
                sent = 0
                self._eio.sleep(max(TOGETHER, left) if left > 0 else 0)
            if left <= 0:
                sent += 1
                self._ping(socket, packet)

    def _ping(self, socket: Any, packet: Any) -> None:
        if socket.closing or socket.closed:
            return
        socket.last_ping = time.time()
        try:
            socket.send(packet)
        except Exception:
            log.exception("a ping could not be sent")

    def _look(self) -> None:
        """Checks all clients every `LOOK_EVERY` seconds: ends those that did not answer, removes closed ones."""
        while True:
            self._eio.sleep(LOOK_EVERY)
            with self._lock:
                if not self._eio.sockets:
                    self._is_looking = False
                    return
            for number, socket in enumerate(list(self._eio.sockets.values())):
                if number % AT_ONCE == AT_ONCE - 1:
                    self._eio.sleep(0)
                try:
                    if socket.closed:
                        self._eio.sockets.pop(socket.sid, None)
                    elif not socket.closing:
                        socket.check_ping_timeout()
                except Exception:
                    log.exception("a client could not be looked after")
