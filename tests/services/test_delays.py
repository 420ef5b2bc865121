"""A pitch runs late: moved, pushed, announced, undone; and nothing of it by halves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy.event import listen, remove

from tests.conftest import get_event
from tests.languages.pseudo import PSEUDO, pseudo
from timely.domain.timetable import Settings
from timely.domain.translation import in_language
from timely.extensions import db
from timely.models import AuditEntry, Change, Fixture
from timely.presenters.announcement_rows import announcement_row
from timely.queries.event_files import event_file_text
from timely.queries.timetables import last_change
from timely.services import delays, fixtures, results, timetables
from timely.services.announcements import change_announcement
from timely.services.delays import Delay, Note
from timely.services.errors import RuleBroken
from timely.services.results import Score
from timely.services.undo import undo

pytestmark = pytest.mark.usefixtures("in_app")


def at(clock):
    hour, minute = clock.split(":")
    return datetime(2026, 11, 28, int(hour), int(minute), tzinfo=UTC)


@pytest.fixture
def event(make_event):
    pairs = [("Ash", "Birch"), ("Cedar", "Dogwood"), ("Ash", "Cedar"), ("Birch", "Dogwood"), ("Ash", "Dogwood")]
    clocks = ["10:00", "10:00", "10:30", "10:30", "11:30"]
    event = get_event(
        make_event(
            matches=[
                {"home": home, "away": away, "date": "2026-11-28", "time_local": clock, "pitch": f"Pitch {n % 2 + 1}"}
                for n, ((home, away), clock) in enumerate(zip(pairs, clocks, strict=True))
            ]
        )
    )
    timetables.set_timetable_hours(event, Settings(20, 5, 10), by=None)
    return event


def times(event):
    return [f"{fixture.start_at:%H:%M}" for fixture in event.fixtures]


def run(event, delay, note=None):
    plan = delays.plan_delay(event, delay)
    return delays.run_late(event, delay, note=note, seen_fingerprint=delays.fingerprint_of(plan), by=None)


def test_what_is_left_on_the_pitch_moves_and_pushes_others_only_as_far_as_it_must(event):
    delay = Delay(at("10:00"), 20, event.pitches[1])
    plan = delays.plan_delay(event, delay)
    moved = {one.game: one.why for one in plan.moves}
    ids = [fixture.id for fixture in event.fixtures]
    assert set(moved) == {ids[1], ids[2], ids[3]}
    assert "Cedar is in Cedar – Dogwood" in moved[ids[2]]
    assert run(event, delay) == 3
    assert times(event) == ["10:00", "10:20", "10:50", "10:50", "11:30"]


def test_it_is_one_action_and_one_change_and_undone_at_once(event):
    before = event_file_text(event)
    count = len(db.session.scalars(select(AuditEntry)).all())
    topic = f"event_{event.id}_schedule"
    shown = len(db.session.scalars(select(Change).where(Change.topic == topic)).all())
    run(event, Delay(at("10:00"), 20))
    assert len(db.session.scalars(select(AuditEntry)).all()) == count + 1
    new = db.session.scalars(select(Change).where(Change.topic == topic)).all()[shown:]
    assert len({row.version for row in new}) == 1
    assert {row.action for row in new} == {"rescheduled"}
    undo(last_change(event), by=None)
    assert event_file_text(event) == before


def test_the_announcement_goes_out_with_it_and_is_taken_back_with_it(event):
    before = event_file_text(event)
    delay = Delay(at("10:30"), 15, event.pitches[0])
    note = delays.suggested_note(event, delay, delays.plan_delay(event, delay)).note()
    assert note.title == "Pitch 1: games from 10:30 begin 15 minutes later"
    run(event, delay, note)
    (announcement,) = event.announcements
    assert (announcement.title, announcement.type, announcement.state) == (note.title, "schedule", "CURRENT")
    undo(last_change(event), by=None)
    assert event_file_text(event) == before
    assert event.announcements == []


def test_the_note_tells_what_moves_elsewhere(event):
    delay = Delay(at("10:00"), 20, event.pitches[1])
    note = delays.suggested_note(event, delay, delays.plan_delay(event, delay)).note()
    assert note.title == "Pitch 2: games from 10:00 begin 20 minutes later"
    assert note.message == "Ash – Cedar on Pitch 1 begins at 10:50, not 10:30."


def test_a_refused_announcement_moves_nothing(event):
    before = event_file_text(event)
    with pytest.raises(RuleBroken, match="needs a title"):
        run(event, Delay(at("10:00"), 20), Note("  "))
    assert event_file_text(event) == before


def test_locked_and_played_games_stay_and_what_that_breaks_is_said(event):
    first, last = event.fixtures[0], event.fixtures[4]
    results.enter_score(first, Score(1, 0), by=None)
    timetables.lock_games(event, [last.id], [last.id], by=None)
    delay = Delay(at("10:00"), 60, event.pitches[0])
    plan = delays.plan_delay(event, delay)
    assert [one.game for one in plan.moves] == [event.fixtures[2].id]
    assert any("locked" in one.words for one in plan.breaches)
    run(event, delay)
    assert times(event) == ["10:00", "10:00", "11:30", "10:30", "11:30"]


def test_a_game_that_only_the_clock_has_put_on_begins_later_too(event, monkeypatch):
    game = event.fixtures[2]
    fixtures.set_status(game, "LIVE", by=None)
    monkeypatch.setattr(delays, "now", lambda: at("10:31"))
    run(event, Delay(game.start_at, 20, event.pitches[0]))
    assert (times(event)[2], game.status) == ("10:50", "SCHEDULED")


def test_a_game_that_is_being_played_is_not_moved(event):
    game = event.fixtures[2]
    results.enter_score(game, Score(1, 0), by=None, running=True)
    run(event, Delay(game.start_at, 20, event.pitches[0]))
    assert times(event)[2] == "10:30"


def test_pressed_twice_it_moves_once(event):
    delay = Delay(at("10:30"), 15, event.pitches[0])
    fingerprint = delays.fingerprint_of(delays.plan_delay(event, delay))
    delays.run_late(event, delay, seen_fingerprint=fingerprint, by=None)
    with pytest.raises(RuleBroken) as caught:
        delays.run_late(event, delay, seen_fingerprint=fingerprint, by=None)
    assert caught.value.code == "stale"
    assert times(event)[2] == "10:45"


def test_nothing_left_says_so(event):
    with pytest.raises(RuleBroken, match="No game left on Pitch 1"):
        delays.plan_delay(event, Delay(at("18:00"), 15, event.pitches[0]))
    with pytest.raises(RuleBroken, match="whole number from 1"):
        delays.plan_delay(event, Delay(at("10:00"), 0))


def test_a_pitch_in_another_zone_is_told_by_its_own_clock(make_event):
    event = get_event(
        make_event(
            pitches=["Pitch 1", {"name": "Far", "timezone": "Europe/Paris"}],
            matches=[
                {"home": "Ash", "away": "Birch", "kickoff_utc": "2026-10-25T00:30:00Z", "pitch": "Far"},
                {"home": "Ash", "away": "Cedar", "kickoff_utc": "2026-10-25T01:30:00Z", "pitch": "Far"},
            ],
        )
    )
    delay = Delay(event.fixtures[0].start_at, 60, event.pitches[1])
    note = delays.suggested_note(event, delay, delays.plan_delay(event, delay)).note()
    # In Paris the clocks go from 03:00 back to 02:00 that night.
    assert note.title.startswith("Far: games from 02:30")
    run(event, delay)
    assert event.fixtures[0].start_at - datetime(2026, 10, 25, 0, 30, tzinfo=UTC) == timedelta(hours=1)


def test_a_plan_is_worked_out_off_the_loop(event, monkeypatch):
    seen = []

    def slowly(work, *args):
        seen.append(work.func.__name__)
        return work(*args)

    monkeypatch.setitem(current_app.extensions, "timely.run_slow", slowly)
    delays.plan_delay(event, Delay(at("10:00"), 20))
    assert seen == ["shift"]


def test_only_games_that_move_are_loaded(event):
    event_id, delay = event.id, Delay(at("11:30"), 20)
    plan = delays.plan_delay(event, delay)
    db.session.expunge_all()
    loaded = []

    def note_loaded(fixture, context):
        loaded.append(fixture.id)

    listen(Fixture, "load", note_loaded)
    try:
        delays.run_late(get_event(event_id), delay, seen_fingerprint=delays.fingerprint_of(plan), by=None)
    finally:
        remove(Fixture, "load", note_loaded)
    assert loaded == [move.game for move in plan.moves]
    assert len(loaded) == 1


def test_the_announcement_speaks_each_readers_language_unless_it_was_rewritten(event):
    delay = Delay(at("10:30"), 15, event.pitches[0])
    note = delays.suggested_note(event, delay, delays.plan_delay(event, delay)).note()
    run(event, delay, replace(note, message="Coffee is ready."))
    (announcement,) = event.announcements
    assert (announcement.title, announcement.message) == (note.title, "Coffee is ready.")
    with in_language(PSEUDO):
        row = announcement_row(announcement)
    said = pseudo("%(pitch)s: games from %(first)s begin %(num)s minutes later")
    assert row["title"] == said % {"pitch": "Pitch 1", "first": "10:30", "num": 15}
    assert row["message"] == "Coffee is ready."


def test_an_organiser_suggests_it_in_one_language_and_it_is_kept_for_all(event):
    delay = Delay(at("10:30"), 15, event.pitches[0])
    with in_language(PSEUDO):
        note = delays.suggested_note(event, delay, delays.plan_delay(event, delay)).note()
        run(event, delay, note)
    (announcement,) = event.announcements
    assert announcement.title == "Pitch 1: games from 10:30 begin 15 minutes later"  # the event's language
    assert announcement_row(announcement)["title"] == announcement.title


def test_a_later_change_of_its_title_keeps_the_rest(event):
    delay = Delay(at("10:00"), 20, event.pitches[1])
    run(event, delay, delays.suggested_note(event, delay, delays.plan_delay(event, delay)).note())
    (announcement,) = event.announcements
    values = {name: getattr(announcement, name) for name in ("message", "type", "priority", "expires_at")}
    change_announcement(announcement, title="Sorry", publish_at=None, by=None, **values)
    assert set(announcement.words) == {"message"}
    with in_language(PSEUDO):
        row = announcement_row(announcement)
    assert row["title"] == "Sorry"
    assert row["message"].startswith("⟦")
