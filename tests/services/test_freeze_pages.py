"""Freeze and reveal as the organiser does them: once each, undone, with buttons on the page."""

import pytest

from tests.conftest import get_event, make_user, sign_in
from tests.services.test_advancement import enter
from tests.services.test_freeze import (
    MEET,
    cup_fixture,  # noqa: F401  (used by name)
)
from tests.services.test_undo import last_entry
from timely.extensions import db
from timely.services import freeze
from timely.services.errors import RuleBroken
from timely.services.undo import undo


def test_frozen_twice_and_revealed_twice_are_refused(cup):
    with pytest.raises(RuleBroken, match="not held back"):
        freeze.reveal(cup, by=None)
    freeze.freeze(cup, by=None)
    with pytest.raises(RuleBroken, match="held back already"):
        freeze.freeze(cup, by=None)


def test_a_reveal_too_soon_is_undone(cup):
    freeze.freeze(cup, by=None)
    held = cup.frozen
    freeze.reveal(cup, by=None)
    undo(last_entry(), by=None)
    assert db.session.get_one(type(cup), cup.id).frozen == held


def test_the_organisers_page_shows_the_truth_and_both_buttons_work(app, client, make_event):
    with app.app_context():
        event = get_event(make_event(**MEET))
        enter(event.fixtures[0], 2, 1)
    sign_in(client, make_user(app, "Olga", "organiser", 1))
    assert client.post("/admin/events/1/standings/hold/").status_code == 302
    with app.app_context():
        enter(get_event(1).fixtures[6], 77, 0)
    page = client.get("/admin/events/1/standings/").text
    assert "This is how it stands" in page
    assert "Show the tables now" in page
    assert ">77<" in page
    assert ">77<" not in client.get("/events/saturday-league/leaderboard/").text
    desk = client.get("/admin/results/?event=1").text
    assert "data-live=" not in desk
    assert "77–0" in desk
    assert client.post("/admin/events/1/standings/show/").status_code == 302
    assert ">77<" in client.get("/events/saturday-league/leaderboard/").text
