"""Refused formats: faults beside their fields, games that were played, people who may not."""

import re

import pytest

from tests.blueprints.test_formats import (  # noqa: F401  (used by name)
    FORMS,
    KNOCKOUT,
    LEAGUE,
    NAMES,
    count,
    event_fixture,
    make,
    path,
    sent_again,
    signed_in_fixture,
    text_of,
)
from tests.blueprints.test_forms import GARBAGE, errors
from tests.conftest import get_event, make_user, sign_in
from timely.services import formats, results
from timely.services.results import Score


@pytest.mark.parametrize(
    ("kind", "typed", "field", "said"),
    [
        ("league", {"times": "0"}, "times", "from 1 to 10"),
        ("league", {"qualifiers": "13"}, "qualifiers", "a group has only 12 teams"),
        ("league", {"qualifiers": "1"}, "qualifiers", "it needs 2 to 128"),
        ("league", {"legs": "7"}, "legs", "Choose one from the list."),
        ("groups", {"groups": "7"}, "groups", "12 teams are too few for 7 groups"),
        ("groups", {"groups": "1"}, "groups", "from 2 to 64"),
        ("groups", {"best_next": "3"}, "best_next", "Fewer than there are groups"),
        ("groups", {"qualifiers": "0"}, "best_next", "Needs qualifiers of each group first"),
        ("groups", {"order": "Nobody\nTeam 01\nteam 01"}, "order", "Line 1: no team is called “Nobody”."),
        ("groups", {"order": "Team 01\nTEAM  01"}, "order", "Line 2: “Team 01” stands in line 1 as well."),
        (
            "groups",
            {"draw": "listed", "order": "Team 01\nTeam 02\n\nTeam 03\nTeam 04"},
            "order",
            "In no group yet: “Team 05”",
        ),
        (
            "groups",
            {"draw": "listed", "best_next": "0", "order": "\n".join(NAMES[:11]) + "\n\nTeam 12"},
            "groups",
            "at least two teams",
        ),
        ("knockout", {"draw": "pots"}, "draw", "Choose one from the list."),
        ("knockout", {"draw_number": "-1"}, "draw_number", "from 0 to"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(signed_in, event, kind, typed, field, said):
    answer = signed_in.post(path(event, kind), data={**FORMS[kind], **typed})
    assert answer.status_code == 422
    assert said in errors(answer)[field]
    if kind == "groups" and field != "order":
        assert re.search(r"Team 11\s+Team 12", text_of(answer))


@pytest.mark.parametrize("kind", FORMS)
def test_garbage_in_any_field_breaks_nothing(app, signed_in, event, kind):
    for field in FORMS[kind]:
        for value in GARBAGE:
            for button in ("", "make", "again", "hand", "redraw"):
                sent = {**FORMS[kind], field: value} | ({button: "1"} if button else {})
                answer = signed_in.post(path(event, kind), data=sent)
                assert answer.status_code in (200, 422), (field, value, button)
                assert "<script>alert" not in answer.get_data(as_text=True)
    assert count(app) == 0


def test_once_played_it_stays_and_says_why(app, signed_in, event):
    page = text_of(signed_in.post(path(event, "knockout"), data=KNOCKOUT))
    seen = sent_again(page)
    with app.app_context():
        found = get_event(event)
        choice = formats.FormatChoice(formats.Format(), found.teams)
        formats.make_format(found, None, choice, by=None)
        results.enter_score(found.fixtures[0], Score(1, 0), by=None)
    assert "1 game has been played or begun" in text_of(signed_in.get(path(event)))
    assert "1 game has been played or begun" in text_of(signed_in.get(path(event, "knockout")))
    answer = signed_in.post(path(event, "knockout"), data={**seen, "make": "1"})
    assert answer.status_code == 422
    assert count(app) == 66


def test_only_who_may_manage_gets_here(app, client, event):
    for page in (path(event), path(event, "league"), f"/admin/events/{event}/divisions/"):
        assert client.get(page).status_code == 302
    sign_in(client, make_user(app, "Sam", "scorer", event))
    for page in (path(event), path(event, "league"), f"/admin/events/{event}/divisions/"):
        assert client.get(page).status_code == 403
        assert client.post(page, data=LEAGUE).status_code in (403, 405)


def test_addresses_that_lead_nowhere(signed_in, event, make_event):
    assert signed_in.get(path(event, "swiss")).status_code == 404
    assert signed_in.get(path(event, division="9")).status_code == 404
    assert signed_in.get(path(event, division="x")).status_code == 404
    assert signed_in.get(path(99)).status_code == 404
