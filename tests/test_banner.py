"""What the organiser reads in the terminal."""

from timely import addresses
from timely.addresses import terminal_qr
from timely.banner import Links, banner


def in_the_hall(monkeypatch, address):
    monkeypatch.setattr(addresses, "lan_address", lambda: address)


def test_links_code_and_how_to_stop(monkeypatch):
    in_the_hall(monkeypatch, "192.168.1.5")
    text = banner(Links("0.0.0.0", 8000), "K7MRT4")
    assert "On this computer:  http://localhost:8000/" in text
    assert "For everybody:     http://192.168.1.5:8000/" in text
    assert terminal_qr("http://192.168.1.5:8000/") in text
    assert "K7MRT4" in text
    assert "Stop with Ctrl-C" in text
    assert Links("0.0.0.0", 8000).first == "http://localhost:8000/"


def test_once_there_is_an_administrator_no_code_is_shown(monkeypatch):
    in_the_hall(monkeypatch, "192.168.1.5")
    assert "code" not in banner(Links("0.0.0.0", 8000), None)


def test_without_a_network_the_banner_says_what_to_do(monkeypatch):
    in_the_hall(monkeypatch, None)
    assert "Join the club's Wi-Fi" in banner(Links("0.0.0.0", 8000), None)


def test_for_this_computer_alone():
    text = banner(Links("127.0.0.1", 8000), None)
    assert "Only this computer" in text
    assert "Wi-Fi" not in text


def test_one_address_alone():
    text = banner(Links("192.168.1.5", 8000), None)
    assert "On this computer" not in text
    assert "http://192.168.1.5:8000/" in text
    assert Links("192.168.1.5", 8000).first == "http://192.168.1.5:8000/"


def test_a_terminal_without_blocks_can_print_it(monkeypatch):
    in_the_hall(monkeypatch, "192.168.1.5")
    assert banner(Links("0.0.0.0", 8000), "K7MRT4", "ascii").isascii()


def test_the_example_event_is_what_the_browser_opens(monkeypatch):
    in_the_hall(monkeypatch, "192.168.1.5")
    links = Links("0.0.0.0", 8000, "saturday-cup")
    assert links.first == "http://localhost:8000/events/saturday-cup/"
    assert links.first in banner(links, None)
    assert "Example" not in banner(Links("0.0.0.0", 8000), None)
