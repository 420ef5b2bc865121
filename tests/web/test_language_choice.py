"""The language of a request: by address, cookie, account, browser, event, installation, in that order."""

import re

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


def shown(client, slug, query):
    """(the language that a display is in, the query of the address that it goes on to)."""
    response = client.get(f"/display/{slug}/{query}")
    other = re.search(r'data-other-language="\?([^"]+)"', response.text)
    refresh = re.search(r'http-equiv="refresh" content="30(?:; url=\?([^"]+))?"', response.text)
    assert refresh[1] == (other and other[1])
    return language_of(response), refresh[1]


@pytest.mark.parametrize(
    ("query", "language", "other"),
    [
        ("?lang=de,fr", "de", "lang=fr,de"),
        ("?lang=fr,de", "fr", "lang=de,fr"),
        ("?lang=fr%2Cde", "fr", "lang=de,fr"),
        ("?lang=fr&lang=de", "fr", "lang=de,fr"),
        ("?lang=fr,pt-BR,de", "fr", "lang=pt,fr"),
        ("?lang=xx,fr,,../de,pt", "fr", "lang=pt,fr"),
        ("?lang=fr,fr-CH,FR", "fr", None),
        ("?lang=fr,xx", "fr", None),
        ("?lang=,fr", "fr", None),
        ("?lang=,", "de", None),
        (f"?lang={'xx,' * 1_000}fr", "de", None),
    ],
)
def test_a_display_may_show_two_in_turn(client, german_league, query, language, other):
    assert shown(client, german_league[1], query) == (language, other)


def test_any_other_page_is_in_one_language(client, german_league):
    for path in (f"/events/{german_league[1]}/", f"/api/events/{german_league[0]}/leaderboard/"):
        assert language_of(client.get(f"{path}?lang=fr,pt")) == "de"
        assert language_of(client.get(f"{path}?lang=fr&lang=pt")) == "pt"


def test_what_stands_ready_of_displays_is_told_apart_by_both(client, german_league):
    for _ in range(2):
        for query, other in (("?lang=fr", None), ("?lang=fr,pt", "lang=pt,fr"), ("?lang=fr,de", "lang=de,fr")):
            assert shown(client, german_league[1], query) == ("fr", other)


def test_a_private_display_keeps_its_key(app, client, german_league):
    with app.app_context():
        event = db.session.get(Event, german_league[0])
        event.visibility, event.access_key = "private", "a&b"
        db.session.commit()
    assert shown(client, german_league[1], "?key=a%26b&lang=de,fr") == ("de", "key=a%26b&amp;lang=fr,de")
