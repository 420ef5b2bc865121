"""Writing: all or nothing, one after the other, and patient with other programs."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import make_app
from tests.statements import statements
from timely.database import engine, transactions
from timely.database.transactions import Conflict, DatabaseBusy, writing
from timely.extensions import db
from timely.models import Event, Fixture, Meta
from timely.services import results
from timely.services.results import Score


def database_path(app):
    return Path(app.config["TIMELY_DATA_DIR"]) / "timely.sqlite3"


def pragma(name):
    return db.session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()


def test_the_pragmas(app, in_app):
    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)


def test_all_or_nothing(in_app, league):
    with pytest.raises(ZeroDivisionError), writing():
        db.session.get_one(Event, league).name = "Half"
        db.session.flush()
        raise ZeroDivisionError
    assert db.session.get_one(Event, league).name == "Saturday League"


def test_an_action_within_an_action_is_one_save(in_app, league):
    with pytest.raises(ZeroDivisionError), writing():
        with writing():
            db.session.get_one(Event, league).name = "Half"
        raise ZeroDivisionError
    assert db.session.get_one(Event, league).name == "Saturday League"


def test_another_program_that_keeps_writing_is_waited_for(app, in_app, league):
    other = sqlite3.connect(database_path(app), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.4, lambda: other.execute("ROLLBACK")).start()
    with writing():
        db.session.get_one(Event, league).name = "In the end"
    assert db.session.get_one(Event, league).name == "In the end"
    other.close()


def test_another_program_that_never_ends_gets_a_clear_answer(app, in_app, league, monkeypatch):
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.2)
    other = sqlite3.connect(database_path(app), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy), writing():
        db.session.get_one(Event, league).name = "Never"
    other.execute("ROLLBACK")
    other.close()
    assert db.session.get_one(Event, league).name == "Saturday League"
    with writing():
        db.session.get_one(Event, league).name = "Now"


def test_a_locked_database_is_a_503_that_says_nothing_was_saved(app, client, league, monkeypatch):
    monkeypatch.setattr(transactions, "WAIT_SECONDS", 0.1)

    def locked():
        raise DatabaseBusy

    app.add_url_rule("/locked/", view_func=locked)
    answer = client.get("/locked/")
    assert answer.status_code == 503
    assert "Nothing was saved" in answer.get_data(as_text=True)


def test_a_record_that_moved_on_in_between_is_a_conflict(app, in_app, league):
    fixture = db.session.scalars(select(Fixture)).first()
    with pytest.raises(Conflict), writing():
        assert fixture.version == 1
        fixture.venue = "Mine"
        db.session.connection().exec_driver_sql("UPDATE fixtures SET version = version + 1")
    assert db.session.get_one(Fixture, fixture.id).venue == ""


def test_what_was_read_before_is_not_read_again(in_app, league):
    event = db.session.get_one(Event, league)
    with statements() as asked, writing():
        assert event.name == "Saturday League"
    assert asked == ["BEGIN IMMEDIATE"]


@pytest.mark.parametrize("when", ["before it is read", "after it is read"])
def test_what_another_program_saved_since_is_read_again(app, in_app, league, when):
    other = sqlite3.connect(database_path(app), isolation_level=None)
    if when == "before it is read":
        db.session.scalar(select(Event.id))  # the transaction has begun
    event = db.session.get_one(Event, league)
    other.execute("UPDATE events SET name = 'Sunday League'")
    other.close()
    assert event.name == "Saturday League"
    with writing():
        assert event.name == "Sunday League"


def test_a_change_that_was_not_meant_to_be_saved_is_not(in_app, league):
    event = db.session.get_one(Event, league)
    event.name = "By accident"
    with writing():
        assert event.name == "Saturday League"
        event.place = "Harbour"
    assert (event.name, event.place) == ("Saturday League", "Harbour")


def test_whoever_must_wait_holds_no_connection_and_reads_again(app, in_app, league):
    event = db.session.get_one(Event, league)
    began, done = threading.Event(), threading.Event()

    def save_meanwhile():
        with app.app_context(), writing():
            began.set()
            done.wait(10)
            db.session.get_one(Event, league).name = "Meanwhile"

    other = threading.Thread(target=save_meanwhile)
    other.start()
    began.wait(10)
    threading.Timer(0.1, done.set).start()
    with writing():
        assert event.name == "Meanwhile"
    other.join(10)


def test_what_was_saved_is_kept_for_the_answer_and_read_again_by_the_next_write(app, in_app, league):
    event = db.session.get_one(Event, league)
    with writing(keep=True):
        event.name = "Kept"
    with statements() as asked:
        assert event.name == "Kept"
    assert asked == []
    other = sqlite3.connect(database_path(app), isolation_level=None)
    other.execute("UPDATE events SET name = 'Another'")
    other.close()
    with writing():
        assert event.name == "Another"


def test_forty_people_saving_at_once_lose_nothing(app, make_event):
    """More than the pool has connections: nobody may hold one while waiting for the others."""
    teams = [f"Team {number}" for number in range(12)]
    matches = [{"home": one, "away": other} for one in teams for other in teams if one < other][:40]
    event_id = make_event(teams=teams, matches=matches)
    with app.app_context():
        ids = list(db.session.scalars(select(Fixture.id).where(Fixture.event_id == event_id)))
    failures = []

    def save(fixture_id):
        try:
            with app.app_context():
                results.enter_score(db.session.get_one(Fixture, fixture_id), Score(1, 0), by=None)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=save, args=(fixture_id,)) for fixture_id in ids]
    with transactions._write_lock:  # until all forty have read and want to write
        for thread in threads:
            thread.start()
        time.sleep(0.5)
    for thread in threads:
        thread.join(30)
    assert failures == []
    with app.app_context():
        saved = db.session.scalars(select(Fixture.saved_no).where(Fixture.event_id == event_id)).all()
        assert sorted(saved) == list(range(1, 41))


def test_the_loop_does_not_wait_for_the_disk(empty_database, tmp_path):
    (tmp_path / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    done = []

    def run_slow(work, *args):
        done.append(work.__name__)
        return work(*args)

    app = make_app(tmp_path, run_slow=run_slow)
    with app.app_context():
        db.session.scalar(select(Event.id))
        db.session.remove()
        assert done == []
        with writing():
            db.session.add(Meta(key="a word", value="of the test"))
        assert done == ["do_commit"]
