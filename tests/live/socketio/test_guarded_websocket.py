"""A WebSocket takes its connection over from the request, and keeps nothing of it but what a session is read by."""

from types import SimpleNamespace
from typing import Any

import pytest

from timely.limits.connections_per_address import ConnectionLimiter
from timely.live.socketio.packet_guard import PacketGuard
from timely.live.socketio.packet_reader import GuardedWebSocket, PacketReader

HANDSHAKE = {"HTTP_SEC_WEBSOCKET_VERSION": "13", "HTTP_SEC_WEBSOCKET_KEY": "x3JJHMbDL1EzLkh9GBhXDw=="}


class Driver:
    """A library's WebSocket application: calls the handler with a WebSocket that holds the environ."""

    def __init__(self, handler: Any, server: Any) -> None:
        self.handler = handler

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.handler(SimpleNamespace(environ=environ, wait=lambda: None))
        return [b"over"]


class Client:
    """An Engine.IO socket, as far as it is looked at: notes what is left of the environ while it is served."""

    sid, upgraded = "k3f9", True
    left: dict[str, Any] | None = None

    def handle(self, ws: Any) -> None:
        assert isinstance(ws.wait, PacketReader)
        self.left = dict(ws.environ)


@pytest.fixture
def guard() -> Any:
    checked: list[str] = []
    return SimpleNamespace(is_connected=checked.append, checked=checked)


def test_it_runs_once_the_request_is_over_and_without_its_environ(guard: Any) -> None:
    client, taken = Client(), []
    environ = {**HANDSHAKE, "HTTP_USER_AGENT": "x" * 200, "timely.take_over": taken.append}
    serve = GuardedWebSocket(guard, Driver, client.handle, None)
    assert serve(environ, None) == []
    assert client.left is None
    taken[0]()
    assert client.left == {}
    assert guard.checked == ["k3f9"]


@pytest.mark.parametrize("lacks", ["timely.take_over", *HANDSHAKE])
def test_else_it_is_served_within_the_request(guard: Any, lacks: str) -> None:
    client, taken = Client(), []
    environ = {**HANDSHAKE, "HTTP_USER_AGENT": "x", "timely.take_over": taken.append}
    del environ[lacks]
    assert GuardedWebSocket(guard, Driver, client.handle, None)(environ, None) == [b"over"]
    assert client.left == environ
    assert taken == []


def test_of_the_request_only_what_a_session_is_read_by_is_kept() -> None:
    kept: list[dict[str, Any]] = []
    handlers = {"connect": lambda sid, environ: kept.append(environ), "message": None, "disconnect": None}
    eio = SimpleNamespace(handlers=handlers, log_message_keys=set(), on=lambda name, call: None, sockets={})
    guard = PacketGuard(SimpleNamespace(eio=eio), 100.0, ConnectionLimiter(0))
    environ = {"REMOTE_ADDR": "192.0.2.7", "HTTP_COOKIE": "timely_session=x", "HTTP_ACCEPT": "*/*", "headers_raw": ()}
    guard.connect("k3f9", environ)
    assert kept == [{"REMOTE_ADDR": "192.0.2.7", "HTTP_COOKIE": "timely_session=x"}]
