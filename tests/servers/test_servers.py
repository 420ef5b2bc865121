"""Each server in a process of its own, with a small app: deadlines, streams, silence."""

import os
import socket
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from config import ROOT
from tests.servers.small_server import GET, Small

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and sockets as POSIX has them")


def drip(client: socket.socket, drop: bytes) -> tuple[bytes, float]:
    """What a client receives that sends a drop now and then for ever, and how long it was listened to."""
    began, received = time.monotonic(), b""
    client.settimeout(0.1)
    while time.monotonic() - began < 5:
        try:
            client.sendall(drop)
            if not (got := client.recv(10_000)):
                break
            received += got
        except TimeoutError:
            continue
        except OSError:
            break
    return received, time.monotonic() - began


def test_an_answer(small):
    answer = small.ask(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc")
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.endswith(b"3 bytes")


@pytest.mark.parametrize("beginning", [b"", b"G", b"GET / HTTP/1.1\r\nHost: "])
def test_a_slow_head_does_not_hold_a_place(small, beginning):
    with small.connect(beginning) as client:
        _, seconds = drip(client, b"x")
    assert seconds < 3


def test_a_connection_without_a_request_is_closed(small):
    with small.connect() as client:
        assert client.recv(10) == b""


@pytest.mark.parametrize(
    ("head", "drop"), [(b"Content-Length: 500", b"x"), (b"Transfer-Encoding: chunked", b"1\r\nx\r\n")]
)
def test_a_slow_body_does_not_hold_a_place(small, head, drop):
    with small.connect(b"POST / HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n") as client:
        received, seconds = drip(client, drop)
    assert received.endswith(b"too slow")
    assert b"Connection: close" in received
    assert seconds < 3


def test_whoever_offers_http_2_is_understood_all_the_same(small):
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n"
    first = b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n" + offer + b"\r\nabc"
    answers = small.ask(first + GET % b"/" + b"Connection: close\r\n\r\n")
    assert b"3 bytes" in answers
    assert answers.endswith(b"0 bytes" if small.keeps_connections else b"3 bytes")


def test_whoever_asks_without_end_keeps_nobody_waiting(small):
    until = time.monotonic() + 3

    def ask(client: socket.socket) -> None:
        with suppress(OSError):
            while time.monotonic() < until:
                client.sendall((GET % b"/" + b"\r\n") * 500)

    def read(client: socket.socket) -> None:
        with suppress(OSError):
            while time.monotonic() < until and client.recv(1_000_000):
                pass

    with small.connect() as greedy:
        threads = [threading.Thread(target=work, args=(greedy,), daemon=True) for work in (ask, read)]
        for thread in threads:
            thread.start()
        time.sleep(0.2)
        began = time.monotonic()
        for _ in range(3):
            assert small.ask(GET % b"/" + b"Connection: close\r\n\r\n").endswith(b"0 bytes")
        assert time.monotonic() - began < 1.5
        with suppress(OSError):  # threads have ended it after the first answer
            greedy.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(5)


def test_a_stream_arrives_bit_by_bit(small):
    began = time.monotonic()
    with small.connect(GET % b"/stream" + b"\r\n") as client, client.makefile("rb") as answer:
        while answer.readline() != b"\r\n":
            pass
        assert [answer.readline() for _ in range(4)] == [b"1\r\n", b"x\r\n"] * 2
    assert time.monotonic() - began < 1


def test_websockets_are_not_compressed(small):
    offer = b"Sec-WebSocket-Extensions: permessage-deflate\r\nConnection: close\r\n\r\n"
    assert small.ask(GET % b"/offered" + offer).endswith(b"nothing")


def test_what_clients_do_is_not_reported_and_our_own_faults_are(mode):
    server = Small(mode)
    assert b"500" in server.ask(GET % b"/boom" + b"\r\n").splitlines()[0]
    assert b"our fault" not in server.ask(GET % b"/boom" + b"\r\n")  # no traceback for strangers
    server.ask(b"NONSENSE\r\n\r\n")
    server.ask(GET % b"/" + b"X: " + b"x" * 20_000 + b"\r\n\r\n")
    server.ask(b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")
    for rude in (
        b"",
        b"GET / HT",
        GET % b"/",
        GET % b"/stream" + b"\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n",
    ):
        client = server.connect(rude)
        time.sleep(0.1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()  # with a reset
    time.sleep(0.2)
    said = server.stop()
    assert said.count("A request broke off") == 2
    assert said.count("RuntimeError: our fault") == 2
    assert said.count("Traceback") == 2


def test_nobody_reads_that_eventlet_is_deprecated():
    code = "import servers; servers.choose('eventlet')"
    asked = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert (asked.returncode, asked.stderr) == (0, "")


def test_one_connection_takes_several_requests(small):
    """Also when the app has read nothing of a body: the next request comes after it. On threads it takes one."""
    post = b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
    two = post % b"/offered" + b"\r\nabcde" + post % b"/" + b"\r\nabcde"
    received = small.ask(two + GET % b"/" + b"Connection: close\r\n\r\n")
    if not small.keeps_connections:
        assert received.count(b"HTTP/1.1") == received.count(b"Connection: close") == 1
        assert received.endswith(b"nothing")
        return
    assert received.count(b"HTTP/1.1 200 OK") == 3
    assert [received.count(said) for said in (b"nothing", b"5 bytes", b"0 bytes")] == [1, 1, 1]


def test_a_body_in_chunks(small):
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    assert small.ask(head + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").endswith(b"5 bytes")


def test_a_program_that_speaks_the_old_http_is_answered(small):
    answer = small.ask(b"GET / HTTP/1.0\r\n\r\n")
    assert b"200 OK" in answer.splitlines()[0]
    assert answer.endswith(b"0 bytes")
    assert b"chunked" not in answer
