"""Limits set so low that a test can reach them, on a real server; loopback counts like any address."""

import contextlib
import json
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from tests.browser.server import Server
from tests.limits import raw_client
from tests.limits.raw_client import event, frame, join, upgrade
from tests.transports.conftest import LeagueServer

MOST_CONNECTIONS, MAX_TOPICS = 12, 10
PLAIN = "/ws/stream/"
SAID = 60  # far more than the burst of ten that two a second allow


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LeagueServer]:
    data_dir = tmp_path_factory.mktemp("small") / "data"
    data_dir.mkdir()
    limits = {
        "TIMELY_CONNECTIONS_PER_ADDRESS": str(MOST_CONNECTIONS),
        "TIMELY_TOPICS_PER_CONNECTION": str(MAX_TOPICS),
        "TIMELY_MESSAGES_PER_SECOND": "2",
        "TIMELY_READS_PER_MINUTE": "60",
    }
    with Server(data_dir, **limits) as server:
        yield LeagueServer(server)


@pytest.fixture
def port(small: LeagueServer) -> int:
    """Of the server, once those of the test before have been let go."""
    wait_for_room(small.server.port)
    return small.server.port


def asked(port: int) -> bytes:
    return raw_client.ask(port, raw_client.request("/healthz", "GET", "Connection: close"))


def wait_for_room(port: int) -> None:
    """That a stream has gone is known at a heartbeat, or the next: they come every ten seconds."""
    give_up_at = time.monotonic() + 40
    while b" 200 " not in asked(port).partition(b"\r\n")[0]:
        assert time.monotonic() < give_up_at, "nobody was let in again"
        time.sleep(0.1)


def stream(port: int) -> socket.socket:
    """An event stream that has begun."""
    client = raw_client.connect(port, raw_client.request("/api/stream/?topics=events"))
    assert b" 200 " in client.recv(4096).partition(b"\r\n")[0]
    return client


OPENED: dict[str, Callable[[int], socket.socket]] = {
    "nothing said": raw_client.connect,
    "Socket.IO": join,
    "plain WebSocket": lambda port: upgrade(port, PLAIN),
    "event stream": stream,
}


@pytest.mark.parametrize("kind", OPENED)
def test_the_connection_too_many_is_refused_until_one_leaves(port: int, kind: str) -> None:
    clients: list[socket.socket] = []
    try:
        clients += [OPENED[kind](port) for _ in range(MOST_CONNECTIONS)]
        refused = asked(port)
        assert refused.startswith(b"HTTP/1.1 429 ")
        head, _, body = refused.partition(b"\r\n\r\n")
        assert b"Retry-After: 10" in head
        assert json.loads(body)["error"]["code"] == "too_many_connections"
        with contextlib.suppress(OSError):
            clients[0].shutdown(socket.SHUT_RDWR)
        clients.pop(0).close()
        wait_for_room(port)
    finally:
        raw_client.close_all(clients)


@pytest.mark.parametrize("kind", ["Socket.IO", "plain WebSocket"])
def test_too_many_messages_get_an_error(port: int, kind: str) -> None:
    client = OPENED[kind](port)
    said = event("ping", {}) if kind == "Socket.IO" else frame(json.dumps({"type": "ping"}).encode())
    try:
        client.sendall(said * SAID)
        heard = raw_client.rest(client, 5)
    finally:
        client.close()
    assert b'"too_many_messages"' in heard
    assert 0 < heard.count(b'"pong"') < SAID


def test_too_many_topics_get_an_error(small: LeagueServer, port: int) -> None:
    events = [small.new_league() for _ in range(4)]
    topics = [f"event_{one}_{part}" for one in events for part in ("results", "schedule", "announcements")]
    assert len(topics) > MAX_TOPICS
    client = join(port)
    try:
        client.sendall(event("subscribe", {"topics": topics}, 7))
        heard = raw_client.rest(client, 5)
    finally:
        client.close()
    assert b'"too_many_topics"' in heard
    answer = raw_client.ask(
        port, raw_client.request(f"/api/stream/?topics={','.join(topics)}", "GET", "Connection: close")
    )
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b'"too_many_topics"' in answer


@pytest.mark.parametrize("name", ["connect", "disconnect"])
def test_an_event_that_only_the_server_has_ends_the_connection(port: int, name: str) -> None:
    """A client that says "connect" would be one that has used up nothing of its limits."""
    client = join(port)
    client.settimeout(10)
    client.sendall(event(name, {"REMOTE_ADDR": "192.0.2.1"}))
    while client.recv(4096):
        pass
    client.close()


def test_the_api_sends_retry_after(port: int) -> None:
    for number in range(70):
        address = f"/api/events/1/poll/?topics=event&n={number}"
        answer = raw_client.ask(port, raw_client.request(address, "GET", "Connection: close"))
    assert answer.startswith(b"HTTP/1.1 429 ")
    assert b"Retry-After: " in answer
    assert b'"too_many_requests"' in answer
