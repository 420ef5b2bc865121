"""The links that are shown, and their QR code in a terminal."""

import socket

import pytest

from timely import addresses
from timely.addresses import lan_address, terminal_qr, url, urls


@pytest.mark.parametrize(
    ("host", "port", "link"),
    [
        ("localhost", 8000, "http://localhost:8000/"),
        ("192.168.1.5", 80, "http://192.168.1.5/"),
        ("fd00::1", 8000, "http://[fd00::1]:8000/"),
    ],
)
def test_a_link(host, port, link):
    assert url(host, port) == link


@pytest.mark.parametrize(
    ("host", "links"),
    [
        ("0.0.0.0", ("http://localhost:8000/", "http://10.1.2.3:8000/")),
        ("::", ("http://localhost:8000/", "http://10.1.2.3:8000/")),
        ("127.0.0.1", ("http://localhost:8000/", None)),
        ("localhost", ("http://localhost:8000/", None)),
        ("127.0.0.2", ("http://127.0.0.2:8000/", None)),
        ("192.168.1.5", (None, "http://192.168.1.5:8000/")),
    ],
)
def test_who_reaches_a_server_and_how(monkeypatch, host, links):
    monkeypatch.setattr(addresses, "lan_address", lambda: "10.1.2.3")
    assert urls(host, 8000) == links


def test_without_a_network_there_is_no_link_for_others(monkeypatch):
    monkeypatch.setattr(addresses, "lan_address", lambda: None)
    assert urls("0.0.0.0", 8000) == ("http://localhost:8000/", None)


def test_the_address_is_one_that_can_be_listened_on():
    address = lan_address()
    if address is None:
        pytest.skip("this computer has no network")
    with socket.create_server((address, 0)):
        pass


class Unreachable(socket.socket):
    def connect(self, address):
        raise OSError(101, "Network is unreachable")


class LoopbackOnly(socket.socket):
    def connect(self, address):
        super().connect(("127.0.0.1", 9))


@pytest.mark.parametrize("kind", [Unreachable, LoopbackOnly])
def test_no_network(monkeypatch, kind):
    monkeypatch.setattr(addresses.socket, "socket", kind)
    assert lan_address() is None


def test_blocks_and_ascii_show_the_same_code():
    """Read both back into light and dark modules; blocks hold two rows in one line."""
    text = "http://192.168.1.5:8000/"
    rows = []
    for line in terminal_qr(text).splitlines():
        rows.append([cell in "█▀" for cell in line])
        rows.append([cell in "█▄" for cell in line])
    plain = [
        [line[at] == "#" for at in range(0, len(line), 2)] for line in terminal_qr(text, "ascii").splitlines()
    ]
    assert rows[: len(plain)] == plain
    assert len(plain) == len(plain[0]) == 29  # 25 modules and a light border of two
    assert all(plain[0])


def test_a_terminal_of_unknown_encoding_gets_ascii():
    assert terminal_qr("x", "no-such-encoding") == terminal_qr("x", None) == terminal_qr("x", "ascii")


def test_colours_make_it_right_on_a_light_terminal():
    for line in terminal_qr("x", colours=True).splitlines():
        assert line.startswith("\x1b[97;40m")
        assert line.endswith("\x1b[0m")
