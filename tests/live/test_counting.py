"""Metrics of publishing: how long a message took, and who was lost."""

import time

import pytest

from tests.live.spectator import Spectator, play
from timely import metrics
from timely.live import hub as hub_module
from timely.live.socketio import handlers
from timely.monitoring.counter_growth import by_labels, observed


@pytest.fixture
def hub(hub):
    metrics.DELIVERED.clear()
    yield hub
    metrics.DELIVERED.clear()


def test_a_delivery_is_counted_from_the_commit_on(app, hub, league):
    one = Spectator(app)
    one.subscribe(event_id=league, topics=["results"])
    before, parts = by_labels(metrics.MESSAGES), observed(metrics.PUBLISHING_SECONDS)
    play(app, league)
    time.sleep(0.15)
    hub.publish_pending()
    assert len(one.new_messages("results_update")) >= 1
    (found,) = metrics.DELIVERED.since(60)
    assert found[0] == "socketio"
    assert 0.15 <= found[1] < 10
    assert by_labels(metrics.MESSAGES)[("results_update",)] == before.get(("results_update",), 0) + 1
    grown = {part for (part,), number in observed(metrics.PUBLISHING_SECONDS).items() if number > parts.get((part,), 0)}
    assert grown >= {"wait", "look", "build", "hand_out"}


def test_a_delayed_delivery_is_measured_from_its_first_commit(app, hub, league, monkeypatch):
    monkeypatch.setattr(hub_module, "MIN_PUBLISH_INTERVAL", 600.0)  # however slow this computer is
    one = Spectator(app)
    one.subscribe(event_id=league, topics=["results"])
    play(app, league)
    hub.publish_pending()
    play(app, league, number=1)
    hub.publish_pending()  # too early for a second message of this topic
    time.sleep(0.2)
    monkeypatch.setattr(hub_module, "MIN_PUBLISH_INTERVAL", 0.0)
    hub.publish_pending()
    _, second = [seconds for _, seconds in metrics.DELIVERED.since(60)]
    assert second >= 0.2


def test_a_topic_without_subscribers_has_no_deliveries(app, hub, league):
    play(app, league)
    hub.publish_pending()
    assert metrics.DELIVERED.since(60) == []


@pytest.mark.parametrize(
    ("reason", "is_lost"),
    [
        ("ping timeout", True),
        ("transport error", True),
        ("transport close", False),
        ("client disconnect", False),
        ("server disconnect", False),
    ],
)
def test_broken_connections_are_lost_and_closed_ones_are_not(app, league, reason, is_lost):
    one = Spectator(app)
    before = sum(by_labels(metrics.LOST).values())
    handlers.disconnect(one.socket.eio_sid, reason)
    assert sum(by_labels(metrics.LOST).values()) - before == int(is_lost)
