"""The organiser's forms: what is typed arrives; garbage is refused in words, is kept, and breaks nothing."""

import re
from html import unescape

import pytest

from tests.conftest import sign_in

GARBAGE = [
    "\0",
    "a\x1b[31mb",
    "x" * 5000,
    "💥" * 200,
    "\u202eevil\u202c",
    "<script>alert(1)</script>",
    "1e9",
    "-1",
    "1_000",
    "٣",
    "9" * 400,
    "0000-00-00",
    "2026-02-30",
    "99999-01-01",
    "25:61",
    "Mars/Olympus",
    "{{ 7*7 }}",
    "' OR 1=1 --",
]

EVENT = {
    "name": "Saturday Cup",
    "sport": "football",
    "timezone": "Europe/Dublin",
    "rulebook": "",
    "counts_from": "PENDING",
    "visibility": "public",
    "starts_on": "2026-11-28",
}
FIXTURE = {"home_team": "1", "away_team": "2", "group": "", "start_on": "2026-11-28", "clock": "14:30", "pitch": ""}
ROBIN = {
    "group": "all",
    "times": "1",
    "start_on": "2026-11-28",
    "clock": "10:00",
    "game_minutes": "20",
    "between_minutes": "5",
}
NOTE = {"title": "Lunch", "message": "is ready", "type": "info", "priority": "normal"}
FORMS = {
    "/admin/events/new/": EVENT,
    "/admin/events/1/": {**EVENT, "version": "1"},
    "/admin/events/1/teams/": {"names": "Elm"},
    "/admin/events/1/pitches/": {"names": "Pitch 3"},
    "/admin/events/1/pitches/1/": {"name": "Pitch A", "timezone": "Europe/Vienna"},
    "/admin/events/1/divisions/": {"names": "U10"},
    "/admin/events/1/deductions/": {"team": "1", "points": "3", "reason": "wrong player"},
    "/admin/events/1/fixtures/new/": FIXTURE,
    "/admin/events/1/fixtures/1/": {**FIXTURE, "version": "1"},
    "/admin/events/1/fixtures/round-robin/": ROBIN,
    "/admin/events/1/announcements/new/": NOTE,
    "/admin/people/new/": {"name": "Sam", "password": "long enough", "role": "scorer", "place": "1.2"},
}


@pytest.fixture(name="signed_in")
def signed_in_fixture(client, admin, league):
    sign_in(client, admin)
    return client


def errors(answer):
    """{field: what is said beside it}."""
    page = answer.get_data(as_text=True)
    return {
        name: unescape(text) for name, text in re.findall(r'class="field-error" id="([\w-]+)-error">(.*?)</p>', page)
    }


def version_of(client, path):
    """The version that the page at *path* was drawn with."""
    return re.search(r'name="version" value="(\d+)"', client.get(path).get_data(as_text=True))[1]


@pytest.mark.parametrize("path", FORMS)
def test_a_good_form_is_taken(signed_in, path):
    sent = FORMS[path]
    if "version" in sent:
        sent = {**sent, "version": version_of(signed_in, path)}
    answer = signed_in.post(path, data=sent)
    assert answer.status_code == (200 if "round-robin" in path else 302), errors(answer)


@pytest.mark.parametrize("path", FORMS)
def test_garbage_in_any_field_breaks_nothing(app, signed_in, path):
    for field in FORMS[path]:
        for value in GARBAGE:
            answer = signed_in.post(path, data={**FORMS[path], field: value})
            assert answer.status_code in (200, 302, 409, 422), (field, value)
            if answer.status_code == 422:
                assert errors(answer), (field, value)
            assert "<script>alert" not in answer.get_data(as_text=True)
    for page in (f"/admin/events/{n}/fixtures/" for n in (1, 2)):
        assert signed_in.get(page).status_code in (200, 404)
    assert signed_in.get("/").status_code == 200


@pytest.mark.parametrize("path", FORMS)
def test_an_empty_form_says_what_is_missing(signed_in, path):
    answer = signed_in.post(path, data={**dict.fromkeys(FORMS[path], ""), "version": "1"})
    assert answer.status_code == 422
    assert errors(answer)


@pytest.mark.parametrize(
    ("path", "typed", "field", "said"),
    [
        ("/admin/events/new/", {"name": "\u200b\u200d"}, "name", "Give the event a name."),
        ("/admin/events/new/", {"name": "x" * 121}, "name", "This is too long: 121 characters, at most 120."),
        ("/admin/events/new/", {"starts_on": "2026-02-30"}, "starts_on", "There is no such day."),
        ("/admin/events/new/", {"starts_on": "1066-10-14"}, "starts_on", "Choose a day from 1900 to 2199."),
        ("/admin/events/new/", {"ends_on": "2026-11-27"}, "ends_on", "The last day is before the first."),
        ("/admin/events/new/", {"timezone": "Mars"}, "timezone", "There is no such time zone."),
        ("/admin/events/new/", {"accent": "sort of red"}, "accent", "Write a colour like #d62828"),
        ("/admin/events/new/", {"accent": "white"}, "accent", "#f8f9fa can hardly be seen on white pages."),
        ("/admin/events/new/", {"sport": "curling"}, "sport", "Choose one from the list."),
        ("/admin/events/new/", {"sport": "volleyball", "rulebook": "fifa-2022"}, "rulebook", "does not fit this sport"),
        ("/admin/events/1/fixtures/new/", {"away_team": "1"}, "away_team", "cannot play against itself"),
        ("/admin/events/1/fixtures/new/", {"home_team": ""}, "home_team", "Choose a team."),
        ("/admin/events/1/fixtures/new/", {"home_team": "999"}, "home_team", "Choose one from the list."),
        ("/admin/events/1/fixtures/new/", {"clock": "24:00"}, "clock", "There is no such time."),
        (
            "/admin/events/1/fixtures/new/",
            {"start_on": "2027-03-28", "clock": "01:30"},
            "clock",
            "There is no 01:30 on that day: the clocks are put forward to 02:30.",
        ),
        ("/admin/events/1/fixtures/round-robin/", {"game_minutes": "1e1"}, "game_minutes", "from 1 to 1440"),
        ("/admin/events/1/fixtures/round-robin/", {"between_minutes": " "}, "between_minutes", "from 0 to 1440"),
        ("/admin/events/1/announcements/new/", {"expires_on": "2026-11-28"}, "expires_at", "A day needs its time."),
        (
            "/admin/events/1/announcements/new/",
            {"expires_on": "2020-01-01", "expires_at": "10:00"},
            "expires_at",
            "before anybody could read it",
        ),
        ("/admin/events/1/deductions/", {"points": "0"}, "points", "From 1 to 999 points"),
        ("/admin/events/1/deductions/", {"reason": " "}, "reason", "Say why."),
        ("/admin/people/new/", {"password": "short"}, "password", "at least 8 characters"),
        ("/admin/people/new/", {"name": "ADA"}, "name", "There is a “Ada” already."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(signed_in, path, typed, field, said):
    sent = {**FORMS[path], **typed}
    answer = signed_in.post(path, data=sent)
    assert answer.status_code == 422
    assert said in errors(answer)[field]
    for name in ("name", "title", "reason", "round"):
        if sent.get(name) and name != field:
            assert f'value="{sent[name]}"' in answer.get_data(as_text=True)
