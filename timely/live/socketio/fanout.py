"""Fast fan-out: encodes a message once as a WebSocket frame, and writes the same bytes directly to every ready socket.

It hooks into python-engineio and python-socketio in three places: `client_manager`, the server's
`start_background_task`, and a socket's `queue`. If one of them is not as expected, or the server's sockets cannot be
written to without waiting, the libraries' own way is used unchanged.
"""

import json
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

import socketio
from engineio import packet as eio_packet
from engineio import socket as eio_socket

from timely import metrics
from timely.live.connection import BATCH_SIZE, ConnectionWriter, rest_of
from timely.live.encoded_message import encode_once
from timely.live.socketio.engineio_internals import WRITER, WriterTaskStub, fits, forget_client, writer_of
from timely.live.socketio.ping import PingScheduler
from timely.live.socketio.websocket_adapter import adapt
from timely.live.websocket_frame import frame_of

EncodedPacket = tuple[eio_packet.Packet, bytes]  # a packet, and the same as a WebSocket frame

DELIVERED = metrics.DELIVERIES.labels(pipe="socketio")


class UnicodeJson:
    """JSON without \\u escapes, whose six characters for each non-Latin letter would double a message."""

    _encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def dumps(self, data: Any, **_: Any) -> str:
        """As python-socketio calls it: with the separators that stand here."""
        return self._encode(data)


UNICODE_JSON = UnicodeJson()


class RoomRecipient(NamedTuple):
    """One client of a room. `writer` is None if its connection cannot be written to directly."""

    send: Callable[[bytes], int] | None
    writer: ConnectionWriter | None
    sid: str
    eio_sid: str


