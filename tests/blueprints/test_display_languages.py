"""The organiser opens a display in the event's language, in another, or in two in turn, without typing an address."""

import re

import pytest

from tests.conftest import sign_in
from timely.extensions import db
from timely.models import Event

FORM = re.compile(r'<form method="get" action="(/display/[^"]+)">(.*?)</form>', re.S)
SELECT = re.compile(r'<select id="(display-[a-z]+)" name="lang".*?</select>', re.S)


def display_form(client, event_id):
    """(its address, its text) of the form on the event's page; None without one."""
    found = FORM.search(client.get(f"/admin/events/{event_id}/").text)
    return found and found.groups()


@pytest.fixture
def german_league(app, league, invented_languages):
    with app.app_context():
        db.session.get(Event, league).language = "de"
        db.session.commit()
    return league


def test_the_events_language_is_proposed_and_no_other(client, admin, german_league):
    sign_in(client, admin)
    address, text = display_form(client, german_league)
    assert address == "/display/saturday-league/"
    selects = {found[1]: found[0] for found in SELECT.finditer(text)}
    offered = {name: re.findall(r'<option value="(\w*)"', select) for name, select in selects.items()}
    assert offered == {"display-language": ["de", "en", "fr", "pt"], "display-other": ["", "de", "en", "fr", "pt"]}
    assert re.findall(r'<option value="(\w+)"[^>]* selected>', text) == ["de"]


@pytest.mark.parametrize(
    ("other", "language", "next_one"),
    [("", "de", None), ("de", "de", None), ("fr", "de", "?lang=fr,de")],
)
def test_what_the_form_sends_is_what_the_display_shows(client, admin, german_league, other, language, next_one):
    sign_in(client, admin)
    address, _ = display_form(client, german_league)
    answer = client.get(address, query_string=[("lang", "de"), ("lang", other)])
    assert answer.headers["Content-Language"] == language
    found = re.search(r'data-other-language="([^"]+)"', answer.text)
    assert (found and found[1]) == next_one


def test_a_private_event_sends_its_key(app, client, admin, german_league):
    with app.app_context():
        event = db.session.get(Event, german_league)
        event.visibility, event.access_key = "private", "quiet"
        db.session.commit()
    sign_in(client, admin)
    assert '<input type="hidden" name="key" value="quiet">' in display_form(client, german_league)[1]


def test_an_installation_of_one_language_does_not_ask(app, client, admin, german_league):
    known = app.extensions["timely.languages"].by_code
    for code in ("de", "fr", "pt"):
        del known[code]
    sign_in(client, admin)
    assert display_form(client, german_league) is None
