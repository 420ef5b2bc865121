"""Publishing after a change, as a Socket.IO client receives it."""

import time
from datetime import timedelta

from sqlalchemy import select

from tests.live.spectator import play, publish
from tests.statements import statements
from timely.clock import now
from timely.extensions import db
from timely.live import messages
from timely.models import Event, Fixture, Meta, Team
from timely.services.announcements import announce
from timely.services.scheduled_jobs import run_due_jobs


def test_a_result_is_published_once_in_each_topic(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.new_messages()
    fixture_id = play(app, league)
    publish(hub)
    updates = {message["topic"]: message for message in spectator.new_messages()}
    assert set(updates) == {f"event_{league}_results", f"event_{league}_schedule"}
    update = updates[f"event_{league}_results"]
    assert (update["since"], update["version"]) == (1, 2)
    assert [row["team_name"] for row in update["data"]["leaderboard"]] == ["Ash", "Cedar", "Dogwood", "Birch"]
    assert update["data"]["results"][0]["fixture_id"] == fixture_id
    assert update["data"]["results"][0]["winner_id"] == update["data"]["leaderboard"][0]["team_id"]
    schedule = updates[f"event_{league}_schedule"]["data"]
    assert [row["id"] for row in schedule["fixtures"]] == [fixture_id]
    assert schedule["fixtures"][0]["status"] == "FINISHED"
    assert schedule["updated_fixture"]["id"] == fixture_id
    publish(hub)
    assert spectator.new_messages() == []


def test_changes_in_quick_succession_are_published_together(app, hub, spectator, league):
    spectator.subscribe(event_id=league, topics=["results"])
    spectator.new_messages()
    play(app, league, 0)
    publish(hub)
    for number in (1, 2, 3):
        play(app, league, number)
        hub._sent_at = dict.fromkeys(hub._sent_at, time.monotonic())  # just now, however slow this computer is
        assert hub.publish_pending() <= 0.1, "the next message of a topic waits for a tenth of a second"
    assert [message["version"] for message in spectator.new_messages()] == [2]
    publish(hub)
    (message,) = spectator.new_messages()
    assert (message["since"], message["version"]) == (2, 5)
    assert len(message["data"]["results"]) == 3


def test_a_check_asks_the_database_only_after_a_commit(app, hub, league):
    publish(hub)
    with app.app_context(), statements() as asked:
        hub.publish_pending()
        assert asked == []
    play(app, league)
    with app.app_context(), statements() as asked:
        hub.publish_pending()
        assert asked


def test_a_rolled_back_save_is_not_published(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.new_messages()
    with app.app_context():
        db.session.scalars(select(Team)).first().name = "Never"
        db.session.flush()
        db.session.rollback()
    publish(hub)
    assert spectator.new_messages() == []


def test_a_deleted_game_is_published_as_removed(app, hub, spectator, league):
    spectator.subscribe(event_id=league, topics=["schedule"])
    spectator.new_messages()
    with app.app_context():
        fixture = db.session.scalars(select(Fixture)).first()
        fixture_id = fixture.id
        db.session.delete(fixture)
        db.session.commit()
    publish(hub)
    (message,) = spectator.new_messages()
    assert message["data"]["removed"] == [fixture_id]
    assert message["data"]["fixtures"] == []
    assert message["data"]["action"] == "deleted"


def test_a_renamed_team_is_published_in_table_and_schedule(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.new_messages()
    with app.app_context():
        db.session.scalars(select(Team).where(Team.name == "Ash")).one().name = "Ashford"
        db.session.commit()
    publish(hub)
    results_update, schedule_update = spectator.new_messages()
    assert "Ashford" in [row["team_name"] for row in results_update["data"]["leaderboard"]]
    assert len(schedule_update["data"]["fixtures"]) == 3


def test_other_topics_are_published_if_one_cannot_be_built(app, hub, spectator, league, monkeypatch):
    spectator.subscribe(event_id=league)
    spectator.new_messages()
    build = messages.build

    def failing(topic, *versions):
        if topic.endswith("_results"):
            raise ZeroDivisionError
        return build(topic, *versions)

    monkeypatch.setattr(messages, "build", failing)
    play(app, league)
    publish(hub)
    assert [message["type"] for message in spectator.new_messages()] == ["schedule_update"]
    monkeypatch.setattr(messages, "build", build)
    play(app, league, 1)
    publish(hub)
    (message,) = spectator.new_messages("results_update")
    assert message["version"] == 3


def test_heartbeats_carry_the_versions_of_the_followed_topics(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.subscribe(topics=["events"])
    spectator.new_messages()
    with app.app_context():
        hub.send_heartbeats()
    heartbeats = {
        message["data"]["event_id"]: message["data"]["versions"] for message in spectator.new_messages("heartbeat")
    }
    assert heartbeats[league] == {"event": 1, "results": 1, "schedule": 1, "announcements": 1}
    assert list(heartbeats[None]) == ["events", "notifications"]


def test_a_new_event_is_published_in_the_list_of_events(app, hub, spectator, make_event):
    spectator.subscribe(topics=["events"])
    spectator.new_messages()
    event_id = make_event(name="Cup")
    publish(hub)
    (message,) = spectator.new_messages()
    assert message["topic"] == "events"
    assert message["data"]["event_id"] == event_id
    assert message["data"]["name"] == "Cup"


def test_a_change_without_a_signal_is_found_at_the_next_check(app, hub, spectator, league):
    """As when another process saved it: only the database knows."""
    spectator.subscribe(event_id=league, topics=["results"])
    spectator.new_messages()
    play(app, league)
    hub._wake.clear()
    hub.publish_pending()
    assert [message["type"] for message in spectator.new_messages()] == ["results_update"]


def test_a_restored_database_sends_heartbeats_of_the_new_epoch(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.new_messages()
    with app.app_context():
        db.session.get_one(Meta, "epoch").value = "another"
        db.session.commit()
    publish(hub)
    (heartbeat,) = spectator.new_messages("heartbeat")
    assert heartbeat["data"]["epoch"] == "another"


def test_a_scheduled_announcement_is_published_when_it_is_due(app, hub, spectator, league):
    spectator.subscribe(event_id=league, topics=["announcements"])
    spectator.new_messages()
    later = now() + timedelta(hours=1)
    with app.app_context():
        announce(db.session.get_one(Event, league), title="Tea", publish_at=later, by=None)
    publish(hub)
    assert spectator.new_messages() == []
    with app.app_context():
        run_due_jobs(later)
    publish(hub)
    (message,) = spectator.new_messages()
    assert (message["data"]["action"], message["data"]["announcement"]["title"]) == ("created", "Tea")
