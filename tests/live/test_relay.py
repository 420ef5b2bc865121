"""Messages of other workers: each change is sent to clients once, whichever worker built its message."""

import json
from typing import Any

import pytest
from flask import Flask

from tests.conftest import get_event
from timely.database import session_memory
from timely.database.transactions import writing
from timely.live import messages, presence
from timely.live.hub import Hub
from timely.live.relay import Relay
from timely.live.topics import topic_of

Versions = list[tuple[int | None, int | None]]


class RecordingTransport:
    """A transport with a subscriber; records the versions that are sent."""

    name = "recording"

    def __init__(self) -> None:
        self.sent: Versions = []
        self.disconnected: list[str] = []
        self.codes = [""]
        self.languages: list[tuple[str, str, int]] = []

    def languages_of(self, topic: str) -> list[str]:
        return self.codes

    def send(self, topic: str, message: dict[str, Any], language: str) -> None:
        if message["type"] != "heartbeat":
            self.sent.append((message.get("since"), message.get("version")))
            self.languages.append((language, message.get("lang", ""), message.get("version", 0)))

    def followed_events(self) -> set[int | None]:
        return set()

    def send_heartbeat(self, event_id: int | None, message: dict[str, Any]) -> None: ...
    def recheck_access(self, event: Any) -> None: ...
    def disconnect_revoked(self) -> None: ...
    def close_disconnected(self) -> None: ...

    def disconnect_session(self, session_token: str) -> None:
        self.disconnected.append(session_token)


@pytest.fixture
def transport() -> RecordingTransport:
    return RecordingTransport()


@pytest.fixture
def hub(app: Flask, transport: RecordingTransport) -> Hub:
    """The hub of one worker; its relay sends nothing, because it is not started."""
    hub = Hub(app, [transport])
    hub.relay = Relay("redis://127.0.0.1:1", hub)
    hub.begin()
    return hub


def relay_of(hub: Hub) -> Relay:
    assert hub.relay
    return hub.relay


def queued_kinds(hub: Hub) -> list[str]:
    """Empties the queue of the relay, and returns the kinds of its messages."""
    waiting = relay_of(hub).sender._waiting
    return [waiting.popleft()["kind"] for _ in range(len(waiting))]


def receive(hub: Hub, **more: Any) -> None:
    """Handles a message as if another worker had sent it."""
    relay_of(hub).receiver.handle(json.dumps({"worker": "another", "epoch": hub.epoch, **more}))


def change(app: Flask, event_id: int, details: str) -> None:
    """Saves in this process, which signals the hub."""
    with app.app_context(), writing():
        get_event(event_id).details = details


def message_since(app: Flask, event_id: int, since: int) -> dict[str, Any]:
    with app.app_context():
        message = messages.build(topic_of(event_id, "event"), since)
    assert message is not None
    return message


@pytest.fixture
def quiet(app: Flask, hub: Hub, league: int, transport: RecordingTransport) -> int:
    """The league with everything published, and nothing queued."""
    hub.begin()
    hub._signalled_at = None
    transport.sent.clear()
    queued_kinds(hub)
    return league


def test_the_worker_that_saved_sends_its_message_to_the_others(
    app: Flask, hub: Hub, quiet: int, transport: RecordingTransport
) -> None:
    change(app, quiet, "Changed")
    hub.publish_pending()
    assert transport.sent
    assert set(queued_kinds(hub)) == {"message"}


def test_a_worker_that_found_the_change_in_the_database_sends_nothing(
    app: Flask, hub: Hub, quiet: int, transport: RecordingTransport
) -> None:
    change(app, quiet, "Changed")
    hub._signalled_at = None  # as if another process had saved it
    hub.publish_pending()
    assert transport.sent
    assert queued_kinds(hub) == []


def test_a_worker_without_subscribers_asks_the_others_to_check_the_database(
    app: Flask, hub: Hub, quiet: int, transport: RecordingTransport
) -> None:
    transport.codes = []
    change(app, quiet, "Changed")
    hub.publish_pending()
    assert set(queued_kinds(hub)) == {"look"}


