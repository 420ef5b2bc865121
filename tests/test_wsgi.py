"""The server itself, in a process of its own: deadlines, streams, silence, a full house, and how it stops."""

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from config import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and sockets as POSIX has them")

# The server with a small app in Timely's place and short deadlines, so that the suite need not wait.
SMALL = """
import wsgi  # first, for it patches
import logging, os, sys, time

wsgi.HEAD_SECONDS = wsgi.KEEP_ALIVE_SECONDS = wsgi.BODY_SECONDS = 0.5
logging.basicConfig()

def app(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/boom":
        raise RuntimeError("our fault")
    start_response("200 OK", [("Content-Type", "text/plain")])
    if path == "/stream":
        return stream()
    if path == "/offered":
        return [environ.get("HTTP_SEC_WEBSOCKET_EXTENSIONS", "nothing").encode()]
    try:
        return [b"%d bytes" % len(environ["wsgi.input"].read())]
    except TimeoutError:
        return [b"too slow"]

def stream():
    while True:
        yield b"x"
        time.sleep(0.05)

door = wsgi.listen("127.0.0.1", 0)
print(door.getsockname()[1], flush=True)
wsgi.eventlet.spawn(wsgi.serve, app, door, int(sys.argv[1]))
wsgi.wait_for_stop()
os._exit(0)
"""


class Small:
    """A running small server."""

    def __init__(self, room="100"):
        self.process = subprocess.Popen(
            [sys.executable, "-c", SMALL, room],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.port = int(self.process.stdout.readline())

    def connect(self, sent: bytes = b"") -> socket.socket:
        client = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        client.sendall(sent)
        return client

    def ask(self, sent: bytes) -> bytes:
        with self.connect(sent) as client:
            return client.makefile("rb").read()

    def stop(self) -> str:
        """What it said to standard error."""
        self.process.terminate()
        return self.process.communicate(timeout=5)[1]


@pytest.fixture(scope="module")
def small():
    server = Small()
    yield server
    server.stop()


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


GET = b"GET %s HTTP/1.1\r\nHost: localhost\r\n"


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


def test_what_clients_do_is_not_reported_and_our_own_faults_are():
    server = Small()
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


def test_when_there_is_no_room_newcomers_wait_and_get_in_when_somebody_leaves():
    import resource

    server = Small(room="200")
    open_now = len(os.listdir(f"/proc/{server.process.pid}/fd")) if os.path.isdir("/proc") else 12
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if not hasattr(resource, "prlimit"):
        server.stop()
        pytest.skip("limits of another process are Linux's")
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (open_now + 10, hard))
    crowd = [server.connect(GET % b"/stream" + b"\r\n") for _ in range(30)]
    time.sleep(0.3)
    for client in crowd:
        client.close()
    assert server.ask(GET % b"/" + b"Connection: close\r\n\r\n").endswith(b"0 bytes")
    said = server.stop()
    assert server.process.returncode == 0
    assert said.count("No room for one more connection") == 1
    assert "Traceback" not in said


def test_clients_that_hang_up_at_the_door_do_not_end_the_server():
    """The listening socket fails in every way that a client can make it fail, and then lets one in."""
    code = """
import wsgi
import errno
class Listening:
    failures = [errno.ECONNRESET, errno.ECONNABORTED, errno.EPROTO, errno.EMFILE, errno.ENOBUFS, errno.EINTR]
    def accept(self):
        if self.failures:
            raise OSError(self.failures.pop(0), "no")
        return "client", "address"
print(wsgi.Door(Listening()).accept())
"""
    asked = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert asked.stdout == "('client', 'address')\n"
    assert "deprecated" not in asked.stderr


def test_as_many_files_as_spectators_are_asked_for():
    code = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
import wsgi
print(wsgi.room_for_screens(), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""
    asked = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30)
    screens, soft, hard = map(int, asked.stdout.split())
    wanted = 10_150 if hard == -1 else min(hard, 10_150)
    assert soft >= min(wanted, 4_096)
    assert screens == min(10_000, soft - 150)


# Timely itself


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Timely:
    """A running Timely on a data folder of its own."""

    def __init__(self, data_dir, port=None):
        self.port = port or free_port()
        self.environ = {
            **os.environ,
            "TIMELY_DATA_DIR": str(data_dir),
            "TIMELY_PORT": str(self.port),
            "TIMELY_HOST": "127.0.0.1",
            "TIMELY_OPEN_BROWSER": "0",
            "TIMELY_DEMO": "0",
        }
        self.environ.pop("TIMELY_DATABASE_URL", None)
        self.process = self.start()

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, str(ROOT / "wsgi.py")],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def until_it_answers(self) -> "Timely":
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                    assert json.load(answer) == {"status": "ok"}
                    return self
            except OSError:
                assert self.process.poll() is None, self.process.communicate()
                time.sleep(0.05)
        raise AssertionError("it never answered")

    def follow(self) -> socket.socket:
        """An open WebSocket of Socket.IO."""
        client = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        client.sendall(
            GET % b"/socket.io/?EIO=4&transport=websocket"
            + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
        )
        return client


@pytest.fixture
def timely(tmp_path):
    server = Timely(tmp_path / "data").until_it_answers()
    yield server
    server.process.kill()
    server.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_once_with_followers_and_exit_code_0(timely, number):
    with closing(timely.follow()) as follower:
        handshake = follower.recv(1000)
        assert handshake.startswith(b"HTTP/1.1 101")
        assert b"permessage-deflate" not in handshake
        began = time.monotonic()
        timely.process.send_signal(number)
        shown, said = timely.process.communicate(timeout=5)
        assert time.monotonic() - began < 2
    assert timely.process.returncode == 0
    assert said == "Timely has stopped.\n"
    left = {path.name for path in Path(timely.environ["TIMELY_DATA_DIR"]).iterdir()}
    assert left == {"secret.key", "timely.sqlite3"}  # no -wal: the database may be copied as it is
    assert f"http://localhost:{timely.port}/" in shown
    assert "Set-up code" in shown
    assert "Ctrl-C" in shown


def test_after_a_pulled_plug_it_is_back_on_the_same_port(timely):
    with closing(timely.follow()) as follower:
        follower.recv(1000)
        timely.process.kill()
        timely.process.communicate()
        timely.process = timely.start()
        timely.until_it_answers()


def test_a_second_one_on_the_same_port_is_refused(timely):
    second = timely.start()
    shown, said = second.communicate(timeout=30)
    assert second.returncode == 1
    assert shown == ""
    assert said.startswith(f"Timely is already running at http://127.0.0.1:{timely.port}/.")
    assert len(said.splitlines()) == 1


def test_a_setting_that_cannot_be_is_a_sentence(tmp_path):
    environ = {**os.environ, "TIMELY_DATA_DIR": str(tmp_path), "TIMELY_LOG_LEVEL": "loud"}
    asked = subprocess.run(
        [sys.executable, str(ROOT / "wsgi.py")], env=environ, capture_output=True, text=True, timeout=30
    )
    assert asked.returncode == 1
    assert asked.stderr.startswith("TIMELY_LOG_LEVEL must be one of")
    assert len(asked.stderr.splitlines()) == 1


def test_a_database_that_is_none_is_a_sentence(tmp_path):
    (tmp_path / "timely.sqlite3").write_bytes(b"something else" * 1000)
    server = Timely(tmp_path)
    shown, said = server.process.communicate(timeout=30)
    assert server.process.returncode == 1
    assert shown == ""
    assert "timely.sqlite3" in said
    assert "Traceback" not in said
