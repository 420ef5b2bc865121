"""Connections at the limits of a server: files, places, addresses."""

import os
import subprocess
import sys
import time

import pytest

from config import ROOT
from tests.servers.small_server import GET, Small

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and sockets as POSIX has them")


def test_when_there_is_no_room_newcomers_wait_and_get_in_when_somebody_leaves(mode):
    import resource

    server = Small(mode, room=200)
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
from servers.listener import Listener
import errno
class Listening:
    failures = [errno.ECONNRESET, errno.ECONNABORTED, errno.EPROTO, errno.EMFILE, errno.ENOBUFS, errno.EINTR]
    def accept(self):
        if self.failures:
            raise OSError(self.failures.pop(0), "no")
        return "client", ("127.0.0.1", 4000)
print(Listener(Listening()).accept())
"""
    asked = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert asked.stdout == "('client', ('127.0.0.1', 4000))\n"


def test_as_many_files_as_spectators_are_asked_for():
    code = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
from servers.connection_limit import connection_limit
print(connection_limit(10_000), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""
    asked = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30)
    screens, soft, hard = map(int, asked.stdout.split())
    wanted = 10_150 if hard == -1 else min(hard, 10_150)
    assert soft >= min(wanted, 4_096)
    assert screens == min(10_000, soft - 150)


def test_whoever_is_not_let_in_is_hung_up_on_and_whoever_leaves_makes_room(mode):
    server = Small(mode, guests=2)
    inside = [server.connect(GET % b"/stream" + b"\r\n") for _ in range(2)]
    assert all(client.recv(100).startswith(b"HTTP/1.1 200") for client in inside)
    with server.connect() as third:
        assert third.makefile("rb").read() == b"HTTP/1.1 429 No\r\n\r\n"
    for client in inside:
        client.close()
    for _ in range(40):
        time.sleep(0.05)
        try:
            if server.ask(GET % b"/" + b"Connection: close\r\n\r\n").endswith(b"0 bytes"):
                break
        except ConnectionError:
            continue
    else:
        raise AssertionError("nobody was let in again")
    server.stop()


def test_a_full_house_lets_newcomers_wait(mode):
    server = Small(mode, room=2)
    inside = [server.connect(GET % b"/stream" + b"\r\n") for _ in range(2)]
    assert all(client.recv(100).startswith(b"HTTP/1.1 200") for client in inside)
    with server.connect(GET % b"/" + b"Connection: close\r\n\r\n") as third:
        third.settimeout(0.3)
        with pytest.raises(TimeoutError):
            third.recv(100)
        for client in inside:
            client.close()
        third.settimeout(5)
        assert third.makefile("rb").read().endswith(b"0 bytes")
    server.stop()