def test_the_next_message_is_sent_and_not_built_again(
    app: Flask, hub: Hub, quiet: int, transport: RecordingTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = topic_of(quiet, "event")
    version = hub.published_versions.of(topic)
    change(app, quiet, "Changed")
    receive(hub, kind="message", message=message_since(app, quiet, version))
    built: list[str] = []
    monkeypatch.setattr(messages, "build", lambda topic, since: built.append(topic))
    hub.publish_pending()
    assert transport.sent[0] == (version, version + 1)
    assert topic not in built
    assert hub.published_versions.of(topic) == version + 1


def test_a_message_that_comes_twice_is_sent_once(
    app: Flask, hub: Hub, quiet: int, transport: RecordingTransport
) -> None:
    topic = topic_of(quiet, "event")
    version = hub.published_versions.of(topic)
    change(app, quiet, "Changed")
    message = message_since(app, quiet, version)
    hub.publish_pending()  # this worker has published it itself
    before = list(transport.sent)
    for _ in range(2):
        receive(hub, kind="message", message=message)
        hub.publish_pending()
    assert transport.sent == before
    assert (version, version + 1) in before


def test_after_a_gap_the_change_is_published_from_the_database(
    app: Flask, hub: Hub, quiet: int, transport: RecordingTransport
) -> None:
    topic = topic_of(quiet, "event")
    version = hub.published_versions.of(topic)
    change(app, quiet, "Changed")
    change(app, quiet, "Changed again")
    receive(hub, kind="message", message=message_since(app, quiet, version + 1))
    hub.publish_pending()
    assert (version, version + 2) in transport.sent
    assert (version + 1, version + 2) not in transport.sent


def test_a_message_of_another_epoch_is_not_sent(
    app: Flask, hub: Hub, quiet: int, transport: RecordingTransport
) -> None:
    message = {**message_since(app, quiet, 1), "epoch": "restored", "version": 99, "since": 0}
    receive(hub, kind="message", message=message)
    hub.publish_pending()
    assert transport.sent == []


def test_a_message_without_a_version_is_sent_each_time(hub: Hub, quiet: int, transport: RecordingTransport) -> None:
    message = {"type": "goal_horn", "topic": topic_of(quiet, "event"), "epoch": hub.epoch, "data": {}}
    for _ in range(2):
        receive(hub, kind="message", message=message)
    hub.publish_pending()
    assert transport.sent == [(None, None)] * 2


def test_a_session_ended_at_another_worker_is_ended_here(hub: Hub, transport: RecordingTransport) -> None:
    receive(hub, kind="over", visit="v1")
    assert transport.disconnected == ["v1"]
    assert session_memory.has_ended("v1")
    assert queued_kinds(hub) == []


def test_a_session_ended_here_stays_queued_until_it_is_sent(hub: Hub, transport: RecordingTransport) -> None:
    hub.disconnect_session("v2")
    relay = relay_of(hub)
    relay.send({"topic": "events"})
    relay.sender._drop_recoverable()
    assert transport.disconnected == ["v2"]
    assert queued_kinds(hub) == ["over"]


def test_viewers_of_another_worker_count_until_that_worker_stops(hub: Hub) -> None:
    presence.reset()
    count = {"total": 3, "by_event": {"7": 2, "9": 1}, "by_pipe": {"stream": 3}, "by_page": {"event": 3}}
    receive(hub, kind="counts", counts=count, figures={})
    assert presence.count().total == 3
    assert presence.count().by_event[7] == 2
    assert presence.local_count().total == 0
    assert [(worker, one.total) for worker, one in presence.remote_counts().items()] == [("another", 3)]
    receive(hub, kind="gone")
    assert presence.count().total == 0
    assert presence.remote_counts() == {}


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{}", '{"worker": "a"}', '{"worker":"a","epoch":"EPOCH","kind":"message","message":{}}', "\0"],
)
def test_an_invalid_message_is_ignored(hub: Hub, transport: RecordingTransport, text: str, league: int) -> None:
    relay_of(hub).receiver.handle(text.replace("EPOCH", hub.epoch))
    hub.publish_pending()
    assert "another" not in presence.remote_counts()


def test_an_unknown_kind_of_a_newer_worker_is_ignored(hub: Hub, transport: RecordingTransport) -> None:
    receive(hub, kind="song")
    assert transport.sent == []
