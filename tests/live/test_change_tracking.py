"""Changes of a transaction are tracked, versioned with it, and signalled after it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from tests.conftest import get_event
from timely.database.transactions import writing
from timely.extensions import db
from timely.live import change_tracking
from timely.models import Announcement, Change, Event, Fixture, Team
from timely.queries.versions import versions_of
from timely.services import results
from timely.services.event_progress import update_progress
from timely.services.results import Score

pytestmark = pytest.mark.usefixtures("in_app")


class Listener:
    def __init__(self):
        self.signals = 0

    def signal(self):
        self.signals += 1


@pytest.fixture
def listener():
    listener = Listener()
    change_tracking.on_commit(listener)
    return listener


def versions(event_id):
    keys = ["", "_results", "_schedule", "_announcements"]
    found = versions_of([f"event_{event_id}{key}" for key in keys])
    return [found[f"event_{event_id}{key}"] for key in keys]


def first_fixture(event_id):
    return db.session.scalars(select(Fixture).where(Fixture.event_id == event_id).order_by(Fixture.id)).first()


def changes(topic, version):
    rows = db.session.scalars(select(Change).where(Change.topic == topic, Change.version == version))
    return {(row.kind, row.record_id, row.action) for row in rows}


def test_the_topics_of_a_new_event_begin_at_one(league):
    assert versions(league) == [1, 1, 1, 1]


def test_a_result_affects_results_and_schedule(league, listener):
    fixture = first_fixture(league)
    results.enter_score(fixture, Score(2, 1), by=None)
    assert versions(league) == [1, 2, 2, 1]
    assert changes(f"event_{league}_results", 2) == {("result", fixture.id, "created")}
    assert changes(f"event_{league}_schedule", 2) == {
        ("result", fixture.id, "created"),
        ("fixture", fixture.id, "updated"),
    }
    assert listener.signals >= 1


def test_a_version_rises_once_however_many_records_changed(league):
    for team in db.session.scalars(select(Team).where(Team.event_id == league)):
        team.name = f"{team.name} II"
    db.session.commit()
    assert versions(league) == [1, 2, 2, 1]


def test_a_rolled_back_save_raises_no_version(league, listener):
    before = listener.signals
    first_fixture(league).venue = "Elsewhere"
    db.session.flush()
    db.session.rollback()
    db.session.commit()
    assert versions(league) == [1, 1, 1, 1]
    assert listener.signals == before


def test_changes_of_a_rolled_back_savepoint_are_dropped(league):
    fixtures = db.session.scalars(select(Fixture).where(Fixture.event_id == league)).all()
    fixtures[0].venue = "Kept"
    db.session.flush()
    savepoint = db.session.begin_nested()
    fixtures[1].venue = "Dropped"
    db.session.flush()
    savepoint.rollback()
    db.session.commit()
    assert changes(f"event_{league}_schedule", 2) == {("fixture", fixtures[0].id, "updated")}


def test_changes_of_a_released_savepoint_are_kept(league, listener):
    fixture = first_fixture(league)
    with db.session.begin_nested():
        fixture.venue = "Hall"
    assert versions(league) == [1, 1, 1, 1]
    db.session.commit()
    assert versions(league) == [1, 1, 2, 1]


def test_a_savepoint_inside_a_rolled_back_transaction_is_dropped_too(league):
    with db.session.begin_nested():
        first_fixture(league).venue = "Hall"
    db.session.rollback()
    db.session.commit()
    assert versions(league) == [1, 1, 1, 1]


def test_assigning_the_same_value_raises_no_version(league):
    fixture = first_fixture(league)
    fixture.venue = str(fixture.venue)
    db.session.commit()
    assert versions(league) == [1, 1, 1, 1]


def test_a_change_in_the_last_flush_is_tracked(league):
    """The versions are raised before the commit's own flush: what is only pending then counts too."""
    db.session.add(Announcement(event_id=league, title="Late"))
    db.session.commit()
    assert versions(league) == [1, 1, 1, 2]


def test_rescheduling_a_played_game_affects_results(league):
    fixture = first_fixture(league)
    fixture.start_on = None
    fixture.start_at = None
    db.session.commit()
    assert versions(league) == [1, 2, 2, 1]


def test_a_deleted_game_is_known_by_its_id(league):
    fixture = first_fixture(league)
    number = fixture.id
    db.session.delete(fixture)
    db.session.commit()
    assert ("fixture", number, "deleted") in changes(f"event_{league}_schedule", 2)


def test_a_failing_listener_never_undoes_a_save(league, listener, monkeypatch):
    monkeypatch.setattr(listener, "signal", lambda: 1 / 0)
    fixture = first_fixture(league)
    results.enter_score(fixture, Score(2, 1), by=None)
    db.session.rollback()
    assert first_fixture(league).result.home_score == 2


def test_bulk_changes_of_tracked_tables_are_refused(league):
    with pytest.raises(RuntimeError, match="published to nobody"):
        db.session.execute(update(Fixture).values(venue="Everywhere"))
    db.session.rollback()


def test_a_changed_event_affects_the_list_of_events(league):
    before = versions_of(["events"])["events"]
    db.session.get_one(Event, league).name = "Sunday League"
    db.session.commit()
    assert versions_of(["events"])["events"] == before + 1
    assert changes("events", before + 1) == {("event", league, "updated")}


def test_ids_are_never_reused(make_event, league):
    db.session.delete(db.session.get_one(Event, league))
    db.session.commit()
    assert make_event() > league


def test_progress_affects_the_event_topic_but_not_results(league):
    results.enter_score(first_fixture(league), Score(2, 1), by=None)
    before = versions(league)
    listed = versions_of(["events"])["events"]
    assert update_progress(datetime(2026, 12, 24, tzinfo=UTC)) == 1
    assert versions(league) == [before[0] + 1, *before[1:]]
    assert versions_of(["events"])["events"] == listed + 1


def test_a_game_with_a_source_affects_results(make_event):
    semi = {"stage": "knockout", "round": "Final", "code": "F"}
    sides = {"home_from": {"group": "A", "position": 1}, "away_from": {"group": "B", "position": 1}}
    teams, groups = ["Ash", "Birch", "Cedar", "Dogwood"], {"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]}
    event = get_event(make_event(teams=teams, groups=groups, matches=[{**semi, **sides}]))
    (final,) = event.fixtures
    stage = final.stage
    before = versions(event.id)[1]
    with writing():
        db.session.delete(final)
    assert versions(event.id)[1] == before + 1
    with writing():
        db.session.add(Fixture(event=event, stage=stage, round="Friendly", home_label="?", away_label="?"))
    assert versions(event.id)[1] == before + 1
    with writing():
        final = Fixture(event=event, stage=stage, code="F", home_source={"group": "A", "position": 1})
        db.session.add(final)
    assert versions(event.id)[1] == before + 2
    with writing():
        final.home_source = {"group": "A", "position": 2}
    assert versions(event.id)[1] == before + 3
