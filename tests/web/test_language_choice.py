"""The language of a request: by address, cookie, account, browser, event, installation, in that order."""

import pytest

from tests.conftest import sign_in
from timely.extensions import db
from timely.models import Event, User
from timely.web.language_choice import COOKIE, accepted

CODES = ("de", "en", "fr", "pt")


def language_of(response):
    return response.headers["Content-Language"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("de-AT,fr;q=0.9", "de"),
        ("da,en-GB;q=0.5,fr;q=0.7", "fr"),
        ("pt-BR", "pt"),
        ("DE", "de"),
        ("de;q=0,en", "en"),
        ("da", ""),
        ("*", ""),
        ("", ""),
        (";;;,,,=q", ""),
        ("x" * 5_000, ""),
    ],
)
def test_the_browser_prefers(header, code):
    assert accepted(header[:300], CODES) == code


def test_the_browser_decides_where_nobody_has_chosen(client, invented_languages):
    response = client.get("/", headers={"Accept-Language": "de-CH,de;q=0.9"})
    assert language_of(response) == "de"
    assert {"Cookie", "Accept-Language"} <= set(response.headers["Vary"].split(", "))


def test_an_address_is_kept_in_a_cookie(client, invented_languages):
    response = client.get("/?lang=fr", headers={"Accept-Language": "de"})
    assert language_of(response) == "fr"
    assert f"{COOKIE}=fr;" in response.headers["Set-Cookie"]
    assert language_of(client.get("/", headers={"Accept-Language": "de"})) == "fr"
    assert language_of(client.get("/?lang=de")) == "de"


@pytest.mark.parametrize("lang", ["xx", "", "fr%00", "%ff", "../de", "x" * 4_000])
def test_an_unknown_language_falls_back(client, invented_languages, lang):
    response = client.get(f"/?lang={lang}", headers={"Accept-Language": "de"})
    assert (response.status_code, language_of(response)) == (200, "de")
    assert "Set-Cookie" not in response.headers
    client.set_cookie(COOKIE, "tlh")
    assert language_of(client.get("/", headers={"Accept-Language": "de"})) == "de"


@pytest.fixture
def german_league(app, league, invented_languages):
    with app.app_context():
        event = db.session.get(Event, league)
        event.language = "de"
        db.session.commit()
        return league, event.slug


def test_an_event_decides_for_a_browser_that_asks_for_none_of_ours(client, german_league):
    _, slug = german_league
    assert language_of(client.get(f"/events/{slug}/", headers={"Accept-Language": "da"})) == "de"
    assert language_of(client.get(f"/events/{slug}/", headers={"Accept-Language": "fr"})) == "fr"
    assert language_of(client.get("/", headers={"Accept-Language": "da"})) == "en"


def test_a_program_gets_the_events_language_or_the_one_that_it_asks_for(client, german_league):
    event_id, _ = german_league
    address = f"/api/events/{event_id}/leaderboard/"
    assert language_of(client.get(address, headers={"Accept-Language": "fr"})) == "de"
    asked = client.get(f"{address}?lang=fr")
    assert language_of(asked) == "fr"
    assert "Set-Cookie" not in asked.headers
    assert language_of(client.get(f"{address}?lang=xx")) == "de"


def test_a_display_does_not_ask_its_browser(client, german_league):
    _, slug = german_league
    assert language_of(client.get(f"/display/{slug}/", headers={"Accept-Language": "fr"})) == "de"
    assert language_of(client.get(f"/display/{slug}/?lang=fr")) == "fr"


def test_what_stands_ready_is_told_apart_by_language(app, client, german_league):
    _, slug = german_league
    pages = {}
    for code in ("de", "fr", "en", "de", "fr"):
        response = client.get(f"/events/{slug}/", headers={"Accept-Language": code})
        assert language_of(response) == code
        assert pages.setdefault(code, response.get_etag()) == response.get_etag()
    assert len(set(pages.values())) == 3


def test_an_account_keeps_its_choice(app, client, admin, german_league):
    sign_in(client, admin)
    client.get("/?lang=fr")
    with app.app_context():
        assert db.session.get(User, admin).language == "fr"
    client.delete_cookie(COOKIE)
    assert language_of(client.get("/admin/", headers={"Accept-Language": "de"})) == "fr"
