"""Whole topics: made once for all who ask, and never of another moment than they say."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.live.socketio.test_handlers import play
from timely.extensions import db
from timely.live import messages
from timely.live.snapshots import snapshot
from timely.live.topics import topic_of
from timely.models import Topic
from timely.queries.versions import versions_of


@pytest.mark.parametrize("key", ["results", "schedule", "event"])
def test_it_is_made_once_and_anew_when_something_has_changed(app: Flask, league: int, key: str) -> None:
    topic = topic_of(league, key)
    with app.app_context():
        first = snapshot(topic)
    with app.app_context():
        assert snapshot(topic) is first
    play(app, league)
    with app.app_context():
        assert snapshot(topic) is not first


@pytest.mark.parametrize("key", ["results", "schedule", "event"])
def test_a_reader_of_an_earlier_moment_leaves_nothing_old_to_others(app: Flask, league: int, key: str) -> None:
    topic = topic_of(league, key)
    with app.app_context():
        db.session.scalars(select(Topic)).all()  # from here on this transaction sees nothing new
        play(app, league)
        with app.app_context():
            now = versions_of([topic])[topic]
        snapshot(topic, now)
    with app.app_context():
        found = snapshot(topic, now)
    assert found is not None
    assert found["version"] == now
    with app.app_context():
        fresh = messages.build(topic, 0)
    assert fresh is not None
    assert {**found["data"], "timestamp": ""} == {**fresh["data"], "timestamp": ""}
