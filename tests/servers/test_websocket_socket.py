"""A WebSocket's frames go out whole or not at all, and nobody closes what somebody is still waiting for."""

import socket
import threading
import time

import pytest
from simple_websocket import Server

from servers.threaded_server import WebSocketFrames
from servers.websocket_socket import WholeFrames

SMALL_BUFFER = 4096
ENVIRON = {
    "HTTP_HOST": "x",
    "HTTP_UPGRADE": "websocket",
    "HTTP_CONNECTION": "Upgrade",
    "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
    "HTTP_SEC_WEBSOCKET_VERSION": "13",
}


def pair():
    """Both ends of a connection on this computer, as a client's is."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        client = socket.create_connection(door.getsockname(), timeout=5)
        ours, _ = door.accept()
    return ours, client


@pytest.fixture
def ends():
    """(ours, the client's), with hardly any room in between."""
    ours, client = pair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER)
    ours.settimeout(0.3)
    yield ours, client
    ours.close()
    client.close()


def frames_of(ours):
    return WebSocketFrames(ours, ours.sendall)


def test_frames_of_several_threads_do_not_mix(ends):
    ours, client = ends
    frames = frames_of(ours)
    threads = [threading.Thread(target=frames.send, args=(letter * 50_000,)) for letter in (b"a", b"b", b"c")]
    for thread in threads:
        thread.start()
    received = b""
    while len(received) < 150_000:
        received += client.recv(10_000)
    for thread in threads:
        thread.join()
    assert sorted(received[at : at + 50_000] for at in (0, 50_000, 100_000)) == [
        letter * 50_000 for letter in (b"a", b"b", b"c")
    ]


def test_whoever_takes_nothing_is_given_up_and_gets_no_second_half(ends):
    ours, client = ends
    frames = frames_of(ours)
    began = time.monotonic()
    with pytest.raises(BrokenPipeError):  # whichever the system's choice is
        frames.send(b"a" * 20_000_000)
    assert 0.2 < time.monotonic() - began < 10
    received = len(client.recv(100_000))
    with pytest.raises(BrokenPipeError):
        frames.send(b"b")
    ours.close()
    while piece := client.recv(100_000):
        assert set(piece) == set(b"a")
        received += len(piece)
    assert received < 20_000_000


def test_whoever_takes_a_little_now_and_then_is_given_up_too(ends):
    ours, client = ends
    frames = frames_of(ours)
    is_over = threading.Event()

    def sip():
        while not is_over.wait(0.05):
            client.recv(1000)

    sipping = threading.Thread(target=sip)
    sipping.start()
    began = time.monotonic()
    with pytest.raises(BrokenPipeError):  # whichever the system's choice is
        frames.send(b"a" * 20_000_000)
    assert time.monotonic() - began < 10
    is_over.set()
    sipping.join()


def test_letting_go_waits_for_the_librarys_reader(ends):
    """Both readers: the one that waits for a message, and the one that sends a ping now and then."""
    for ping_interval in (None, 25):
        ours, client = pair()
        frames = WholeFrames(ours, ours.sendall)
        ws = Server({**ENVIRON, "werkzeug.socket": frames}, ping_interval=ping_interval)
        assert frames.is_used
        began = time.monotonic()
        frames.let_go()
        ws.thread.join(5)
        assert not ws.thread.is_alive()
        assert time.monotonic() - began < 5
        assert ours.fileno() != -1  # closing is the server's
        assert client.recv(1000).startswith(b"HTTP/1.1 101")
        assert client.recv(1000) == b""
        ours.close()
        client.close()


def test_a_connection_that_was_no_websocket_is_let_go_at_once(ends):
    ours, client = ends
    frames_of(ours).let_go()
    ours.sendall(b"still open")
    assert client.recv(100) == b"still open"


def test_whoever_takes_nothing_is_read_no_more(ends):
    ours, _ = ends
    frames = frames_of(ours)
    heard = []
    reader = threading.Thread(target=lambda: heard.append(frames.recv(10)))
    reader.start()
    with pytest.raises(BrokenPipeError):
        frames.send(b"a" * 20_000_000)
    reader.join(5)
    assert heard == [b""]


def test_a_silent_client_is_listened_to_until_it_was_told_goodbye(ends):
    ours, client = ends
    ours.settimeout(0.05)
    frames = frames_of(ours)
    threading.Timer(0.3, client.sendall, (b"late",)).start()
    assert frames.recv(10) == b"late"
    frames.send(b"\x88\x02\x03\xe8")
    assert frames.recv(10) == b""
