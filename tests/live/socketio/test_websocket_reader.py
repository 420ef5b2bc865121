"""Fast WebSocket reader: the same messages in whatever pieces they arrive, and pongs recognised."""

import socket
import time
from typing import Any

import pytest

from tests.live.fans import FanServer
from tests.live.raw_sockets import TEXT, Broken, RawSocket
from timely.live.socketio.websocket_reader import WebSocketReader


class Green:
    """A socket as eventlet's, whose waiting is that of the system."""

    def __init__(self, inner: socket.socket) -> None:
        self.inner, self.timeout = inner, 0.2
        self.waited: list[float | None] = []

    def gettimeout(self) -> float | None:
        return self.timeout

    def _trampoline(self, raw: socket.socket, read: bool, timeout: float | None, timeout_exc: Exception) -> None:
        self.waited.append(timeout)
        raw.setblocking(True)
        raw.settimeout(timeout)
        try:
            raw.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            raise timeout_exc from None
        finally:
            raw.setblocking(False)

    def close(self) -> str:
        return "closed"


def masked(text: bytes, mask: bytes = b"\x01\x02\x03\x04", first: int = 0x80 | TEXT) -> bytes:
    body = bytes(one ^ mask[index % 4] for index, one in enumerate(text))
    return bytes([first, 0x80 | len(text)]) + mask + body


@pytest.fixture
def ends() -> Any:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    yield WebSocketReader(Green(ours), ours), theirs
    ours.close()
    theirs.close()


def test_pongs_are_taken_one_by_one_whatever_their_mask(ends):
    incoming, theirs = ends
    theirs.sendall(masked(b"3") + masked(b"3", b"\xff\x00\xff\x00") + masked(b"3", b"3333"))
    assert [incoming.take_pong() for _ in range(3)] == [True] * 3


@pytest.mark.parametrize(
    "frame",
    [
        masked(b"2"),
        masked(b"33"),
        masked(b"3", first=TEXT),  # the beginning of a longer message
        masked(b"3", first=0x82),  # binary
        masked(b"3", first=0x89),  # a ping of WebSocket's own
        b"\x81\x013",  # without a mask
        masked(b"3")[:6],  # not all of it is there
    ],
)
def test_anything_but_a_whole_pong_is_left_for_the_library(ends, frame):
    incoming, theirs = ends
    theirs.sendall(frame)
    assert not incoming.take_pong()
    assert incoming.recv(100) == frame


def test_it_is_read_in_pieces_of_any_size(ends):
    incoming, theirs = ends
    sent = bytes(range(200)) * 50
    theirs.sendall(sent)
    found = b""
    for size in (2, 4, 1, 0, 3_000, 5_000, 1_000):
        found += incoming.recv(size)
    while len(found) < len(sent):
        found += incoming.recv(777)
    assert found == sent
    theirs.close()
    assert incoming.recv(10) == b""
    assert not incoming.take_pong()


def test_reads_have_a_timeout_until_pings_check_the_client(ends):
    incoming, theirs = ends
    with pytest.raises(TimeoutError):
        incoming.recv(1)
    incoming.has_no_timeout = True
    theirs.shutdown(socket.SHUT_WR)
    assert incoming.recv(1) == b""
    assert incoming._green.waited == [0.2]
    assert incoming.close() == "closed"  # all else is the socket's


def test_pongs_in_pieces_and_between_messages_are_recognised():
    server = FanServer("fast", patience=1.5)
    try:
        with RawSocket(server.port).join() as client:
            began, words = time.monotonic(), 0
            while time.monotonic() - began < 5:
                _, body = client.frame()
                if body != b"2":
                    assert body == b'430["room"]'
                    continue
                words += 1
                pong, word = masked(b"3"), masked(b'420["join","room"]')
                if words % 2:
                    client.socket.sendall(pong[:3])
                    time.sleep(0.05)
                    client.socket.sendall(pong[3:] + word)
                else:
                    client.socket.sendall(word + pong)
            assert words >= 3
            with pytest.raises(Broken):  # and without an answer it is over soon
                while True:
                    client.frame()
                    assert time.monotonic() - began < 15
    finally:
        server.stop()
