"""Notifications on Socket.IO, streams and polling: public, personal, broadcast; and presence."""

import json
import threading
import time
from pathlib import Path

import pytest

from tests.conftest import make_user, sign_in
from tests.live.spectator import Spectator, publish
from timely.extensions import db
from timely.live import presence
from timely.live.broadcast import broadcast
from timely.models import Meta, Notification, User
from timely.services.notifications import notify, withdraw_notification

CONTRACTS = Path(__file__).parents[1] / "contracts"


@pytest.fixture
def olga(app):
    return make_user(app, "Olga", "organiser")


def spectator(app, user_id=None):
    http = app.test_client()
    if user_id:
        sign_in(http, user_id)
    spectator = Spectator(app, http)
    spectator.new_messages()
    return spectator


def send(app, title, to=None):
    with app.app_context():
        return notify(title=title, to=db.session.get_one(User, to) if to else None, by=None).id


def test_public_notifications_reach_all_clients(app, hub):
    one = spectator(app)
    assert one.subscribe(topics=["notifications"])["versions"] == {"notifications": 1}
    one.new_messages()
    id_ = send(app, "Tea")
    publish(hub)
    (message,) = one.new_messages()
    assert (message["type"], message["topic"], message["since"], message["version"]) == (
        "notification",
        "notifications",
        1,
        2,
    )
    assert (message["data"]["id"], message["data"]["title"]) == (id_, "Tea")
    assert [row["id"] for row in message["data"]["notifications"]] == [id_]


def test_personal_notifications_reach_only_their_user(app, hub, olga):
    mine, others = spectator(app, olga), spectator(app, make_user(app, "Ada", "administrator"))
    answer = mine.subscribe(topics=["notifications"])
    assert set(answer["versions"]) == {"notifications", f"user_{olga}"}
    others.subscribe(topics=["notifications"])
    mine.new_messages(), others.new_messages()
    send(app, "For Olga", to=olga)
    publish(hub)
    assert [message["topic"] for message in mine.new_messages()] == [f"user_{olga}"]
    assert others.new_messages() == []


def test_the_topic_of_another_user_is_refused(app, olga):
    topic = f"user_{olga}"
    assert spectator(app).subscribe(topics=[topic])["error"]["code"] == "not_found"
    ada = make_user(app, "Ada", "administrator")
    assert spectator(app, ada).subscribe(topics=["notifications", topic])["error"]["code"] == "not_found"
    assert spectator(app).subscribe(topics=["user_999"])["error"]["code"] == "not_found"
    assert spectator(app, olga).subscribe(topics=[topic])["ok"] is True


def test_a_snapshot_has_the_newest_at_the_top_and_all_current_ones(app, hub):
    first, second = send(app, "Tea"), send(app, "Cake")
    one = spectator(app)
    one.subscribe(topics=["notifications"])
    message, heartbeat = one.new_messages()
    assert (message["since"], message["data"]["id"]) == (0, second)
    assert [row["id"] for row in message["data"]["notifications"]] == [second, first]
    assert heartbeat["data"]["versions"] == {"events": 1, "notifications": 3}
    assert heartbeat["data"]["event_id"] is None


def test_what_is_withdrawn_is_removed(app, hub):
    id_ = send(app, "Tea")
    one = spectator(app)
    one.subscribe(topics=["notifications"])
    one.new_messages()
    with app.app_context():
        withdraw_notification(db.session.get_one(Notification, id_), by=None)
    publish(hub)
    (message,) = one.new_messages()
    assert (message["data"]["id"], message["data"]["notifications"], message["data"]["removed"]) == (None, [], [id_])


def test_an_event_and_the_notifications_in_one_subscription(app, hub, league):
    one = spectator(app)
    answer = one.subscribe(event_id=league, topics=["results", "notifications"])
    assert answer["versions"] == {"results": 1, "notifications": 1}


def test_the_heartbeat_of_a_user_topic_reaches_only_that_user(app, hub, olga):
    mine, others = spectator(app, olga), spectator(app)
    mine.subscribe(topics=["notifications"])
    others.subscribe(topics=["notifications"])
    first = mine.new_messages("heartbeat")
    assert first[0]["data"]["versions"] == {"events": 1, "notifications": 1, f"user_{olga}": 1}
    others.new_messages()
    with app.app_context():
        hub.send_heartbeats()
    beats = [message["data"]["versions"] for message in mine.new_messages("heartbeat")]
    assert beats == [{"events": 1, "notifications": 1}, {f"user_{olga}": 1}]
    assert [message["data"]["versions"] for message in others.new_messages()] == [{"events": 1, "notifications": 1}]


