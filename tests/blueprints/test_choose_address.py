"""Choosing which of this computer's addresses the links and QR codes hold."""

import pytest

from tests.conftest import make_user, sign_in

ADDRESSES = ["192.168.1.5", "10.0.0.7"]
SAVE = "/admin/address/"


@pytest.fixture
def in_two_networks(monkeypatch):
    for place in ("timely.blueprints.event_urls", "timely.services.addresses"):
        monkeypatch.setattr(f"{place}.lan_addresses", lambda: list(ADDRESSES))
    for place in ("timely.lan", "timely.services.addresses"):
        monkeypatch.setattr(f"{place}.local_name", lambda: "laptop.local")


@pytest.fixture
def today(app, client, league, in_two_networks, admin):
    app.config["TIMELY_HOST"] = "0.0.0.0"
    sign_in(client, admin)
    cookie = client.get_cookie("timely_session")

    def page(host="localhost"):
        client.set_cookie("timely_session", cookie.value, domain=host)  # each address is a site of its own to a browser
        return client.get("/admin/", base_url=f"http://{host}:8000").text

    return page


def test_the_likeliest_stands_there_until_one_is_chosen(client, today):
    assert "http://192.168.1.5:8000/events/saturday-league/" in today()
    assert all(f'<option value="{one}">' in today() for one in (*ADDRESSES, "laptop.local"))
    assert client.post(SAVE, data={"address": "10.0.0.7"}, follow_redirects=True).status_code == 200
    assert "http://10.0.0.7:8000/events/saturday-league/" in today()
    assert '<option value="10.0.0.7" selected>' in today()
    client.post(SAVE, data={"address": "laptop.local"})
    assert "http://laptop.local:8000/events/saturday-league/" in today()


def test_a_page_opened_by_the_other_address_shows_the_chosen_one(client, today):
    assert "http://192.168.1.5:8000/events/saturday-league/" in today("192.168.1.5")
    client.post(SAVE, data={"address": "10.0.0.7"})
    assert "http://10.0.0.7:8000/events/saturday-league/" in today("192.168.1.5")


def test_an_address_that_the_computer_does_not_have_is_refused(client, today):
    text = client.post(SAVE, data={"address": "10.9.9.9"}, follow_redirects=True).text
    assert "does not have that address" in text
    assert "10.9.9.9" not in today()


def test_with_one_network_there_is_nothing_to_choose(today, monkeypatch):
    monkeypatch.setattr("timely.services.addresses.lan_addresses", lambda: ADDRESSES[:1])
    assert "Use this one" not in today()


def test_a_scorer_may_not_choose(app, client, league, in_two_networks):
    sign_in(client, make_user(app, "Sam", "scorer", league))
    assert client.post(SAVE, data={"address": "10.0.0.7"}).status_code == 403
