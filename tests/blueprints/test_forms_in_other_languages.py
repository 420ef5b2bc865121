"""Forms, their refusals and what is said after them, in the language of whoever fills them in."""

from gettext import NullTranslations
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import get_event, make_user, sign_in, unwrapped
from timely.blueprints.audit.change_text import change_lines
from timely.blueprints.results.forms import ResultForm
from timely.blueprints.rules.form import OwnRulesForm
from timely.domain.translation import Language, in_language
from timely.languages.available import EXTENSION
from timely.models import AuditEntry
from timely.web.language_choice import COOKIE


class Bracketed(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return f"[{singular if number == 1 else plural}]"

    def pgettext(self, context: str, message: str) -> str:
        return f"[{message}]"


BRACKETED = Language("xb", Bracketed())


@pytest.fixture
def client(app, client, league):
    """Of an organiser who reads another language."""
    sign_in(client, make_user(app, "Olga", "organiser", league))
    app.extensions[EXTENSION].by_code[BRACKETED.code] = BRACKETED
    client.set_cookie(COOKIE, BRACKETED.code)
    return client


def test_a_form_that_was_made_before_the_reader_came(app):
    with app.test_request_context():
        result, rules = ResultForm(formdata=None), OwnRulesForm(formdata=None)
        with in_language(BRACKETED):
            assert str(result.running.label) == (
                '<label for="running">[Still being played: show this score, but do not count it yet]</label>'
            )
            assert '<option value="">[Final, as usual]</option>' in result.status()
            assert str(rules["set_to"].label.text) == "[Points that win a set]"
        assert str(rules["set_to"].label.text) == "Points that win a set"


@pytest.mark.parametrize(
    ("path", "sent", "said"),
    [
        ("pitches/", {"names": ""}, "[Type or paste at least one pitch.]"),
        ("pitches/", {"names": "North"}, "[1 pitch is added.]"),
        ("teams/", {"names": "Elm\nFir"}, "[2 teams are added.]"),
        ("deductions/", {"team": "99", "points": "x", "reason": ""}, "[Type a whole number from -999 to 999.]"),
        ("deductions/", {"team": "99", "points": "1", "reason": "x"}, "[Choose one from the list.]"),
        ("announcements/new/", {"title": "x" * 130}, "[This [is too long: 130 characters, at most 120].]"),
        (
            "announcements/new/",
            {"title": "x", "publish_on": "soon"},
            "[There is no such day. Write it like 2026-11-28.]",
        ),
        ("announcements/new/", {"title": "x", "type": "info", "priority": "low"}, "[Announced.]"),
    ],
)
def test_what_is_said_of_a_form(client, path, sent, said):
    assert said in unwrapped(client.post(f"/admin/events/1/{path}", data=sent, follow_redirects=True).text)


@pytest.mark.parametrize("path", ["/nowhere/", "/api/events/99/?lang=xb"])
def test_an_address_that_does_not_exist(client, path):
    assert "[There is nothing here]" in client.get(path).get_data(as_text=True)


def test_a_colour_by_its_name_in_either_language(app, client, league):
    with app.app_context():
        team = get_event(league).teams[0].id
    for name, colour in (("[Teal]", "#0f8b8d"), ("navy", "#1d3557")):
        sent = {f"team-{team}-name": "Ash", f"team-{team}-colour": name}
        client.post(f"/admin/events/{league}/teams/change/", data=sent)
        with app.app_context():
            assert get_event(league).teams[0].colour == colour


def test_a_change_in_the_audit():
    entry = AuditEntry(before={"status": "SCHEDULED", "venue": "Live"}, after={"status": "POSTPONED", "venue": "Draft"})
    assert change_lines(entry, ZoneInfo("UTC")) == [("Status", "scheduled", "postponed"), ("Venue", "Live", "Draft")]
    with in_language(BRACKETED):
        assert change_lines(entry, ZoneInfo("UTC")) == [
            ("[Status]", "[scheduled]", "[postponed]"),
            ("[Venue]", "Live", "Draft"),
        ]


def test_times_and_names_of_timelys_own_in_the_audit():
    before = {"start_at": "2026-11-28T10:00:00+00:00", "home": "Winner SF1", "round": "Final", "sport": "football"}
    after = {"start_at": "2026-11-29T22:30:00Z", "home": "Ash", "round": "Cup night", "sport": "kubb"}
    lines = change_lines(AuditEntry(before=before, after=after), ZoneInfo("Europe/Berlin"))
    assert lines == [
        ("Time", "Sat 28 November 2026, 11:00", "Sun 29 November 2026, 23:30"),
        ("Home", "Winner SF1", "Ash"),
        ("Round", "Final", "Cup night"),
        ("Sport", "Football", "kubb"),
    ]
    with in_language(BRACKETED):
        values = [(was, now) for _, was, now in change_lines(AuditEntry(before=before, after=after), ZoneInfo("UTC"))]
    assert values[1:] == [("[Winner SF1]", "Ash"), ("[Final]", "Cup night"), ("[Football]", "kubb")]


def test_a_time_that_an_older_version_kept_otherwise_stays():
    entry = AuditEntry(before={"start_at": "10.30", "starts_on": "soon"}, after={"minutes": {"games_moved": 3}})
    lines = change_lines(entry, ZoneInfo("UTC"))
    assert lines == [("Time", "10.30", ""), ("Starts on", "soon", ""), ("Minutes", "", "Games moved 3")]
