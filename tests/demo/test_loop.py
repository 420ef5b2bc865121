"""The loop: which event it plays, from where, and that nothing ends it."""

import time
from datetime import timedelta
from random import Random

import pytest
from flask import Flask

from timely import background, demo
from timely.clock import now
from timely.demo import loop, timetable
from timely.demo.play import step
from timely.extensions import db
from timely.models import Event
from timely.queries.schedule import next_up, played_count
from timely.queries.versions import all_versions
from timely.services import events


def test_a_deleted_event_is_left_deleted_and_made_anew_by_the_next_start(app: Flask, in_app: None) -> None:
    event = demo.make_example_event()
    events.delete_event(event, by=None, name=event.name)
    assert demo.example_event() is None
    assert loop.take_step(Random(1)) == ""
    assert demo.make_example_event().id != event.id


def test_a_real_event_of_the_same_name_is_not_played(app: Flask, in_app: None, make_event) -> None:
    real = make_event(name="Saturday Summer Cup", status="LIVE")
    example = demo.make_example_event()
    assert demo.example_event() is example
    versions = all_versions()
    for _ in range(10):
        loop.take_step(Random(1))
    assert example.slug == "saturday-summer-cup-2"
    assert all_versions()[f"event_{real}_schedule"] == versions[f"event_{real}_schedule"]


def test_on_another_day_it_is_laid_around_that_moment(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    later = now() + timedelta(days=3)
    monkeypatch.setattr(loop, "now", lambda: later)
    assert loop.take_step(Random(1)) == "lay out"
    assert not timetable.is_out_of_date(event, later)
    assert event.starts_on == later.astimezone(event.zone).date()
    assert next_up(event)[0].start_at - later < timedelta(minutes=15)
    assert played_count(event) == (28, 56)
    assert loop.take_step(Random(1)) != "lay out"


@pytest.fixture
def quick(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """The app with its background tasks, and a demo without pauses; stopped at the end."""
    monkeypatch.setattr(loop, "PAUSE_SECONDS", (0.01, 0.02))
    hub = background.start(app)
    yield app
    hub.stop()


def wait_for_version(app: Flask, topic: str, more_than: int) -> int:
    give_up_at = time.monotonic() + 20
    while time.monotonic() < give_up_at:
        with app.app_context():
            version = all_versions().get(topic, 1)
            db.session.remove()
        if version > more_than:
            return version
        time.sleep(0.05)
    raise AssertionError(f"{topic} never came to more than version {more_than}")


def test_a_second_start_goes_on_with_the_same_event(quick: Flask, empty_database) -> None:
    assert demo.start(quick) == "saturday-summer-cup"
    with quick.app_context():
        event_id = demo.example_event().id
        db.session.remove()
    version = wait_for_version(quick, f"event_{event_id}_schedule", 1)
    assert demo.start(quick) == "saturday-summer-cup"
    wait_for_version(quick, f"event_{event_id}_schedule", version)
    with quick.app_context():
        assert db.session.query(Event).count() == 1
        db.session.remove()


def test_what_goes_wrong_is_logged_and_the_loop_lives_on(
    quick: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    faults = [RuntimeError("the roof came down")]

    def fragile(*given):
        if faults:
            raise faults.pop()
        return step(*given)

    monkeypatch.setattr(loop, "step", fragile)
    demo.start(quick)
    with quick.app_context():
        event_id = demo.example_event().id
        db.session.remove()
    wait_for_version(quick, f"event_{event_id}_schedule", 1)
    assert "the roof came down" in caplog.text
