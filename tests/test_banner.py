"""Banner: the text that the organiser reads in the terminal."""

from itertools import takewhile

from tests.languages.pseudo import PSEUDO, pseudo
from timely import banner as banners
from timely import lan
from timely.banner import Links, banner, few_screens_text, stopped_text
from timely.domain.translation import in_language
from timely.lan import terminal_qr


def in_the_hall(monkeypatch, *found):
    monkeypatch.setattr(lan, "lan_addresses", lambda: list(found))
    monkeypatch.setattr(banners, "local_name", lambda: "laptop.local")
    monkeypatch.setattr(lan, "local_name", lambda: "laptop.local")


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
    in_the_hall(monkeypatch)
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


def test_all_addresses_are_told_and_the_name(monkeypatch):
    in_the_hall(monkeypatch, "192.168.1.5", "10.0.0.7")
    text = banner(Links("0.0.0.0", 8000), None)
    assert "For everybody:       http://192.168.1.5:8000/" in text
    assert "In another network:  http://10.0.0.7:8000/" in text
    assert "By name:             http://laptop.local:8000/ (not on every phone)" in text
    assert "choose the other" in text
    assert terminal_qr("http://192.168.1.5:8000/") in text


def test_the_address_that_was_chosen_is_in_the_code(monkeypatch):
    in_the_hall(monkeypatch, "192.168.1.5", "10.0.0.7")
    assert terminal_qr("http://10.0.0.7:8000/") in banner(Links("0.0.0.0", 8000, chosen="10.0.0.7"), None)
    named = banner(Links("0.0.0.0", 8000, chosen="laptop.local"), None)
    assert terminal_qr("http://laptop.local:8000/") in named
    assert "By name" not in named


def test_every_line_is_in_the_language_of_the_terminal(monkeypatch):
    in_the_hall(monkeypatch, "192.168.1.5", "10.0.0.7")
    with in_language(PSEUDO):
        text = banner(Links("0.0.0.0", 8000, "saturday-cup"), "K7MRT4")
        assert few_screens_text(250) == pseudo("This system lets about %(num)s screens connect at once.") % {"num": 250}
        assert stopped_text() == pseudo("Timely has stopped.")
    for message in ("Timely is running.", "Example event:", "In another network:", "By name:"):
        assert pseudo(message) in text
    assert pseudo("Keep this window open. Stop with Ctrl-C.") in text
    assert pseudo("Set-up code, for making the first account on another device: %(code)s") % {"code": "K7MRT4"} in text
    for message in ("running", "Example", "network", "phone", "page", "code", "window"):
        assert message not in text


def test_links_stand_below_each_other_in_any_language(monkeypatch):
    in_the_hall(monkeypatch, "192.168.1.5", "10.0.0.7")
    with in_language(PSEUDO):
        lines = banner(Links("0.0.0.0", 8000), None).splitlines()[3:]
    rows = list(takewhile(bool, lines))
    assert len(rows) == 4
    assert len({line.index("http") for line in rows[:3]}) == 1


def test_letters_that_the_terminal_lacks_do_not_keep_it_from_starting(monkeypatch):
    in_the_hall(monkeypatch, "192.168.1.5")
    with in_language(PSEUDO):
        text = banner(Links("0.0.0.0", 8000), "K7MRT4", "ascii")
    assert text.isascii()
    assert "http://192.168.1.5:8000/" in text
    assert "K7MRT4" in text
