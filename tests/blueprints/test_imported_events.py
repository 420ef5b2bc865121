"""Events that were imported or made by mistake: a draft, a warning, undo."""

import json
import re
from io import BytesIO

import pytest
from sqlalchemy import select

from tests.conftest import LEAGUE, make_user, sign_in
from timely.extensions import db
from timely.models import Event


def imported(client, **changed):
    file = BytesIO(json.dumps({**LEAGUE, **changed}).encode())
    return client.post("/admin/events/import/", data={"file": (file, "league.json")}, follow_redirects=True)


def test_a_file_imported_again_is_a_draft_and_says_so(app, client, admin):
    sign_in(client, admin)
    assert "An event of this name" not in imported(client).text
    for again in ({}, {"name": " saturday  LEAGUE"}):
        assert "An event of this name was here already" in imported(client, **again).text
    assert "An event of this name" not in imported(client, season="2027").text
    with app.app_context():
        statuses = [event.status for event in db.session.scalars(select(Event).order_by(Event.id))]
    assert statuses == ["PUBLISHED", "DRAFT", "DRAFT", "PUBLISHED"]


def test_nobody_learns_of_an_event_that_is_not_theirs_by_its_name(app, client, make_event):
    make_event(status="DRAFT")
    make_event(visibility="private")
    sign_in(client, make_user(app, "Oda", "organiser"))
    assert "An event of this name" not in imported(client).text


def test_a_new_event_of_a_name_that_is_there_says_so(client, admin, league):
    sign_in(client, admin)
    chosen = {"rulebook": "", "counts_from": "PENDING", "entrants": "team", "visibility": "public"}
    made = {"name": "Saturday League", "sport": "football", "timezone": "UTC", **chosen}
    text = client.post("/admin/events/new/", data=made, follow_redirects=True).text
    assert "Another event is called Saturday League" in text


def press_undo(client, page):
    """The answer to the button of the message on the page."""
    return client.post(re.search(r'<div class="flash.*?action="([^"]+)"', page, re.DOTALL)[1])


def test_an_event_that_was_made_by_mistake_is_taken_away_from_its_message(app, client, admin):
    sign_in(client, admin)
    chosen = {"rulebook": "", "counts_from": "PENDING", "entrants": "team", "visibility": "public"}
    made = {"name": "Cup", "sport": "football", "timezone": "UTC", **chosen}
    page = client.post("/admin/events/new/", data=made, follow_redirects=True).text
    assert "Cup is made." in page
    assert press_undo(client, page).location == "/admin/events/"
    with app.app_context():
        assert db.session.query(Event).count() == 0


@pytest.mark.parametrize("has_results", [False, True])
def test_a_file_that_was_imported_by_mistake_is_taken_away_from_its_message(app, client, admin, has_results):
    sign_in(client, admin)
    score = {"home_score": 1, "away_score": 0} if has_results else {}
    sent = imported(client, name="Cup", matches=[{"home": "Ash", "away": "Birch", **score}])
    answer = press_undo(client, sent.text)
    if has_results:  # is asked for by its name
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert "There are results. Type “Cup” to be sure." in page
        assert "field-error" not in page
        answer = client.post(f"{sent.request.path}delete/", data={"name": "Cup"})
    assert answer.location == "/admin/events/"
    with app.app_context():
        assert db.session.query(Event).count() == 0
