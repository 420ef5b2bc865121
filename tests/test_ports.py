"""Ports of the tests' servers: nobody gets one twice, and a server that loses its own takes another."""

import socket
import subprocess
import sys

import pytest

from config import ROOT
from tests import ports
from tests.browser.server import Server
from tests.engines.processes import Broken
from tests.engines.webdriver import WebDriver

PRINT_PORTS = "from tests.ports import free_port; print(*(free_port() for _ in range(40)), flush=True); input()"


def test_two_processes_beside_each_other_share_no_port(monkeypatch):
    command = [sys.executable, "-c", PRINT_PORTS.replace("import free_port", "import free_port; import tests.ports")]
    command[2] = "import tests.ports; tests.ports.PORTS = range(31_000, 31_100); " + command[2]
    others = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    try:
        given = [port for other in others for port in other.stdout.readline().split()]
    finally:
        for other in others:
            other.communicate("\n", timeout=30)
    assert len(given) == 80
    assert len(set(given)) == 80


def test_a_port_with_a_server_on_it_is_not_free(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        free = ports.free_port()
        monkeypatch.setattr(ports, "DICE", Loaded([number, free]))
        monkeypatch.setattr(ports, "_hold", lambda port: True)
        assert ports.free_port() == free


class Loaded:
    """Dice that fall as they are told to."""

    def __init__(self, numbers):
        self.numbers = list(numbers)

    def choice(self, _):
        return self.numbers.pop(0)


def test_a_server_whose_port_was_lost_takes_another(tmp_path):
    server = Server(tmp_path / "data")
    with socket.create_server(("127.0.0.1", server.port)) as taken:
        try:
            server.start()
            assert server.port != taken.getsockname()[1]
            assert server.url("/").startswith(f"http://127.0.0.1:{server.port}")
        finally:
            server.stop()


def test_a_server_that_screens_know_keeps_its_port_and_says_why(tmp_path):
    server = Server(tmp_path / "data")
    with server:
        pass
    with socket.create_server(("127.0.0.1", server.port)), pytest.raises(RuntimeError, match="taken by another"):
        server.start()


DRIVER = """
import socket, sys, time
try:
    listening = socket.create_server(("127.0.0.1", int(sys.argv[1])))
except OSError as error:
    sys.exit(f"cannot start: {error}" if len(sys.argv) < 3 else "out of paper")
time.sleep(60)
"""


class Driver(WebDriver):
    name = "a driver"

    def __init__(self, folder, *more):
        self.folder, self.more = folder, more

    @classmethod
    def missing(cls):
        return ""

    def command(self, port):
        return [sys.executable, "-c", DRIVER, str(port), *self.more]


@pytest.fixture
def lost():
    """A port that another program holds, without answering on it."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


def test_a_driver_whose_port_was_lost_takes_another(tmp_path, lost, monkeypatch):
    free = ports.free_port()
    given = [lost, free]
    monkeypatch.setattr("tests.engines.webdriver.free_port", lambda: given.pop(0))
    driver = Driver(tmp_path)
    driver.start_driver()
    driver.driver.close()
    assert driver.root == f"http://127.0.0.1:{free}/session"


def test_a_driver_that_cannot_start_says_why(tmp_path, lost):
    with pytest.raises(Broken, match="out of paper"):
        Driver(tmp_path, "--broken").listens_on(lost)
