"""Bounded reading of WebSockets: unhandled messages wait in the client's buffers; those of a closed one are dropped."""

import socket
import threading
from typing import Any

import pytest
from simple_websocket import Server

from tests.limits import raw_client
from timely.limits.disconnected import TCP_INFO, has_disconnected, sleep_while_connected
from timely.live.socketio import bounded_reader
from timely.live.socketio.bounded_reader import MAX_UNHANDLED, bound_reading

MESSAGES = 2_000
# The library had begun its first read before it was bounded.
FIRST_READ = 4096
SHORTEST = 7  # bytes of a frame with one letter
SECONDS = 10

linux = pytest.mark.skipif(TCP_INFO is None, reason="Linux tells who has hung up")


def pair() -> tuple[socket.socket, socket.socket]:
    """(the server's end, the client's)."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        client = socket.create_connection(door.getsockname(), SECONDS)
        return door.accept()[0], client


class Waits:
    """A way to wait that says when somebody began to, and goes on when it is told."""

    def __init__(self) -> None:
        self.began, self.over = threading.Event(), threading.Event()

    def __call__(self, seconds: float) -> None:
        if seconds:
            self.began.set()
            self.over.wait(SECONDS)


@pytest.fixture
def talk() -> Any:
    """(a WebSocket of simple-websocket's, its client's socket, the way in which its reader waits)."""
    mine, client = pair()
    head = {"HTTP_HOST": "localhost", "HTTP_UPGRADE": "websocket", "HTTP_CONNECTION": "Upgrade"}
    head |= {"HTTP_SEC_WEBSOCKET_KEY": "x3JJHMbDL1EzLkh9GBhXDw==", "HTTP_SEC_WEBSOCKET_VERSION": "13"}
    ws = Server({"werkzeug.socket": mine, "REQUEST_METHOD": "GET", "PATH_INFO": "/", **head})
    waits = Waits()
    bound_reading(ws, "10.0.0.9", waits)
    yield ws, client, waits
    waits.over.set()
    for one in (client, mine):
        one.close()
    ws.thread.join(SECONDS)


def test_reading_stops_while_messages_wait_and_nothing_is_lost(talk: Any) -> None:
    ws, client, waits = talk
    sent = [chr(ord("a") + number % 26) for number in range(MESSAGES)]
    client.sendall(b"".join(raw_client.frame(one.encode()) for one in sent))
    assert waits.began.wait(SECONDS), "it has read all there is"
    assert len(ws.input_buffer) <= MAX_UNHANDLED + FIRST_READ // SHORTEST + 1
    waits.over.set()
    assert [ws.receive(SECONDS) for _ in sent] == sent


@linux
def test_unread_messages_of_a_disconnected_client_are_dropped(talk: Any) -> None:
    ws, client, waits = talk
    client.sendall(raw_client.frame(b"x") * MESSAGES)
    assert waits.began.wait(SECONDS)
    client.close()
    waits.over.set()
    ws.thread.join(SECONDS)
    assert not ws.thread.is_alive()
    assert ws.input_buffer == []


def test_one_connection_of_an_address_is_read_at_a_time(talk: Any) -> None:
    ws, client, _ = talk
    assert bounded_reader.READINGS.acquire("10.0.0.9", 1)
    try:
        client.sendall(raw_client.frame(b"x"))
        assert ws.receive(0.2) is None
    finally:
        bounded_reader.READINGS.release("10.0.0.9")
    assert ws.receive(SECONDS) == "x"


@linux
def test_a_disconnect_is_detected_before_all_is_read() -> None:
    mine, client = pair()
    with mine:
        client.sendall(b"unread")
        assert not has_disconnected(mine)
        assert sleep_while_connected(mine, 0.01, lambda seconds: threading.Event().wait(seconds))
        client.close()
        mine.recv(1)
        assert has_disconnected(mine)
        assert not sleep_while_connected(mine, 60, lambda seconds: pytest.fail("it is waited for"))
        assert mine.recv(10) == b"nread"
    assert not has_disconnected(None)
