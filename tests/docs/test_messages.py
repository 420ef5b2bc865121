"""docs/live.md: every key of a row and of a message is named, and Socket.IO answers as it says."""

import json
import re
from typing import Any

import pytest
from flask import Flask

from tests.cups import cup_file
from tests.docs.reading import examples, keys_in, plain, section
from timely.domain.rulebooks import RULEBOOKS
from timely.event_file.read import read_event
from timely.extensions import socketio
from timely.live import messages, presence
from timely.live.broadcast import RESERVED_TYPES
from timely.live.topics import topic_of
from timely.models.topic import EVENTS, NOTIFICATIONS
from timely.presenters.announcement_rows import announcement_row
from timely.presenters.bracket import changed_ties
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.leaderboard_rows import leaderboard_row
from timely.presenters.notification_rows import notification_row
from timely.queries.schedule import schedule
from timely.queries.tables import leaderboard
from timely.services.event_files import import_event
from timely.services.notifications import notify


def test_every_key_of_a_row_is_named(in_app: None) -> None:
    seen: set[str] = set()
    named = keys_in("live.md", "A row of a leaderboard")
    for book in RULEBOOKS:
        for sport in ("football", "rugby", "volleyball", "ice_hockey"):
            # A game with cards, for what a row says of fair play.
            cards = {"extra": {"cards": {"home": {"yellow": 1}}}}
            game = {"home": "Ash", "away": "Birch", "home_score": 2, "away_score": 1, **cards}
            games = [game] if sport == "football" and "fifa" in book else []
            file = read_event(
                {"name": book, "sport": sport, "rulebook": book, "teams": ["Ash", "Birch"], "matches": games}
            )
            for line in leaderboard(import_event(file))[0].lines:
                seen |= plain(leaderboard_row(line), named)
    assert named == seen


def test_every_key_of_fixtures_and_announcements_is_named(played: Any) -> None:
    named = keys_in("live.md", "A fixture")
    assert named == plain(fixture_row(schedule(played)[0]), named)
    named = keys_in("live.md", "An announcement")
    assert named == plain(announcement_row(played.announcements[0]), named)


def test_every_key_of_a_tie_is_named(in_app: None) -> None:
    told = changed_ties(import_event(read_event(cup_file(4))))
    named = keys_in("live.md", "A tie") - {"home", "away"}
    assert {key for key in told[0] if key not in ("home", "away", "status_text")} == named
    (sides,) = (line for line in section("live.md", "A tie").splitlines() if line.startswith("| `home`, `away`"))
    assert set(re.findall(r"`(\w+)`", sides)) - {"home", "away"} == set(told[0]["home"]) - {"score_text"}


@pytest.mark.parametrize(
    ("topic", "heading"),
    [
        ("event", "event_update"),
        ("results", "results_update"),
        ("schedule", "schedule_update"),
        ("announcements", "announcement_update"),
    ],
)
@pytest.mark.parametrize("since", [0, 1])
def test_every_key_of_a_message_is_named(topic: str, heading: str, since: int, played: Any) -> None:
    message = messages.build(topic_of(played.id, topic), since)
    assert message
    assert message["type"] == heading
    assert set(message["data"]) == keys_in("live.md", heading)
    (envelope, *_) = examples("live.md")
    assert set(message) == set(envelope)


def test_the_list_of_events_has_two_keys_more(played: Any) -> None:
    message = messages.build(EVENTS, 0)
    assert message
    assert set(message["data"]) == keys_in("live.md", "event_update") | {"events", "removed"}


@pytest.mark.parametrize("since", [0, 1])
def test_every_key_of_a_notification_is_named(since: int, in_app: None) -> None:
    sent = notify(title="Tea", by=None)
    message = messages.build(NOTIFICATIONS, since)
    assert message
    assert message["type"] == "notification"
    assert set(message["data"]) == keys_in("live.md", "notification")
    named = keys_in("live.md", "A notification")
    assert named == plain(notification_row(sent), named) | {"posted_text"}


def test_every_page_that_is_counted_is_named() -> None:
    said = re.search(r"counts you as(.*?)\.\n?", section("live.md", "Socket.IO"), re.S)
    assert said
    assert re.findall(r"`([a-z]+)`", said[1]) == list(presence.PAGES)


def test_the_page_on_broadcast_names_what_is_kept_for_the_database() -> None:
    (envelope,) = examples("broadcast.md")
    assert set(envelope) == {"type", "topic", "epoch", "data"}
    assert set(keys_in("broadcast.md", "Types that are taken")) == RESERVED_TYPES


def test_every_key_of_a_result_is_named(played: Any) -> None:
    message = messages.build(topic_of(played.id, "results"), 1)
    assert message
    said = re.search(r"A result has (.*?)\.\n", section("live.md", "results_update"), re.S)
    assert said
    named = set(re.findall(r"`([a-z_]+)`", said[1]))
    assert named == set(message["data"]["results"][0])


def test_socket_io_answers_as_the_page_says(app: Flask, league: int) -> None:
    _, acknowledgement = examples("live.md")
    client = socketio.test_client(app)
    client.get_received()
    asked = {"event_id": league, "topics": ["results"], "versions": {"results": 0}, "epoch": "k3f9"}
    answer = client.emit("subscribe", asked, callback=True)
    assert answer.keys() == acknowledgement.keys()
    assert answer["versions"].keys() == acknowledgement["versions"].keys()
    got = [message["args"] for message in client.get_received()]
    assert [message["type"] for message in got] == ["results_update", "heartbeat"]
    assert got[0]["since"] == 0
    assert set(got[1]["data"]) == keys_in("live.md", "heartbeat")
    client.emit("ping")
    assert client.get_received()[0]["args"]["type"] == "pong"
    assert client.emit("unsubscribe", asked, callback=True).keys() == {"ok", "epoch"}
    refused = client.emit("subscribe", {"event_id": 99}, callback=True)
    told = re.search(r"`(\{\"ok\": false.*?)`;", section("live.md", "Socket.IO"))
    assert told
    assert refused == json.loads(told[1])
