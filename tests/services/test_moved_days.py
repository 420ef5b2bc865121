"""An event on another day: its games go along or stay, as was chosen, in one action that is undone at once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.conftest import get_event, sign_in
from timely.domain.timetable import Settings
from timely.domain.timetable.settings import DayHours
from timely.extensions import db
from timely.models import AuditEntry
from timely.queries.event_files import event_file_text
from timely.services import events, results, timetables
from timely.services.errors import RuleBroken
from timely.services.events import EventDetails, details_of
from timely.services.moved_days import left_behind
from timely.services.score_validation import Score
from timely.services.undo import undo

SATURDAY, LATER = date(2026, 11, 28), date(2026, 12, 5)


@pytest.fixture
def event(in_app, make_event):
    return get_event(make_event(starts_on="2026-11-28", ends_on="2026-11-29"))


def move(event, to, **more):
    details = EventDetails(**details_of(event))
    return events.change_event(event, replace(details, starts_on=to), by=None, **more)


def days(event):
    return [game.start_on.isoformat() if game.start_on else "" for game in event.fixtures]


def test_games_that_have_not_begun_go_along_with_the_last_day_and_the_hours(event):
    timetables.set_timetable_hours(event, Settings(days=(DayHours(SATURDAY, "09:00–18:00"),)), by=None)
    results.enter_score(event.fixtures[0], Score(1, 0), by=None)
    left = left_behind(event, LATER)
    assert (left.games, left.first, left.last) == (4, SATURDAY, date(2026, 11, 29))
    assert move(event, LATER, takes_games_along=True) == 4
    assert days(event) == ["2026-11-28", "2026-12-05", "2026-12-05", "2026-12-05", "2026-12-06", ""]
    assert event.fixtures[1].start_at == datetime(2026, 12, 5, 10, tzinfo=UTC)
    assert event.ends_on == date(2026, 12, 6)
    assert event.timetable["days"][0]["day"] == "2026-12-05"


def test_it_is_undone_at_once(event):
    before = event_file_text(event)
    move(event, LATER, takes_games_along=True)
    undo(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one(), by=None)
    assert event_file_text(event) == before


def test_each_keeps_its_time_of_day_where_the_clocks_change_in_between(event):
    move(event, date(2027, 7, 3), takes_games_along=True)
    assert event.fixtures[0].start_at == datetime(2027, 7, 3, 9, tzinfo=UTC)


def test_a_time_that_is_left_out_that_night_is_refused_and_nothing_is_moved(in_app, make_event):
    match = {"home": "Ash", "away": "Birch", "date": "2026-11-28", "time_local": "01:30"}
    event = get_event(make_event(starts_on="2026-11-28", matches=[match]))
    with pytest.raises(RuleBroken, match="no 01:30 on that day"):
        move(event, date(2027, 3, 28), takes_games_along=True)
    assert event.starts_on == SATURDAY


def test_they_stay_where_that_was_chosen(event):
    before = days(event)
    assert move(event, date(2026, 11, 27)) == 0
    assert days(event) == before


def test_nothing_is_left_behind_where_the_event_does_not_move(event):
    assert left_behind(event, SATURDAY) is None
    assert left_behind(event, None) is None


def test_the_form_asks_before_it_saves(app, client, admin, make_event):
    make_event(starts_on="2026-11-28", ends_on="2026-11-29")
    sign_in(client, admin)
    page = client.get("/admin/events/1/").text
    assert "What becomes of the games?" not in page
    with app.app_context():
        sent = {**details_of(get_event(1)), "starts_on": "2026-12-05", "version": str(get_event(1).version)}
    sent = {name: str(value) for name, value in sent.items() if value not in (None, False)}
    answer = client.post("/admin/events/1/", data=sent)
    assert answer.status_code == 422
    assert "The 5 games go along: Sat 28 Nov – Sun 29 Nov becomes Sat 5 Dec – Sun 6 Dec" in answer.text
    answer = client.post("/admin/events/1/", data={**sent, "games": "move"}, follow_redirects=True)
    assert "Saved. 5 games went along." in answer.text
    with app.app_context():
        assert days(get_event(1))[0] == "2026-12-05"
