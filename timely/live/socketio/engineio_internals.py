"""Private parts of python-engineio that the fast fan-out replaces, and the check that they are as it knows them."""

from collections.abc import Callable
from types import CodeType
from typing import Any

from engineio import socket as eio_socket

WRITER = "Socket._websocket_handler.<locals>.writer"


def fits(server: Any) -> bool:
    """Whether the private parts of the libraries are as the fast fan-out expects them."""
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
    """Replaces the library's writer task; calls *ends* when the library joins it."""

    def __init__(self, *ends: Callable[[], Any]):
        self._ends = ends

    def join(self) -> None:
        for end in self._ends:
            end()