def test_unsubscribing_from_notifications_includes_the_user_topic(app, hub, olga):
    mine = spectator(app, olga)
    mine.subscribe(topics=["notifications"])
    mine.socket.emit("unsubscribe", {"topics": ["notifications"]}, callback=True)
    mine.new_messages()
    send(app, "For Olga", to=olga)
    publish(hub)
    assert mine.new_messages() == []


def test_the_message_is_as_the_golden_file_has_it(app, hub):
    with app.app_context():
        db.session.get_one(Meta, "epoch").value = "k3f9"
        db.session.commit()
        notify(title="Thunder", message="Leave the pitches.", type="weather", priority="urgent", by=None)
    one = spectator(app)
    one.subscribe(topics=["notifications"])
    (message,) = one.new_messages("notification")
    moment = message["data"]["timestamp"]
    (row,) = message["data"]["notifications"]
    assert row["timestamp"] == moment
    message["data"]["timestamp"] = row["timestamp"] = "<timestamp>"
    row["posted_text"] = "<posted_text>"
    assert message == json.loads((CONTRACTS / "notification_snapshot.json").read_text("utf-8"))


def test_a_broadcast_reaches_subscribers_without_a_version(app, hub, league):
    here, elsewhere = spectator(app), spectator(app)
    here.subscribe(event_id=league, topics=["event"])
    elsewhere.subscribe(topics=["events"])
    here.new_messages(), elsewhere.new_messages()
    with app.app_context():
        assert broadcast(f"event_{league}", "whistle", {"text": "Half-time"}) == 1
        assert broadcast("notifications", "whistle", {}) == 0
    (message,) = here.new_messages()
    assert set(message) == {"type", "topic", "epoch", "data"}
    assert (message["type"], message["data"]) == ("whistle", {"text": "Half-time"})
    assert elsewhere.new_messages() == []


def test_broadcast_is_not_repeated(app, hub, league):
    with app.app_context():
        broadcast(f"event_{league}", "whistle", {})
    late = spectator(app)
    late.subscribe(event_id=league)
    assert "whistle" not in [message["type"] for message in late.new_messages()]


@pytest.mark.parametrize(
    ("topic", "type_"), [("event_x", "whistle"), ("events", "results_update"), ("events", "error")]
)
def test_a_broadcast_of_a_reserved_type_is_refused(app, topic, type_):
    with app.app_context(), pytest.raises(ValueError, match=r"no topic|database alone"):
        broadcast(topic, type_, {})


def test_a_socket_is_counted_with_its_event_transport_and_page(app, hub, league):
    presence.reset()
    one, two = spectator(app), spectator(app)
    one.subscribe(event_id=league, topics=["results"], page="leaderboard")
    two.subscribe(topics=["events", f"event_{league}_schedule"], page="no such page")
    count = presence.count()
    assert (count.total, dict(count.by_event)) == (2, {league: 2})
    assert dict(count.by_page) == {"leaderboard": 1, "": 1}
    one.socket.emit("unsubscribe", {"event_id": league, "topics": ["results"]}, callback=True)
    assert presence.count().total == 1
    two.socket.disconnect()
    assert presence.count().total == 0


def test_the_notification_stream_begins_with_current_and_personal_ones(app, hub, olga):
    send(app, "Tea")
    send(app, "For Olga", to=olga)
    http = app.test_client()
    sign_in(http, olga)
    answer = http.get("/api/notifications/stream/")
    messages = []
    for chunk in answer.response:
        lines = (chunk.decode() if isinstance(chunk, bytes) else chunk).splitlines()
        messages += [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
        if messages and messages[-1]["type"] == "heartbeat":
            break
    answer.close()
    assert [one["topic"] for one in messages if one["type"] == "notification"] == ["notifications", f"user_{olga}"]
    assert messages[-1]["data"]["versions"] == {"events": 1, "notifications": 2, f"user_{olga}": 2}


def test_a_waiting_poll_gets_a_broadcast(app, hub, league):
    http = app.test_client()
    now = http.get(f"/api/events/{league}/poll/?topics=event").json["heartbeat"]
    have = f"topics=event&event={now['data']['versions']['event']}&epoch={now['epoch']}"
    found = []
    asking = threading.Thread(target=lambda: found.append(http.get(f"/api/events/{league}/poll/?{have}&wait=10").json))
    asking.start()
    give_up_at = time.monotonic() + 5
    with app.app_context():
        while not broadcast(f"event_{league}", "whistle", {"text": "Half-time"}) and time.monotonic() < give_up_at:
            time.sleep(0.05)
    asking.join(12)
    assert [message["type"] for message in found[0]["messages"]] == ["whistle"]
