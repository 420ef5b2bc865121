"""`wsgi.py` in a process of its own, on each server: how it starts, what it refuses, how it stops."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from config import ASYNC_MODES, ROOT
from tests import modes
from tests.languages.folders import add_language, entry
from tests.ports import free_port

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and sockets as POSIX has them")

RUN = "import runpy; runpy.run_path('wsgi.py', run_name='__main__')"
GET = b"GET %s HTTP/1.1\r\nHost: localhost\r\n"


class Timely:
    """A running Timely on a data folder of its own."""

    def __init__(self, data_dir, port=None, mode="eventlet", hidden="", before="", **environ):
        self.port = port or free_port()
        # As if the package of that name were not installed.
        self.before = f"import sys; sys.modules[{hidden!r}] = None; " if hidden else before
        self.environ = {
            **os.environ,
            "TIMELY_DATA_DIR": str(data_dir),
            "TIMELY_PORT": str(self.port),
            "TIMELY_HOST": "127.0.0.1",
            "TIMELY_OPEN_BROWSER": "0",
            "TIMELY_DEMO": "0",
            "TIMELY_ASYNC_MODE": mode,
            "LC_ALL": "C.UTF-8",
            **environ,
        }
        self.environ.pop("TIMELY_DATABASE_URL", None)
        self.process = self.start()

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-c", self.before + RUN],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def until_it_answers(self) -> "Timely":
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                    assert json.load(answer)["status"] == "ok"
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


@pytest.fixture(params=ASYNC_MODES)
def timely(request, tmp_path):
    modes.require(request.param)
    server = Timely(tmp_path / "data", mode=request.param)
    try:
        yield server.until_it_answers()
    finally:
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


def test_the_terminal_is_spoken_to_in_the_systems_language(tmp_path):
    folder = tmp_path / "translations"
    words = {"Keep this window open. Stop with Ctrl-C.": "Fenster offen lassen.", "Timely has stopped.": "Schluss."}
    add_language(folder, "de", "".join(entry(message, text) for message, text in words.items()))
    before = (
        "import pathlib; from timely.languages import available; "
        f"available.find_languages.__defaults__ = (pathlib.Path({str(folder)!r}),); "
    )
    server = Timely(tmp_path / "data", mode="threading", before=before, LC_ALL="de_AT.UTF-8")
    try:
        server.until_it_answers().process.send_signal(signal.SIGTERM)
        shown, said = server.process.communicate(timeout=10)
    finally:
        server.process.kill()
    assert shown.rstrip().endswith("Fenster offen lassen.")
    assert said == "Schluss.\n"


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


def test_a_server_that_there_is_none_of_is_a_sentence(tmp_path):
    shown, said = Timely(tmp_path, mode="asyncio").process.communicate(timeout=30)
    assert (shown, said) == ("", "TIMELY_ASYNC_MODE must be one of eventlet, gevent, threading, not 'asyncio'.\n")


def test_a_server_that_is_not_installed_is_a_sentence(tmp_path):
    server = Timely(tmp_path / "data", mode="gevent", hidden="gevent")
    shown, said = server.process.communicate(timeout=30)
    assert server.process.returncode == 1
    assert shown == ""
    assert said.startswith("TIMELY_ASYNC_MODE needs the Python package gevent, which is not installed.")
    assert "requirements-large.txt" in said
    assert len(said.splitlines()) == 1
