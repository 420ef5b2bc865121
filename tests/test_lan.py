"""The links that are shown, and their QR code in a terminal."""

import socket

import ifaddr
import pytest

from timely import lan
from timely.lan import in_order, is_this_computer, lan_address, lan_addresses, local_name, terminal_qr, url, urls


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
        ("0.0.0.0", ("http://localhost:8000/", ["http://10.1.2.3:8000/", "http://192.168.7.9:8000/"])),
        ("::", ("http://localhost:8000/", ["http://10.1.2.3:8000/", "http://192.168.7.9:8000/"])),
        ("127.0.0.1", ("http://localhost:8000/", [])),
        ("localhost", ("http://localhost:8000/", [])),
        ("127.0.0.2", ("http://127.0.0.2:8000/", [])),
        ("192.168.1.5", (None, ["http://192.168.1.5:8000/"])),
    ],
)
def test_who_reaches_a_server_and_how(monkeypatch, host, links):
    monkeypatch.setattr(lan, "lan_addresses", lambda: ["10.1.2.3", "192.168.7.9"])
    assert urls(host, 8000) == links


@pytest.mark.parametrize(
    ("chosen", "first"),
    [
        (None, "10.1.2.3"),
        ("192.168.7.9", "192.168.7.9"),
        ("192.168.99.99", "10.1.2.3"),  # of another hall
        ("laptop.local", "laptop.local"),
        ("other.local", "10.1.2.3"),
    ],
)
def test_the_address_that_was_chosen_comes_first_while_it_is_there(monkeypatch, chosen, first):
    monkeypatch.setattr(lan, "local_name", lambda: "laptop.local")
    order = in_order(["10.1.2.3", "192.168.7.9"], chosen)
    assert order[0] == first
    assert {"10.1.2.3", "192.168.7.9"} <= set(order)
    assert in_order([], chosen) == []


def test_every_network_of_this_computer_is_found_and_virtual_ones_come_last(monkeypatch):
    def adapter(name, *ips):
        return ifaddr.Adapter(name, name, [ifaddr.IP(ip, 24, name) for ip in ips])

    adapters = [
        adapter("docker0", "172.17.0.1"),
        adapter("lo", "127.0.0.1", ("::1", 0, 0)),
        adapter("eth0", "10.1.2.3", "169.254.7.7"),
        adapter("wlan0", "192.168.7.9", ("fe80::1", 0, 2)),
    ]
    monkeypatch.setattr(ifaddr, "get_adapters", lambda: adapters)
    monkeypatch.setattr(lan, "lan_address", lambda: "192.168.7.9")
    assert lan_addresses() == ["192.168.7.9", "10.1.2.3", "172.17.0.1"]
    monkeypatch.setattr(lan, "lan_address", lambda: None)
    assert lan_addresses() == ["10.1.2.3", "192.168.7.9", "172.17.0.1"]


@pytest.mark.parametrize(("full", "name"), [("Laptop.fritz.box", "laptop.local"), ("localhost", None), ("", None)])
def test_the_name_in_the_network(monkeypatch, full, name):
    monkeypatch.setattr(lan.socket, "gethostname", lambda: full)
    assert local_name() == name


def test_without_a_network_there_is_no_link_for_others(monkeypatch):
    monkeypatch.setattr(lan, "lan_addresses", list)
    assert urls("0.0.0.0", 8000) == ("http://localhost:8000/", [])


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
    monkeypatch.setattr(lan.socket, "socket", kind)
    assert lan_address() is None


def test_blocks_and_ascii_show_the_same_code():
    """Read both back into light and dark modules; blocks hold two rows in one line."""
    text = "http://192.168.1.5:8000/"
    rows = []
    for line in terminal_qr(text).splitlines():
        rows.append([cell in "█▀" for cell in line])
        rows.append([cell in "█▄" for cell in line])
    plain = [[line[at] == "#" for at in range(0, len(line), 2)] for line in terminal_qr(text, "ascii").splitlines()]
    assert rows[: len(plain)] == plain
    assert len(plain) == len(plain[0]) == 29  # 25 modules and a light border of two
    assert all(plain[0])


def test_a_terminal_of_unknown_encoding_gets_ascii():
    assert terminal_qr("x", "no-such-encoding") == terminal_qr("x", None) == terminal_qr("x", "ascii")


def test_colours_make_it_right_on_a_light_terminal():
    for line in terminal_qr("x", colours=True).splitlines():
        assert line.startswith("\x1b[97;40m")
        assert line.endswith("\x1b[0m")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_a_host_that_is_this_computer(host):
    assert is_this_computer(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "192.168.1.5", "::ffff:192.168.1.5", "fe80::1%eth0", "laptop.local"])
def test_a_host_that_others_reach_too(host):
    assert not is_this_computer(host)
