"""Open polls: responses identical to the library's to the byte, on a real server."""

import hashlib
import inspect
import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from engineio.payload import Payload
from engineio.socket import Socket

from tests.live.fans import FanServer, wait_for
from tests.live.raw_sockets import RawPolling, RawSocket
from tests.live.socketio.polling_client import PollingClient, client_with_open_poll, open_polls

NOTHING_NEW = "6"


@pytest.fixture(scope="module")
def server() -> Iterator[FanServer]:
    server = FanServer("fast")
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def nobody_left(server: FanServer) -> Iterator[None]:
    yield
    server.ask("/end")


def test_an_open_poll_is_answered_as_the_library_does(server):
    sid = RawPolling(server.port).join().sid
    with PollingClient(server.port, sid) as client:
        heads = []
        for number in range(4):
            client.ask(stamp=f"N{number}")
            if number > 1:
                wait_for(lambda: open_polls(server) == 1)
            server.tell(count=1, first=number, size=900)
            lines, body = client.answer()
            while body == "2":
                client.ask(stamp=f"N{number}")
                lines, body = client.answer()
            assert json.loads(body.removeprefix("42"))[1]["number"] == number
            heads.append(sorted(line for line in lines if not line.startswith((b"Date", b"Content-Length"))))
            assert sum(line.startswith(b"Date: ") for line in lines) == 1
        assert heads[0] == heads[1] == heads[2] == heads[3]
        assert b"HTTP/1.1 200 OK" in heads[0]


def test_messages_between_two_polls_come_with_the_next_in_order(server):
    with client_with_open_poll(server) as client:
        server.tell(count=40, size=300)
        assert client.numbers() == [0]  # it stood for the first
        client.ask()
        assert client.numbers() == list(range(1, 40))


def test_the_answer_to_a_slow_reader_is_whole(server):
    with client_with_open_poll(server) as client:
        server.tell(count=2, first=900, size=60_000)
        time.sleep(0.2)
        assert client.numbers() == [900]
        client.ask()
        assert client.numbers() == [901]


def test_of_two_polls_of_one_client_the_older_is_released(server):
    with client_with_open_poll(server) as one, PollingClient(server.port, one.sid) as other:
        other.ask()  # the first on its connection: the library's
        assert one.answer()[1] == NOTHING_NEW
        server.tell(count=1, first=1)
        assert other.numbers() == [1]
        other.ask()
        wait_for(lambda: open_polls(server) == 1)
        one.ask()
        assert other.answer()[1] == NOTHING_NEW
        server.tell(count=1, first=2)
        assert one.numbers() == [2]


def test_a_second_poll_on_the_same_connection_releases_the_first(server):
    with client_with_open_poll(server) as client:
        client.ask()
        assert client.answer()[1] == NOTHING_NEW
        server.tell(count=1)
        assert client.numbers() == [0]


def test_polls_without_end_keep_nobody_waiting(server):
    with client_with_open_poll(server) as client:
        flood = threading.Thread(target=client.ask, kwargs={"times": 1_500}, daemon=True)
        flood.start()
        slowest = 0.0
        for _ in range(10):
            began = time.monotonic()
            server.figures()
            slowest = max(slowest, time.monotonic() - began)
        assert client.answer()[1] == NOTHING_NEW
        assert slowest < 1
        client.socket.shutdown(socket.SHUT_RDWR)
        flood.join(10)


def test_another_request_on_the_connection_is_answered_after_the_poll(server):
    with client_with_open_poll(server) as client:
        client.say('421["join","room"]')
        assert client.answer()[1] == NOTHING_NEW
        assert client.answer()[1] == "OK"
        client.ask()
        assert client.answer()[1] == '431["room"]'


def test_a_poll_with_another_head_is_passed_to_the_library(server):
    with client_with_open_poll(server) as client:
        server.tell(count=1)
        assert client.numbers() == [0]
        client.ask("Origin: http://elsewhere.example")
        assert client.answer()[0][0].startswith(b"HTTP/1.1 400")


def test_a_request_with_a_body_is_no_repeated_poll(server):
    sid = RawPolling(server.port).join().sid
    for number in range(3):
        with PollingClient(server.port, sid) as client:
            client.ask("Content-Length: 5")
            client.socket.sendall(b"GET /")  # would be the beginning of another request
            assert client.answer()[0][0].startswith(b"HTTP/1.1 413")  # what only reads has no body
            assert client.file.read() == b""
            assert open_polls(server) == 0
        with PollingClient(server.port, sid) as client:
            client.ask()
            server.tell(count=1, first=number)
            assert client.numbers() == [number]


def test_a_poll_with_an_upgrade_header_is_passed_to_the_library(server):
    sid = RawPolling(server.port).join().sid
    with PollingClient(server.port, sid) as client:
        for number, offer in enumerate(("h2c", "websocket")):
            client.ask(f"Upgrade: {offer}")
            server.tell(count=1, first=number)
            assert client.answer()[0][0] == b"HTTP/1.1 200 OK"
            assert open_polls(server) == 0


def test_a_client_that_goes_and_comes_back_misses_nothing(server):
    client = client_with_open_poll(server)
    client.__exit__()
    wait_for(lambda: open_polls(server) == 0)
    server.tell(count=3)
    with PollingClient(server.port, client.sid) as again:
        again.ask()
        assert again.numbers() == [0, 1, 2]


def test_a_disconnected_client_gets_the_disconnect_packet(server):
    with client_with_open_poll(server) as client:
        server.ask("/end")
        assert client.answer()[1] == "41"


def test_an_open_poll_is_released_by_an_upgrade_to_websocket(server):
    with client_with_open_poll(server) as client, RawSocket(server.port, client.sid) as upgraded:
        upgraded.say("2probe")
        assert upgraded.frame()[1] == b"3probe"
        assert client.answer()[1] == NOTHING_NEW
        upgraded.say("5")
        wait_for(lambda: server.figures()["writers"] == 1)
        server.tell(count=3)
        assert upgraded.numbers(3) == [0, 1, 2]
        client.ask()
        assert client.answer()[0][0].startswith(b"HTTP/1.1 400")


def test_a_client_that_answers_no_ping_is_disconnected():
    impatient = FanServer("fast", patience=2)
    try:
        with client_with_open_poll(impatient) as client:
            assert client.answer()[1] == "2"
            client.ask()
            assert client.answer()[1] in ("1", "")
            assert open_polls(impatient) == 0
            client.ask()
            assert client.answer()[0][0].startswith(b"HTTP/1.1 400")
        wait_for(lambda: impatient.figures()["held"] == 0)
    finally:
        impatient.stop()


# Whose work is done here in another way: where it has changed, look whether clients still see the same.
REPLACED_CODE = {
    Socket.handle_get_request: "d45c0d8f98840672",
    Socket.poll: "d7d705066fd3b948",
    Payload.encode: "67dab77bf52cf29c",
}


@pytest.mark.parametrize("replaced", REPLACED_CODE, ids=lambda one: one.__qualname__)
def test_the_library_is_as_it_is_known_here(replaced):
    source = inspect.getsource(replaced)
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == REPLACED_CODE[replaced], source
