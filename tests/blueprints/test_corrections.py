"""Corrections of final results: previewed, announced, undone."""

import re

from tests.blueprints.pressing import effects
from tests.blueprints.test_results import (
    Desk,
    desk_fixture,  # noqa: F401  (used by name)
)
from tests.conftest import get_event, make_user, sign_in


def test_a_final_result_takes_a_reason(desk):
    desk.save(home_score="2", away_score="1")
    status, page = desk.save(home_score="2", away_score="2")
    assert status == 422
    assert "Say why" in page
    status, page = desk.save(home_score="2", away_score="2", reason="own goal")
    assert status == 200
    assert effects(page) == [
        "Birch climbs from 4th to 1st: League.",
        "Cedar falls from 2nd to 3rd: League.",
        "Dogwood falls from 2nd to 3rd: League.",
    ]
    assert desk.score() == (2, 1, "FINAL", False)
    assert desk.press(page).status_code == 302
    assert desk.score() == (2, 2, "FINAL", False)


def test_a_correction_that_changes_nothing_else_is_one_step(desk):
    desk.save(home_score="2", away_score="1")
    assert desk.save(home_score="3", away_score="2", reason="one more each")[0] == 302
    assert desk.score() == (3, 2, "FINAL", False)


def test_a_correction_that_was_looked_at_too_long_ago_is_shown_again(app, desk):
    desk.save(home_score="2", away_score="1")
    _, page = desk.save(home_score="2", away_score="2", reason="own goal")
    desk.save(1, home_score="0", away_score="5")
    answer = desk.press(page)
    assert answer.status_code == 200
    assert "Something was saved in the meantime" in answer.get_data(as_text=True)
    assert desk.score() == (2, 1, "FINAL", False)
    assert desk.press(answer.get_data(as_text=True)).status_code == 302


def test_a_correction_is_announced_if_wished_and_undone_with_it(app, desk, league):
    desk.save(home_score="2", away_score="1")
    _, page = desk.save(home_score="2", away_score="2", reason="own goal")
    assert "needs a title" in desk.press(page, announce="y", news_title=" ").get_data(as_text=True)
    desk.press(page, announce="y", news_title="Corrected: 2–2")
    with app.app_context():
        assert [one.title for one in get_event(league).announcements] == ["Corrected: 2–2"]
    page = desk.client.get("/admin/results/").get_data(as_text=True)
    button = re.search(r'action="(/admin/events/\d+/audit/\d+/undo/)"', page)[1]
    assert desk.client.post(button).status_code == 302
    assert desk.score() == (2, 1, "FINAL", False)
    with app.app_context():
        assert get_event(league).announcements == []


def test_a_scorer_announces_nothing_and_undoes_nothing(app, client, league):
    sign_in(client, make_user(app, "Sam", "scorer", league))
    desk = Desk(app, client)
    desk.save(home_score="2", away_score="1")
    assert "/undo/" not in client.get("/admin/results/").get_data(as_text=True)
    _, page = desk.save(0, "take-back/")
    assert "Announce it" not in page
    desk.press(page, announce="y", news_title="Ours", news_text="")
    assert desk.score() is None
    with app.app_context():
        assert get_event(league).announcements == []
