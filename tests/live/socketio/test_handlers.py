"""Socket.IO event handlers as a client sees them: connect, subscribe, unsubscribe, ping, refusals."""

import pytest

from tests.live.spectator import Spectator, play, publish
from timely.live import presence
from timely.live.socketio.subscribers import subscribers


def test_connected_comes_first(app):
    assert [message["type"] for message in Spectator(app).new_messages()] == ["connected"]


def test_a_new_subscriber_gets_snapshots_and_a_heartbeat_at_once(spectator, league):
    answer = spectator.subscribe(event_id=league)
    assert answer["ok"] is True
    assert answer["versions"] == {"event": 1, "results": 1, "schedule": 1, "announcements": 1}
    messages = spectator.new_messages()
    assert [message["type"] for message in messages] == [
        "event_update",
        "results_update",
        "schedule_update",
        "announcement_update",
        "heartbeat",
    ]
    assert all(message["since"] == 0 and message["epoch"] == answer["epoch"] for message in messages[:4])
    assert messages[1]["topic"] == f"event_{league}_results"
    assert len(messages[2]["data"]["fixtures"]) == 6
    assert messages[4]["data"]["versions"] == answer["versions"]
    assert messages[4]["data"]["event_status"] == "PUBLISHED"


def test_a_client_that_is_up_to_date_gets_a_heartbeat_only(spectator, league):
    answer = spectator.subscribe(event_id=league, topics=["results"])
    spectator.new_messages()
    spectator.subscribe(event_id=league, topics=["results"], versions={"results": 1}, epoch=answer["epoch"])
    assert [message["type"] for message in spectator.new_messages()] == ["heartbeat"]


def test_another_epoch_means_a_snapshot(spectator, league):
    spectator.subscribe(event_id=league, topics=["results"], versions={"results": 1}, epoch="elsewhere")
    assert [message["type"] for message in spectator.new_messages()] == ["results_update", "heartbeat"]


def test_only_subscribed_topics_arrive(app, hub, spectator, league):
    spectator.subscribe(event_id=league, topics=["announcements"])
    spectator.new_messages()
    play(app, league)
    publish(hub)
    assert spectator.new_messages() == []


def test_an_unsubscribed_topic_does_not_arrive(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.socket.emit("unsubscribe", {"event_id": league, "topics": ["results"]}, callback=True)
    spectator.new_messages()
    play(app, league)
    publish(hub)
    assert [message["type"] for message in spectator.new_messages()] == ["schedule_update"]


def test_topics_of_several_events_in_one_subscription(app, hub, spectator, league, make_event):
    other = make_event(name="Other")
    publish(hub)
    answer = spectator.subscribe(topics=["events", f"event_{league}_schedule", f"event_{other}_schedule"])
    assert set(answer["versions"]) == {"events", f"event_{league}_schedule", f"event_{other}_schedule"}
    spectator.new_messages()
    play(app, other)
    publish(hub)
    assert [message["topic"] for message in spectator.new_messages()] == [f"event_{other}_schedule"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "bad_request"),
        ([], "bad_request"),
        ("event_1", "bad_request"),
        ({}, "bad_request"),
        ({"event_id": "1"}, "bad_request"),
        ({"event_id": True}, "bad_request"),
        ({"event_id": -1}, "bad_request"),
        ({"event_id": 1, "topics": []}, "bad_request"),
        ({"event_id": 1, "topics": "results"}, "bad_request"),
        ({"event_id": 1, "topics": [1]}, "bad_request"),
        ({"event_id": 1, "topics": ["result"]}, "unknown_topic"),
        ({"event_id": 1, "topics": ["event_2_results"]}, "unknown_topic"),
        ({"topics": ["event_0_results"]}, "unknown_topic"),
        ({"topics": ["events"] * 1000}, "bad_request"),
        ({"event_id": 1, "topics": ["results"], "versions": [1]}, "bad_request"),
        ({"event_id": 999}, "not_found"),
        ({"event_id": 10**15}, "not_found"),
        ({"event_id": 2**63}, "not_found"),
        ({"event_id": 10**30}, "not_found"),
        ({"topics": ["event_999_results"]}, "not_found"),
    ],
)
def test_an_invalid_subscription_is_refused_with_a_code(spectator, league, data, code):
    answer = spectator.socket.emit("subscribe", data, callback=True)
    assert answer["ok"] is False
    assert answer["error"]["code"] == code
    assert answer["error"]["message"]
    assert spectator.new_messages() == []


def test_ping_answers_pong(spectator):
    spectator.socket.emit("ping")
    assert [message["type"] for message in spectator.new_messages()] == ["pong"]


def test_a_client_disconnected_during_its_call_is_not_counted(app, hub, league):
    spectator = Spectator(app)
    subscribers.clear()  # as the hub does in another thread
    presence.reset()
    spectator.subscribe(event_id=league)
    assert presence.count().total == 0
    assert not subscribers