class FanOut(socketio.Manager):
    """python-socketio's manager with a faster way from a room to its clients."""

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self._is_on = False  # as long as it is not known whether the libraries fit
        self._writers: dict[str, ConnectionWriter] = {}
        self._members: dict[tuple[str, Any], list[RoomRecipient]] = {}
        self._rooms_of: dict[tuple[str, str], set[Any]] = {}  # (namespace, client): its rooms
        self._send_lock = threading.RLock()
        # In threading mode a client may enter a room while a message is sent to it.
        self._membership_lock = threading.RLock()

    def set_server(self, server: Any) -> None:
        super().set_server(server)
        self._is_on = fits(server)
        if not self._is_on:
            return
        eio = server.eio
        self._spawn = eio.start_background_task
        self._pings = PingScheduler(eio, self._spawn)
        eio.start_background_task = self._start
        eio.start_service_task = False  # PingScheduler does its work

    def _start(self, target: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Replaces the server's start_background_task: for pings and writers it starts no task for each client."""
        if getattr(target, "__func__", None) is eio_socket.Socket._send_ping:
            self._pings.add(target.__self__)  # type: ignore[attr-defined]
            return None
        if getattr(target, "__qualname__", "") == WRITER:
            socket, ws = writer_of(target)
            # A WebSocket that is not eventlet's is inside a wrapper.
            adapter = adapt(getattr(ws, "ws", ws), self._spawn)
            if adapter is not None:
                self.attach_writer(socket, adapter.writer)
                return WriterTaskStub(partial(self.detach_writer, socket), adapter.close)
        return self._spawn(target, *args, **named)

    def attach_writer(self, socket: Any, writer: ConnectionWriter) -> None:
        """Makes *writer* the queue of the socket, and moves to it what waits already."""
        before, socket.queue = socket.queue, writer
        if release := getattr(before, "release", None):  # `timely/live/socketio/long_polling.py`
            release()
        with suppress(queue.Empty):  # empty: everything that waited for the upgrade has been moved
            while True:
                writer.put(before.get(block=False))
        # A `when_drained` callback of the old queue has been called by now, and asks the writer.
        self._writers[socket.sid] = writer
        self._members.clear()

    def detach_writer(self, socket: Any) -> None:
        self._writers.pop(socket.sid, None)
        self._members.clear()

    def basic_enter_room(self, sid: str, namespace: str, room: Any, *more: Any, **named: Any) -> Any:
        with self._membership_lock:
            self._members.pop((namespace, room), None)
            entered = super().basic_enter_room(sid, namespace, room, *more, **named)
            if self._is_on:
                self._rooms_of.setdefault((namespace, sid), set()).add(room)
            return entered

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> Any:
        with self._membership_lock:
            self._members.pop((namespace, room), None)
            self._rooms_of.get((namespace, sid), set()).discard(room)
            return super().basic_leave_room(sid, namespace, room)

    def basic_disconnect(self, sid: str, namespace: str, **named: Any) -> Any:
        """Leaves the client's own rooms. The library looks for them in those of all clients, of which each has one."""
        if not self._is_on:
            return super().basic_disconnect(sid, namespace, **named)
        with self._membership_lock:
            for room in self._rooms_of.pop((namespace, sid), set()):
                self.basic_leave_room(sid, namespace, room)
            forget_client(self, sid, namespace)
        return None

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
        if not self._is_on:
            super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, **named)
            return
        is_list = hasattr(room, "__len__") and not isinstance(room, str)
        clients = {} if is_list else self.rooms.get(namespace, {}).get(room, {})
        encoded = None if callback or not clients else self._encoded_packet(event, data, namespace)
        if encoded is None:
            super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, **named)
            return
        skipped = set(skip_sid if isinstance(skip_sid, list) else [skip_sid]) - {None}
        if len(clients) == 1:
            self._write_to_members(namespace, room, self._find_members(namespace, room), encoded, skipped)
            return
        with self._send_lock:  # else the second of two messages to one room might overtake the first
            with self._membership_lock:
                members = self._members.get((namespace, room))
                if members is None:
                    members = self._members[namespace, room] = self._find_members(namespace, room)
            self._write_to_members(namespace, room, members, encoded, skipped)

    def _encoded_packet(self, event: str, data: Any, namespace: str) -> EncodedPacket | None:
        """The packet and its frame; None if *data* contains bytes, which need several packets."""
        arguments = list(data) if isinstance(data, tuple) else [] if data is None else [data]

        def make() -> EncodedPacket:
            packet = eio_packet.Packet(eio_packet.MESSAGE, self._encode([event, *arguments], namespace))
            return packet, frame_of(packet.encode())

        try:
            return encode_once(data, ("packet", event, namespace), make)
        except TypeError:  # there are bytes in it; searching each message for them would take longer than encoding it
            return None

    def _encode(self, data: list[Any], namespace: str) -> str:
        made = self.server.packet_class(socketio.packet.EVENT, namespace=namespace, data=data, binary=False)
        made.json = UNICODE_JSON
        encoded: str = made.encode()
        return encoded

    def _find_members(self, namespace: str, room: Any) -> list[RoomRecipient]:
        found = []
        for sid, eio_sid in list(self.rooms.get(namespace, {}).get(room, {}).items()):
            writer = self._writers.get(eio_sid)
            found.append(RoomRecipient(writer.send if writer else None, writer, sid, eio_sid))
        return found

    def _write_to_members(
        self, namespace: str, room: Any, members: list[RoomRecipient], encoded: EncodedPacket, skipped: set[str]
    ) -> None:
        packet, frame = encoded
        size, delivered = len(frame), 0
        for first in range(0, len(members), BATCH_SIZE):
            batch = members[first : first + BATCH_SIZE]
            if first:
                self.server.sleep(0)
                if self._members.get((namespace, room)) is not members:
                    batch = self._remaining(namespace, room, batch)
            if skipped:
                batch = [member for member in batch if member.sid not in skipped]
            for send, writer, _, eio_sid in batch:
                if writer is None:
                    self.server._send_eio_packet(eio_sid, packet)
                elif writer.pending is not None or writer.is_closed:
                    writer.enqueue(frame)
                else:
                    try:
                        sent = send(frame)  # type: ignore[misc]  # set whenever there is a writer
                    except BlockingIOError:
                        writer.enqueue(frame)
                    except OSError:
                        writer.abort()
                    else:
                        if sent != size:
                            writer.enqueue(rest_of(frame, sent))
            delivered += len(batch)
        DELIVERED.inc(delivered)

    def _remaining(self, namespace: str, room: Any, members: list[RoomRecipient]) -> list[RoomRecipient]:
        """The members that are still in the room, with their current writers."""
        now = self.rooms.get(namespace, {}).get(room, {})
        remaining = []
        for member in members:
            if member.sid in now:
                writer = self._writers.get(member.eio_sid)
                remaining.append(RoomRecipient(writer.send if writer else None, writer, member.sid, member.eio_sid))
        return remaining


def manager(is_fast: bool) -> socketio.Manager:
    """The client manager for one Socket.IO server."""
    return FanOut() if is_fast else socketio.Manager()
