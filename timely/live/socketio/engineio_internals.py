"""Private parts of python-engineio and python-socketio that are used here, and the checks that they are as known."""

from collections.abc import Callable
from types import CodeType
from typing import Any

import socketio
from engineio import socket as eio_socket
from engineio.base_socket import BaseSocket
from socketio.base_manager import BaseManager

from launch.library_check import is_known, lacking, unused

LIBRARY = "python-engineio"
WRITER = "Socket._websocket_handler.<locals>.writer"
# What a manager keeps of a client beside its rooms.
CLIENT_STATE = ("callbacks", "pending_connect", "pending_disconnect")
SOCKET_STATE = ("queue", "last_ping", "upgrading", "upgraded", "closing", "closed")


def fits(server: Any) -> bool:
    """Whether the private parts of the libraries are as the fast fan-out expects them."""
    differences = [
        *_socket_differences(server.eio),
        *lacking(eio_socket.Socket, "_send_ping", "schedule_ping", "check_ping_timeout", "poll"),
        *unused(getattr(eio_socket.Socket, "schedule_ping", None), "start_background_task", "_send_ping"),
        *unused(getattr(eio_socket.Socket, "_websocket_handler", None), "start_background_task"),
        *unused(BaseManager.__init__, "rooms", *CLIENT_STATE),
        *lacking(socketio.Manager, "basic_enter_room", "basic_leave_room", "basic_disconnect"),
    ]
    handler = getattr(getattr(eio_socket.Socket, "_websocket_handler", None), "__code__", None)
    nested = [one for one in getattr(handler, "co_consts", ()) if isinstance(one, CodeType) and one.co_name == "writer"]
    if [set(one.co_freevars) for one in nested] != [{"self", "ws"}]:
        differences.append(WRITER)
    if getattr(server.eio, "start_service_task", None) is not True:
        differences.append("start_service_task of engineio.Server")
    for name in ("_send_eio_packet", "packet_class"):
        if not callable(getattr(server, name, None)):
            differences.append(f"{name} of socketio.Server")
    return is_known(LIBRARY, "the fast fan-out", differences)


def fits_polling(eio: Any) -> bool:
    """Whether polls can be answered without the library."""
    return is_known(LIBRARY, "the fast long-polling", _socket_differences(eio))


def fits_guard(eio: Any) -> bool:
    """Whether the packets of clients can be checked between the Engine.IO server and its handlers."""
    differences = _socket_differences(eio)
    handlers = getattr(eio, "handlers", {})
    differences += [f"handlers[{one!r}]" for one in ("connect", "message", "disconnect") if one not in handlers]
    if not isinstance(getattr(eio, "log_message_keys", None), set):
        differences.append("log_message_keys of engineio.Server")
    differences += unused(eio_socket.Socket.close, "wait", "abort", "reason")
    return is_known(LIBRARY, "the check of packets", differences)


def driver_of(eio: Any) -> Any:
    """The class with which the server makes WebSockets; None if it makes none, or keeps it elsewhere than known."""
    drivers = getattr(eio, "_async", None)
    is_kept = isinstance(drivers, dict) and "websocket" in drivers
    if not is_known(LIBRARY, "the check of packets on WebSockets", [] if is_kept else ["_async of engineio.Server"]):
        return None
    return eio._async["websocket"]


def fits_manager(server: Any) -> bool:
    """Whether the clients of a room, and the queue of a client, can be looked up; else neither is known."""
    manager = server.manager
    differences = [] if isinstance(getattr(manager, "rooms", None), dict) else ["rooms of socketio.Manager"]
    if not hasattr(manager, "eio_sid_from_sid"):
        differences.append("eio_sid_from_sid of socketio.Manager")
    return is_known("python-socketio", "the look-up of clients", differences)


def forget_client(manager: Any, sid: str, namespace: str) -> None:
    """Removes what the manager keeps of a client that has left its rooms."""
    manager.callbacks.pop(sid, None)
    for pending in (manager.pending_connect, manager.pending_disconnect):
        waiting = pending.get(namespace)
        if waiting and sid in waiting:
            waiting.remove(sid)
            if not waiting:
                del pending[namespace]


def rooms_of(server: Any, namespace: str) -> Any:
    """{room: its members} of the namespace; None if the manager does not tell."""
    rooms = getattr(server.manager, "rooms", None)
    return rooms.get(namespace, {}) if isinstance(rooms, dict) else None


def socket_of(server: Any, sid: str) -> Any:
    """The Engine.IO socket of a Socket.IO client; None if it is gone, or the libraries do not tell."""
    find = getattr(server.manager, "eio_sid_from_sid", None)
    sockets = getattr(server.eio, "sockets", None)
    return None if find is None or sockets is None else sockets.get(find(sid, "/"))


def _socket_differences(eio: Any) -> list[str]:
    there = isinstance(getattr(eio, "sockets", None), dict)
    return [*unused(BaseSocket.__init__, *SOCKET_STATE), *([] if there else ["sockets of engineio.Server"])]


def writer_of(task: Any) -> tuple[Any, Any]:
    """The Engine.IO socket and the WebSocket of the library's writer task, from its closure."""
    held = {
        name: cell.cell_contents for name, cell in zip(task.__code__.co_freevars, task.__closure__ or (), strict=True)
    }
    return held.get("self"), held.get("ws")


class WriterTaskStub:
    """Replaces the library's writer task; calls *ends* when the library joins it."""

    def __init__(self, *ends: Callable[[], Any]):
        self._ends = ends

    def join(self) -> None:
        for end in self._ends:
            end()
