"""Bodies of requests, on each server: whole in chunks of any size, none on a GET, and of a million pieces not one."""

import os
import time

import pytest

from servers.chunked_body import MOST_CHUNKS
from servers.request_body import READS_IN_A_ROW
from tests.limits.raw_client import rest, try_to_send
from tests.servers.small_server import Small

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and sockets as POSIX has them")

CHUNKED = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
LAST = b"GET /offered HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def chunk(data: bytes, extension: bytes = b"") -> bytes:
    return b"%x%b\r\n%b\r\n" % (len(data), extension, data)


@pytest.mark.parametrize(
    "chunks",
    [
        [b"x" * 11],
        [b"x"] * 11,
        [b"x" * 5, b"y" * 6],
    ],
    ids=len,
)
def test_a_body_in_chunks_is_whole_and_the_next_request_comes_after_it(small: Small, chunks: list[bytes]) -> None:
    sent = CHUNKED + b"".join(chunk(one, b";name=value") for one in chunks) + b"0\r\nX-Trailer: 1\r\n\r\n"
    answers = small.ask(sent + LAST)
    assert answers.count(b"HTTP/1.1 200") == (2 if small.keeps_connections else 1)
    assert b"11 bytes" in answers
    assert (b"nothing" in answers) == small.keeps_connections


def test_a_large_body_in_chunks_is_whole(small: Small) -> None:
    data = chunk(b"x" * 100_000) * 30
    assert b"3000000 bytes" in small.ask(CHUNKED.replace(b"Host: x", b"Connection: close") + data + b"0\r\n\r\n")


@pytest.mark.parametrize("way", ["GET", "HEAD", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("said", ["Content-Length: 5", "Transfer-Encoding: chunked"])
def test_a_body_where_none_belongs_ends_the_connection_unread(small: Small, way: str, said: str) -> None:
    body = b"hello" if "Length" in said else chunk(b"hello") + b"0\r\n\r\n"
    answer = small.ask(f"{way} / HTTP/1.1\r\nHost: x\r\n{said}\r\n\r\n".encode() + body + LAST)
    assert answer.count(b"HTTP/1.1") <= 1
    assert b"200 OK" not in answer


def test_no_body_may_be_said_with_a_get(small: Small) -> None:
    assert b"200 OK" in small.ask(b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@pytest.mark.parametrize(
    "bad",
    [
        b"zz\r\n",
        b"-5\r\n",
        b"\r\n",
        b"0x5\r\n",
        b"5_0\r\n",
        b"11111111111111111\r\n",
        b"5\r\nhelloX\r\n",
        b"5;" + b"x" * 5000,
    ],
)
def test_what_is_no_chunk_ends_the_connection(small: Small, bad: bytes) -> None:
    assert b"nothing" not in small.ask(CHUNKED + bad + b"\r\n" + LAST)


@pytest.mark.parametrize("path", [b"/", b"/offered"], ids=["read", "unread"])
def test_a_million_pieces_are_not_read_and_nobody_waits_for_them(small: Small, path: bytes) -> None:
    attackers = [small.connect(CHUNKED.replace(b"POST /", b"POST " + path)) for _ in range(8)]
    try:
        began = time.process_time()
        for client in attackers:
            client.settimeout(1)
            for _ in range(200):
                if not try_to_send(client, b"1\r\nx\r\n" * 5000):
                    break
        asked = time.monotonic()
        assert b"200 OK" in small.ask(LAST)
        assert time.monotonic() - asked < 2
        for client in attackers:
            rest(client, 2)
        assert time.process_time() - began < 5
    finally:
        for client in attackers:
            client.close()


def test_a_body_of_as_many_pieces_as_may_be_is_read(small: Small) -> None:
    pieces = b"1\r\nx\r\n" * (MOST_CHUNKS - 1) + b"0\r\n\r\n"
    assert f"{MOST_CHUNKS - 1} bytes".encode() in small.ask(CHUNKED + pieces + LAST)
    assert b"nothing" not in small.ask(CHUNKED + b"1\r\nx\r\n" + pieces + LAST)
    assert READS_IN_A_ROW < MOST_CHUNKS


def test_who_waits_for_a_word_before_sending_gets_it(small: Small) -> None:
    client = small.connect(b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
    client.settimeout(5)
    assert client.recv(1000).startswith(b"HTTP/1.1 100")
    client.sendall(b"hello")
    assert b"5 bytes" in rest(client)
    client.close()
