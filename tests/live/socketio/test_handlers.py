"""Socket.IO as a client sees it: subscribe, snapshots, messages, heartbeats, refusals."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import make_user, sign_in
from timely.clock import now
from timely.extensions import db, socketio
from timely.live import presence
from timely.live.socketio.subscribers import subscribers
from timely.models import Event, Fixture, Team, User
from timely.services import results
from timely.services.announcements import announce
from timely.services.results import Score
from timely.services.scheduled_jobs import run_due_jobs


class Spectator:
    """A client that keeps what it receives."""

    def __init__(self, app: Flask, http=None):
        self.socket = socketio.test_client(app, flask_test_client=http or app.test_client())
        self.received: list[dict] = []

    def subscribe(self, **data):
        return self.socket.emit("subscribe", data, callback=True)

    def news(self, *types):
        """The messages that came since the last look, of these types or of all."""
        new = [packet["args"] for packet in self.socket.get_received() if packet["name"] == "message"]
        self.received += new
        return [message for message in new if not types or message["type"] in types]


@pytest.fixture
def spectator(app):
    spectator = Spectator(app)
    spectator.news()
    return spectator


def play(app, event_id, number=0, home=2, away=1, **more):
    """Enters a result in the event's n-th game; gives the fixture's id."""
    with app.app_context():
        fixture = db.session.scalars(
            select(Fixture).where(Fixture.event_id == event_id).order_by(Fixture.id).offset(number)
        ).first()
        results.enter_score(fixture, Score(home, away), by=None, **more)
        return fixture.id


def tell(hub):
    """Lets the hub look until nothing is due any more."""
    hub._sent_at.clear()
    hub.publish_pending()


def test_connected_comes_first(app):
    assert [message["type"] for message in Spectator(app).news()] == ["connected"]


def test_a_newcomer_gets_snapshots_and_a_heartbeat_at_once(spectator, league):
    answer = spectator.subscribe(event_id=league)
    assert answer["ok"] is True
    assert answer["versions"] == {"event": 1, "results": 1, "schedule": 1, "announcements": 1}
    messages = spectator.news()
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


def test_who_is_up_to_date_gets_a_heartbeat_alone(spectator, league):
    answer = spectator.subscribe(event_id=league, topics=["results"])
    spectator.news()
    spectator.subscribe(event_id=league, topics=["results"], versions={"results": 1}, epoch=answer["epoch"])
    assert [message["type"] for message in spectator.news()] == ["heartbeat"]


def test_another_epoch_means_a_snapshot(spectator, league):
    spectator.subscribe(event_id=league, topics=["results"], versions={"results": 1}, epoch="elsewhere")
    assert [message["type"] for message in spectator.news()] == ["results_update", "heartbeat"]


def test_a_result_is_told_once_in_each_topic(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.news()
    fixture_id = play(app, league)
    tell(hub)
    told = {message["topic"]: message for message in spectator.news()}
    assert set(told) == {f"event_{league}_results", f"event_{league}_schedule"}
    update = told[f"event_{league}_results"]
    assert (update["since"], update["version"]) == (1, 2)
    assert [row["team_name"] for row in update["data"]["leaderboard"]] == ["Ash", "Cedar", "Dogwood", "Birch"]
    assert update["data"]["results"][0]["fixture_id"] == fixture_id
    assert update["data"]["results"][0]["winner_id"] == update["data"]["leaderboard"][0]["team_id"]
    schedule = told[f"event_{league}_schedule"]["data"]
    assert [row["id"] for row in schedule["fixtures"]] == [fixture_id]
    assert schedule["fixtures"][0]["status"] == "FINISHED"
    assert schedule["updated_fixture"]["id"] == fixture_id
    tell(hub)
    assert spectator.news() == []


def test_what_comes_fast_is_told_together(app, hub, spectator, league):
    spectator.subscribe(event_id=league, topics=["results"])
    spectator.news()
    play(app, league, 0)
    tell(hub)
    for number in (1, 2, 3):
        play(app, league, number)
        hub._sent_at = dict.fromkeys(hub._sent_at, time.monotonic())  # just now, however slow this computer is
        assert hub.publish_pending() <= 0.1, "the next message of a topic waits for a tenth of a second"
    assert [message["version"] for message in spectator.news()] == [2]
    tell(hub)
    (message,) = spectator.news()
    assert (message["since"], message["version"]) == (2, 5)
    assert len(message["data"]["results"]) == 3


def test_a_rolled_back_save_is_not_told(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.news()
    with app.app_context():
        db.session.scalars(select(Team)).first().name = "Never"
        db.session.flush()
        db.session.rollback()
    tell(hub)
    assert spectator.news() == []


def test_only_what_was_asked_for_arrives(app, hub, spectator, league):
    spectator.subscribe(event_id=league, topics=["announcements"])
    spectator.news()
    play(app, league)
    tell(hub)
    assert spectator.news() == []


def test_whoever_leaves_hears_nothing_more(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.socket.emit("unsubscribe", {"event_id": league, "topics": ["results"]}, callback=True)
    spectator.news()
    play(app, league)
    tell(hub)
    assert [message["type"] for message in spectator.news()] == ["schedule_update"]


def test_a_deleted_game_is_told_as_removed(app, hub, spectator, league):
    spectator.subscribe(event_id=league, topics=["schedule"])
    spectator.news()
    with app.app_context():
        fixture = db.session.scalars(select(Fixture)).first()
        fixture_id = fixture.id
        db.session.delete(fixture)
        db.session.commit()
    tell(hub)
    (message,) = spectator.news()
    assert message["data"]["removed"] == [fixture_id]
    assert message["data"]["fixtures"] == []
    assert message["data"]["action"] == "deleted"


def test_a_renamed_team_is_told_in_table_and_schedule(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.news()
    with app.app_context():
        db.session.scalars(select(Team).where(Team.name == "Ash")).one().name = "Ashford"
        db.session.commit()
    tell(hub)
    results_update, schedule_update = spectator.news()
    assert "Ashford" in [row["team_name"] for row in results_update["data"]["leaderboard"]]
    assert len(schedule_update["data"]["fixtures"]) == 3


def test_the_hub_tells_the_other_topics_if_one_cannot_be_built(app, hub, spectator, league, monkeypatch):
    from timely.live import messages

    spectator.subscribe(event_id=league)
    spectator.news()
    build = messages.build

    def failing(topic, since):
        if topic.endswith("_results"):
            raise ZeroDivisionError
        return build(topic, since)

    monkeypatch.setattr(messages, "build", failing)
    play(app, league)
    tell(hub)
    assert [message["type"] for message in spectator.news()] == ["schedule_update"]
    monkeypatch.setattr(messages, "build", build)
    play(app, league, 1)
    tell(hub)
    (message,) = spectator.news("results_update")
    assert message["version"] == 3


def test_heartbeats_carry_the_versions_of_what_is_followed(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.subscribe(topics=["events"])
    spectator.news()
    with app.app_context():
        hub.send_heartbeats()
    beats = {message["data"]["event_id"]: message["data"]["versions"] for message in spectator.news("heartbeat")}
    assert beats[league] == {"event": 1, "results": 1, "schedule": 1, "announcements": 1}
    assert list(beats[None]) == ["events", "notifications"]


def test_the_list_of_events_hears_of_a_new_one(app, hub, spectator, make_event):
    spectator.subscribe(topics=["events"])
    spectator.news()
    event_id = make_event(name="Cup")
    tell(hub)
    (message,) = spectator.news()
    assert message["topic"] == "events"
    assert message["data"]["event_id"] == event_id
    assert message["data"]["name"] == "Cup"


def test_topics_of_several_events_in_one_subscription(app, hub, spectator, league, make_event):
    other = make_event(name="Other")
    tell(hub)
    answer = spectator.subscribe(topics=["events", f"event_{league}_schedule", f"event_{other}_schedule"])
    assert set(answer["versions"]) == {"events", f"event_{league}_schedule", f"event_{other}_schedule"}
    spectator.news()
    play(app, other)
    tell(hub)
    assert [message["topic"] for message in spectator.news()] == [f"event_{other}_schedule"]


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
def test_garbage_is_refused_with_a_word(spectator, league, data, code):
    answer = spectator.socket.emit("subscribe", data, callback=True)
    assert answer["ok"] is False
    assert answer["error"]["code"] == code
    assert answer["error"]["message"]
    assert spectator.news() == []


@pytest.mark.parametrize("changed", [{"status": "DRAFT"}, {"visibility": "private"}])
def test_what_may_not_be_seen_looks_as_if_it_did_not_exist(spectator, make_event, changed):
    event_id = make_event(**changed)
    assert spectator.subscribe(event_id=event_id)["error"]["code"] == "not_found"
    assert spectator.subscribe(event_id=event_id, key="wrong")["error"]["code"] == "not_found"


def test_a_private_event_is_followed_with_its_key(app, spectator, make_event):
    event_id = make_event(visibility="private")
    with app.app_context():
        key = db.session.get_one(Event, event_id).access_key
    assert spectator.subscribe(event_id=event_id, key=key)["ok"] is True


def test_an_organiser_follows_a_draft(app, make_event):
    event_id = make_event(status="DRAFT")
    http = app.test_client()
    sign_in(http, make_user(app, "Olga", "organiser", event_id))
    assert Spectator(app, http).subscribe(event_id=event_id)["ok"] is True


def test_an_event_that_goes_private_is_not_told_to_the_public_any_more(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.news()
    with app.app_context():
        db.session.get_one(Event, league).visibility = "private"
        db.session.commit()
    tell(hub)
    assert spectator.news("error")[0]["data"]["code"] == "not_found"
    play(app, league)
    tell(hub)
    assert spectator.news() == []


def test_ping_answers_pong(spectator):
    spectator.socket.emit("ping")
    assert [message["type"] for message in spectator.news()] == ["pong"]


def test_a_change_that_nobody_signalled_is_found_by_looking(app, hub, spectator, league):
    """As when another process saved it: only the database knows."""
    spectator.subscribe(event_id=league, topics=["results"])
    spectator.news()
    play(app, league)
    hub._wake.clear()
    hub.publish_pending()
    assert [message["type"] for message in spectator.news()] == ["results_update"]


def test_a_restored_database_makes_everybody_start_again(app, hub, spectator, league):
    from timely.models import Meta

    spectator.subscribe(event_id=league)
    spectator.news()
    with app.app_context():
        db.session.get_one(Meta, "epoch").value = "another"
        db.session.commit()
    tell(hub)
    (send_heartbeats,) = spectator.news("heartbeat")
    assert send_heartbeats["data"]["epoch"] == "another"


def test_what_is_kept_of_the_log_has_an_end_and_then_a_snapshot_is_sent(app, hub, league):
    from timely.live import messages
    from timely.models import Change

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


def test_a_snapshot_is_made_once_for_a_whole_hall_and_anew_after_a_change(app, hub, league, monkeypatch):
    from timely.live import messages

    built = []
    build = messages.build

    def counting(topic, since):
        built.append(topic)
        return build(topic, since)

    monkeypatch.setattr(messages, "build", counting)
    for _ in range(3):
        Spectator(app).subscribe(event_id=league, topics=["results"])
    assert built == [f"event_{league}_results"]
    play(app, league)
    late = Spectator(app)
    late.subscribe(event_id=league, topics=["results"])
    (message,) = late.news("results_update")
    assert message["version"] == 2
    assert message["data"]["leaderboard"][0]["pts"] == 3


def test_whoever_is_signed_out_elsewhere_hears_nothing_more(app, hub, make_event):
    draft = make_event(status="DRAFT")
    http = app.test_client()
    user_id = make_user(app, "Olga", "organiser", draft)
    sign_in(http, user_id)
    organiser = Spectator(app, http)
    assert organiser.subscribe(event_id=draft)["ok"] is True
    organiser.news()
    with app.app_context():
        db.session.get_one(User, user_id).stamp = "another"
        db.session.commit()
    play(app, draft)
    tell(hub)
    assert not organiser.socket.is_connected()


def test_signing_out_ends_the_connections_of_that_browser(app, league):
    user_id = make_user(app, "Olga", "organiser", league)
    laptop, phone = app.test_client(), app.test_client()
    for http in (laptop, phone):
        sign_in(http, user_id)
    on_laptop, on_phone = Spectator(app, laptop), Spectator(app, phone)
    laptop.post("/logout/")
    assert not on_laptop.socket.is_connected()
    assert on_phone.socket.is_connected()


def test_a_draft_is_nothing_to_the_list_of_events(app, hub, spectator, make_event):
    spectator.subscribe(topics=["events"])
    spectator.news()
    event_id = make_event(status="DRAFT")
    make_event(visibility="private")
    with app.app_context():
        db.session.get_one(Event, event_id).name = "Still secret"
        db.session.commit()
    tell(hub)
    assert spectator.news() == []
    with app.app_context():
        db.session.get_one(Event, event_id).status = "PUBLISHED"
        db.session.commit()
    tell(hub)
    assert spectator.news()[0]["data"]["name"] == "Still secret"
    with app.app_context():
        db.session.get_one(Event, event_id).visibility = "private"
        db.session.commit()
    tell(hub)
    assert spectator.news()[0]["data"]["removed"] == [event_id]


def test_nothing_is_told_once_the_curtain_is_down(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.news()
    with app.app_context():
        event = db.session.get_one(Event, league)
        event.status, event.name = "DRAFT", "Secret"
        db.session.commit()
    tell(hub)
    assert [message["type"] for message in spectator.news()] == ["error"]


def test_an_announcement_for_later_is_told_when_it_is_due_and_not_before(app, hub, spectator, league):
    spectator.subscribe(event_id=league, topics=["announcements"])
    spectator.news()
    later = now() + timedelta(hours=1)
    with app.app_context():
        announce(db.session.get_one(Event, league), title="Tea", publish_at=later, by=None)
    tell(hub)
    assert spectator.news() == []
    with app.app_context():
        run_due_jobs(later)
    tell(hub)
    (message,) = spectator.news()
    assert (message["data"]["action"], message["data"]["announcement"]["title"]) == ("created", "Tea")


def test_how_many_games_are_played_is_never_an_old_figure(app, hub, league):
    play(app, league)
    first, second = Spectator(app), Spectator(app)
    first.subscribe(event_id=league)
    play(app, league, 1)
    second.subscribe(event_id=league)
    assert second.news("event_update")[0]["data"]["played_text"] == "2 of 6 games"


def test_whoever_is_cut_off_while_speaking_is_not_counted_for_ever(app, hub, league):
    spectator = Spectator(app)
    subscribers.clear()  # as the hub does in another thread
    presence.reset()
    spectator.subscribe(event_id=league)
    assert presence.count().total == 0
    assert not subscribers
