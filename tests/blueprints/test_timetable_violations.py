"""Changes of one game that break the timetable: named, and saved on the second press."""

import re
from datetime import UTC, datetime

import pytest

from tests.blueprints.test_timetable import page, words
from tests.conftest import get_event, make_user, sign_in
from timely.extensions import db
from timely.models import Fixture


@pytest.fixture(name="day")
def day_fixture(app, client, make_event, set_clock):
    """A league whose games are laid out, and its organiser, in the morning of the first day."""
    set_clock(datetime(2026, 11, 28, 8, 0, tzinfo=UTC))
    sign_in(client, make_user(app, "Olga", "organiser", make_event(timetable={"rest_minutes": 10})))
    return client


def times(app):
    with app.app_context():
        return [f"{one.start_at:%H:%M}" if one.start_at else "" for one in get_event(1).fixtures[:4]]


def test_a_change_that_breaks_something_is_named_and_saved_on_the_second_press(app, day):
    path = "/admin/events/1/fixtures/3/"
    form = {"home_team": "1", "away_team": "3", "group": "", "start_on": "2026-11-28", "clock": "10:10", "pitch": "1"}
    answer = day.post(path, data={**form, "version": "1"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Not saved yet. This would break the timetable" in text
    assert "Pitch 1 is taken by Ash – Birch until 10:20" in text
    assert 'value="10:10"' in text
    assert times(app)[2] == "11:00"
    accepted = re.search(r'name="anyway" value="([^"]+)"', text)[1]
    answer = day.post(path, data={**form, "version": "1", "anyway": accepted}, follow_redirects=True)
    assert "Pitch 1 is taken by Ash – Birch" in answer.get_data(as_text=True)  # said once more, now that it is so
    assert times(app)[2] == "10:10"


def test_another_breach_than_the_one_that_was_seen_is_named_again(app, day):
    path = "/admin/events/1/fixtures/3/"
    form = {"home_team": "1", "away_team": "3", "group": "", "start_on": "2026-11-28", "clock": "10:10", "pitch": "1"}
    text = day.post(path, data={**form, "version": "1"}).get_data(as_text=True)
    accepted = re.search(r'name="anyway" value="([^"]+)"', text)[1]
    other = {**form, "clock": "10:05", "version": "1", "anyway": accepted}
    assert day.post(path, data=other).status_code == 422
    assert times(app)[2] == "11:00"


def test_a_new_game_that_breaks_something_is_named_too(app, day):
    form = {"home_team": "1", "away_team": "4", "group": "", "start_on": "2026-11-28", "clock": "10:00", "pitch": "2"}
    text = day.post("/admin/events/1/fixtures/new/", data=form)
    assert text.status_code == 422
    assert "Pitch 2 is taken by Cedar – Dogwood" in text.get_data(as_text=True)
    accepted = re.search(r'name="anyway" value="([^"]+)"', text.get_data(as_text=True))[1]
    assert day.post("/admin/events/1/fixtures/new/", data={**form, "anyway": accepted}).status_code == 302
    with app.app_context():
        assert len(get_event(1).fixtures) == 7


def test_times_are_typed_and_shown_by_the_clock_at_the_pitch(app, client, make_event):
    pitches = ["Pitch 1", {"name": "Far", "timezone": "America/New_York"}]
    sign_in(client, make_user(app, "Olga", "organiser", make_event(pitches=pitches)))
    form = {"home_team": "1", "away_team": "4", "group": "", "start_on": "2026-11-30", "clock": "20:00", "pitch": "2"}
    assert client.post("/admin/events/1/fixtures/5/", data={**form, "version": "1"}).status_code == 302
    with app.app_context():
        fixture = db.session.get_one(Fixture, 5)
        assert fixture.start_at == datetime(2026, 12, 1, 1, tzinfo=UTC)
        assert str(fixture.start_on) == "2026-11-30"
    assert 'value="20:00"' in page(client, "/admin/events/1/fixtures/5/")
    public = words(client.get("/events/saturday-league/schedule/").get_data(as_text=True))
    assert "20:00 EST" in public
    assert "01:00" not in public
    grid = words(page(client))
    assert "Mon 30 Nov · America/New_York" in grid
    assert "Sat 28 Nov · Europe/Dublin" in grid
