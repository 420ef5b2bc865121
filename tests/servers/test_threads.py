"""The server of real threads: where there is no thread, who takes nothing, and what comes after a WebSocket."""

import socket
import threading
import time

import pytest
from simple_websocket import Server

from servers import threaded_server, timeouts
from servers.listener import listen

closed = []


class Answer(list):
    def close(self):
        closed.append(self)


def app(environ, start_response):
    if environ["PATH_INFO"] == "/ws":
        ws = Server(environ)
        ws.send("hello")
        ws.close()
        start_response("200 OK", [])  # as flask-sock does
        return Answer([b"stray"])
    body = b"x" * (50_000_000 if environ["PATH_INFO"] == "/large" else 3)
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def listener():
    opened = listen("127.0.0.1", 0)
    yield opened
    opened.shut()


def ask(listener, path="/"):
    client = socket.create_connection(listener.getsockname(), timeout=5)
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    return client


def answer(client):
    try:
        return client.makefile("rb").read()
    except ConnectionError:
        return b""


def test_whoever_gets_no_thread_is_hung_up_on_and_the_next_one_is_answered(listener, monkeypatch, caplog):
    real, refused = threading.Thread.start, []

    def start(thread):
        if thread.name != "listener" and not refused:
            refused.append(thread)
            raise RuntimeError("can't start new thread")
        real(thread)

    monkeypatch.setattr(threading.Thread, "start", start)
    threaded_server.begin(app, listener, 1)  # one place, which the refused one must give back
    with ask(listener) as first:
        assert answer(first) == b""
    with ask(listener) as second:
        assert answer(second).endswith(b"\r\n\r\nxxx")
    assert "No room for one more connection (can't start new thread)" in caplog.text


def test_whoever_does_not_read_the_answer_gives_the_place_back(listener, monkeypatch):
    monkeypatch.setattr(timeouts, "SEND_SECONDS", 0.3)
    threaded_server.begin(app, listener, 1)
    with ask(listener, "/large"):
        began = time.monotonic()
        with ask(listener) as other:
            assert answer(other).endswith(b"\r\n\r\nxxx")
        assert 0.2 < time.monotonic() - began < 3


def test_no_answer_comes_after_a_websocket_and_the_place_is_free(listener, caplog):
    threaded_server.begin(app, listener, 1)
    upgrade = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    with socket.create_connection(listener.getsockname(), timeout=5) as client:
        client.sendall(f"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n{upgrade}\r\n".encode())
        received = answer(client)
    assert received.startswith(b"HTTP/1.1 101")
    assert received.endswith(b"\r\n\r\n\x81\x05hello\x88\x02\x03\xe8")
    with ask(listener) as other:  # in the one place that there is
        assert answer(other).endswith(b"\r\n\r\nxxx")
    assert len(closed) == 1
    assert caplog.text == ""


@pytest.mark.parametrize(
    "bad", ["Content-Length: 3\r\nContent-Length: 3", "Content-Length: +3", "Transfer-Encoding: gzip"]
)
def test_a_body_of_which_nobody_knows_the_end_is_refused(listener, bad):
    threaded_server.begin(app, listener, 1)
    with socket.create_connection(listener.getsockname(), timeout=5) as client:
        client.sendall(f"POST / HTTP/1.1\r\nHost: x\r\n{bad}\r\n\r\nabc".encode())
        assert answer(client).startswith(b"HTTP/1.1 400")
