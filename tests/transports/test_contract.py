"""The guarantees of the protocol, on every transport."""

import time

import pytest

from tests.transports.clients import Polling

FOUR = {"event", "results", "schedule", "announcements"}


def versions_told(messages, topic):
    return [message["version"] for message in messages if message.get("topic") == topic and "version" in message]


def test_snapshots_come_first_then_a_heartbeat(league_server, client_class):
    event_id = league_server.new_league()
    client = league_server.open(client_class, event_id)
    types = [client.next("event_update", "results_update", "schedule_update", "announcement_update") for _ in range(4)]
    assert {message["type"] for message in types} == {
        "event_update",
        "results_update",
        "schedule_update",
        "announcement_update",
    }
    assert all(message["since"] == 0 for message in types)
    beat = client.next("heartbeat")
    assert set(beat["data"]["versions"]) == FOUR
    assert beat["epoch"] == types[0]["epoch"] == league_server.read(event_id, "")["epoch"]


def test_a_current_client_gets_a_heartbeat_at_once_and_no_snapshot(league_server, client_class):
    event_id = league_server.new_league()
    known = league_server.read(event_id, "")
    client = league_server.open(
        client_class, event_id, ["results", "schedule"], {"results": 1, "schedule": 1}, known["epoch"]
    )
    # Polling answers when something is new, or when it has waited as long as it was asked to.
    first = client.next("heartbeat", "results_update", "schedule_update", within=10 if client_class is Polling else 5)
    assert first["type"] == "heartbeat"


def test_only_subscribed_topics_arrive(league_server, client_class):
    event_id = league_server.new_league()
    client = league_server.open(client_class, event_id, ["announcements"])
    client.next("announcement_update")
    league_server.save(league_server.fixtures(event_id)[0], 1, 0)
    client.nothing_but_heartbeats(0.8)


def test_order_without_gap_or_duplicate(league_server, client_class):
    event_id = league_server.new_league()
    client = league_server.open(client_class, event_id, ["results"])
    client.next("results_update")
    topic, fixture = f"event_{event_id}_results", league_server.fixtures(event_id)[0]
    for goals in range(1, 13):
        league_server.save(fixture, goals, 0)
        time.sleep(0.02)
    last = league_server.read(event_id, "leaderboard/")["version"]
    messages = client.until(topic, last)
    told = versions_told(messages, topic)
    assert told == sorted(set(told))
    have = 1
    for message in messages:
        if message.get("topic") == topic and "version" in message:
            assert message["since"] <= have < message["version"]
            have = message["version"]
    assert messages[-1]["data"]["leaderboard"][0]["gf"] == 12


def test_changes_in_quick_succession_are_published_together(league_server, client_class):
    event_id = league_server.new_league()
    client = league_server.open(client_class, event_id, ["results"])
    client.next("results_update")
    topic, fixtures = f"event_{event_id}_results", league_server.fixtures(event_id)
    began = time.monotonic()
    for goals in range(1, 6):
        for fixture in fixtures:
            league_server.save(fixture, goals, 0)
    last = league_server.read(event_id, "leaderboard/")["version"]
    told = versions_told(client.until(topic, last), topic)
    # At most one every 100 ms, however long a busy computer takes for the saves.
    most = (time.monotonic() - began) / 0.1 + 2
    assert last == 31
    assert len(told) <= most, f"{len(told)} messages for 30 saves"


def test_heartbeats_every_ten_seconds(listening, client_class):
    client = listening[client_class.transport]
    first, second, third = (client.next("heartbeat", within=within) for within in (5, 11.5, 11.5))
    assert second["arrived_at"] - first["arrived_at"] < 11.5
    assert third["arrived_at"] - first["arrived_at"] < 21.5


def test_what_was_missed_is_there_after_coming_back(league_server, client_class):
    event_id = league_server.new_league()
    client = league_server.open(client_class, event_id, ["results", "schedule"])
    seen = {}
    while len(seen) < 2:
        message = client.next("results_update", "schedule_update")
        seen[message["topic"].rsplit("_", 1)[-1]] = message["version"]
    client.stop()
    fixtures = league_server.fixtures(event_id)
    for fixture in fixtures[:3]:
        league_server.save(fixture, 2, 1)
    client = league_server.open(client_class, event_id, ["results", "schedule"], seen, message["epoch"])
    back = {}
    while len(back) < 2:
        message = client.next("results_update", "schedule_update")
        # What was told between the joining and the snapshot may come first: it is for those who have more.
        if message["since"] <= seen[message["topic"].rsplit("_", 1)[-1]]:
            back[message["type"]] = message
    assert back["results_update"]["version"] == league_server.read(event_id, "leaderboard/")["version"]
    told = {row["team_name"]: row["pts"] for row in back["results_update"]["data"]["leaderboard"]}
    (table,) = league_server.read(event_id, "leaderboard/")["tables"]
    assert told == {row["team_name"]: row["pts"] for row in table["leaderboard"]}
    assert {row["id"] for row in back["schedule_update"]["data"]["fixtures"]} >= set(fixtures[:3])


def test_another_epoch_means_a_snapshot(league_server, client_class):
    event_id = league_server.new_league()
    client = league_server.open(client_class, event_id, ["results"], {"results": 1}, "elsewhere")
    assert client.next("results_update")["since"] == 0


@pytest.mark.parametrize("changed", [{"visibility": "private"}, {"status": "DRAFT"}], ids=["private", "draft"])
def test_a_hidden_event_is_not_found(league_server, client_class, changed):
    event_id = league_server.new_league(**changed)
    assert league_server.open(client_class, event_id, key="wrong").next("error")["data"]["code"] == "not_found"


def test_an_unknown_topic_is_refused(league_server, client_class):
    event_id = league_server.new_league()
    assert league_server.open(client_class, event_id, ["weather"]).next("error")["data"]["code"] == "unknown_topic"


def test_withdrawn_access_ends_the_subscription(league_server, client_class):
    event_id = league_server.new_league()
    client = league_server.open(client_class, event_id)
    client.next("heartbeat")
    league_server.withdraw(event_id)
    assert client.next("error", within=5)["data"]["code"] == "not_found"
    league_server.save(league_server.fixtures(event_id)[0], 9, 9)
    client.nothing_but_heartbeats(1.0)


def test_a_change_by_another_process_is_published_within_two_seconds(league_server, client_class):
    event_id = league_server.new_league()
    client = league_server.open(client_class, event_id, ["results"])
    client.next("results_update")
    league_server.server.save_in_another_process(league_server.fixtures(event_id)[0], 3, 0)
    assert client.next("results_update", within=2.5)["data"]["results"][0]["home_score"] == 3
