"""Snapshots: built once for all clients, never outdated, and sent where the log has too little."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from tests.live.spectator import Spectator, play
from timely.extensions import db
from timely.live import messages
from timely.live.snapshots import snapshot
from timely.live.topics import topic_of
from timely.models import Change, Topic
from timely.queries.versions import versions_of


@pytest.mark.parametrize("key", ["results", "schedule", "event"])
def test_it_is_built_once_and_again_after_a_change(app: Flask, league: int, key: str) -> None:
    topic = topic_of(league, key)
    with app.app_context():
        first = snapshot(topic)
    with app.app_context():
        assert snapshot(topic) is first
    play(app, league)
    with app.app_context():
        assert snapshot(topic) is not first


@pytest.mark.parametrize("key", ["results", "schedule", "event"])
def test_a_transaction_with_an_older_view_caches_nothing(app: Flask, league: int, key: str) -> None:
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


def test_a_snapshot_is_sent_if_the_log_no_longer_has_the_changes(app, hub, league):
    for number in range(3):
        play(app, league, number)
    with app.app_context():
        assert messages.build(f"event_{league}_results", 1)["since"] == 1
        for change in db.session.scalars(select(Change).where(Change.version == 2)):
            db.session.delete(change)
        db.session.commit()
        message = messages.build(f"event_{league}_results", 1)
        assert (message["since"], message["version"]) == (0, 4)
        assert message["data"]["timestamp"] <= datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_snapshot_is_built_once_for_all_clients_and_again_after_a_change(app, hub, league, monkeypatch):
    built = []
    build = messages.build

    def counting(topic, since, version=None, code=""):
        built.append(topic)
        return build(topic, since, version, code)

    monkeypatch.setattr(messages, "build", counting)
    for _ in range(3):
        Spectator(app).subscribe(event_id=league, topics=["results"])
    assert built == [f"event_{league}_results"]
    play(app, league)
    late = Spectator(app)
    late.subscribe(event_id=league, topics=["results"])
    (message,) = late.new_messages("results_update")
    assert message["version"] == 2
    assert message["data"]["leaderboard"][0]["pts"] == 3


def test_the_number_of_played_games_is_never_outdated(app, hub, league):
    play(app, league)
    first, second = Spectator(app), Spectator(app)
    first.subscribe(event_id=league)
    play(app, league, 1)
    second.subscribe(event_id=league)
    assert second.new_messages("event_update")[0]["data"]["played_text"] == "2 of 6 games"
