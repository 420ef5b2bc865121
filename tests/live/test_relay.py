"""What a worker makes of what the others say: each change is told once, whoever made the message of it."""

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

Told = list[tuple[int | None, int | None]]


class Ear:
    """A pipe that somebody listens on."""

    name = "ear"

    def __init__(self) -> None:
        self.told: Told = []
        self.dismissed: list[str] = []
        self.is_there = True

    def wants(self, topic: str) -> bool:
        return self.is_there

    def send(self, topic: str, message: dict[str, Any]) -> None:
        if message["type"] != "heartbeat":
            self.told.append((message.get("since"), message.get("version")))

    def followed_events(self) -> set[int | None]:
        return set()

    def beat(self, event_id: int | None, message: dict[str, Any]) -> None: ...
    def recheck(self, event: Any) -> None: ...
    def disconnect_revoked(self) -> None: ...
    def cut_gone(self) -> None: ...

    def disconnect_session(self, visit: str) -> None:
        self.dismissed.append(visit)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def hub(app: Flask, ear: Ear) -> Hub:
    """A worker's, with a relay that says nothing before it is started."""
    one = Hub(app, [ear])
    one.relay = Relay("redis://127.0.0.1:1", one)
    one.begin()
    return one


def relay_of(hub: Hub) -> Relay:
    assert hub.relay
    return hub.relay


def said(hub: Hub) -> list[str]:
    """The kinds of what waits to be said, which is taken away with it."""
    waiting = relay_of(hub).sender._waiting
    return [waiting.popleft()["kind"] for _ in range(len(waiting))]


def hear(hub: Hub, **more: Any) -> None:
    """As if another worker had said it."""
    relay_of(hub).receiver.take(json.dumps({"worker": "another", "epoch": hub.epoch, **more}))


def change(app: Flask, event_id: int, details: str) -> None:
    """A save in this process, of which the hub is told at once."""
    with app.app_context(), writing():
        get_event(event_id).details = details


def message_since(app: Flask, event_id: int, since: int) -> dict[str, Any]:
    with app.app_context():
        message = messages.build(topic_of(event_id, "event"), since)
    assert message is not None
    return message


@pytest.fixture
def quiet(app: Flask, hub: Hub, league: int, ear: Ear) -> int:
    """The league, of which everything is told; nothing waits."""
    hub.begin()
    hub._signalled_at = None
    ear.told.clear()
    said(hub)
    return league


def test_who_saved_says_it_ready_to_the_others(app: Flask, hub: Hub, quiet: int, ear: Ear) -> None:
    change(app, quiet, "Changed")
    hub.publish_pending()
    assert ear.told
    assert set(said(hub)) == {"message"}


def test_who_only_found_it_says_nothing(app: Flask, hub: Hub, quiet: int, ear: Ear) -> None:
    change(app, quiet, "Changed")
    hub._signalled_at = None  # as for what another process saved
    hub.publish_pending()
    assert ear.told
    assert said(hub) == []


def test_who_has_no_followers_lets_the_others_look(app: Flask, hub: Hub, quiet: int, ear: Ear) -> None:
    ear.is_there = False
    change(app, quiet, "Changed")
    hub.publish_pending()
    assert set(said(hub)) == {"look"}


def test_a_message_that_is_the_next_one_is_handed_out_and_not_made_again(
    app: Flask, hub: Hub, quiet: int, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = topic_of(quiet, "event")
    told = hub.published_versions[topic]
    change(app, quiet, "Changed")
    hear(hub, kind="message", message=message_since(app, quiet, told))
    built: list[str] = []
    monkeypatch.setattr(messages, "build", lambda topic, since: built.append(topic))
    hub.publish_pending()
    assert ear.told[0] == (told, told + 1)
    assert topic not in built
    assert hub.published_versions[topic] == told + 1


def test_it_is_told_once_however_often_it_comes(app: Flask, hub: Hub, quiet: int, ear: Ear) -> None:
    topic = topic_of(quiet, "event")
    told = hub.published_versions[topic]
    change(app, quiet, "Changed")
    message = message_since(app, quiet, told)
    hub.publish_pending()  # this worker has found it by itself
    before = list(ear.told)
    for _ in range(2):
        hear(hub, kind="message", message=message)
        hub.publish_pending()
    assert ear.told == before
    assert (told, told + 1) in before


def test_a_message_with_a_gap_before_it_is_left_to_the_database(app: Flask, hub: Hub, quiet: int, ear: Ear) -> None:
    topic = topic_of(quiet, "event")
    told = hub.published_versions[topic]
    change(app, quiet, "Changed")
    change(app, quiet, "Changed again")
    hear(hub, kind="message", message=message_since(app, quiet, told + 1))
    hub.publish_pending()
    assert (told, told + 2) in ear.told
    assert (told + 1, told + 2) not in ear.told


def test_a_message_of_another_age_is_not_handed_out(app: Flask, hub: Hub, quiet: int, ear: Ear) -> None:
    message = {**message_since(app, quiet, 1), "epoch": "restored", "version": 99, "since": 0}
    hear(hub, kind="message", message=message)
    hub.publish_pending()
    assert ear.told == []


def test_what_has_no_version_is_handed_out_each_time(hub: Hub, quiet: int, ear: Ear) -> None:
    message = {"type": "goal_horn", "topic": topic_of(quiet, "event"), "epoch": hub.epoch, "data": {}}
    for _ in range(2):
        hear(hub, kind="message", message=message)
    hub.publish_pending()
    assert ear.told == [(None, None)] * 2


def test_a_visit_that_is_over_elsewhere_is_over_here(hub: Hub, ear: Ear) -> None:
    hear(hub, kind="over", visit="v1")
    assert ear.dismissed == ["v1"]
    assert session_memory.is_over("v1")
    assert said(hub) == []


def test_a_visit_that_ends_here_is_said_and_kept_until_it_could_be_said(hub: Hub, ear: Ear) -> None:
    hub.disconnect_session("v2")
    relay = relay_of(hub)
    relay.tell({"topic": "events"})
    relay.sender._forget_what_heals()
    assert ear.dismissed == ["v2"]
    assert said(hub) == ["over"]


def test_who_watches_elsewhere_is_counted_until_that_worker_is_gone(hub: Hub) -> None:
    presence.forget()
    count = {"total": 3, "by_event": {"7": 2, "9": 1}, "by_pipe": {"stream": 3}, "by_page": {"event": 3}}
    hear(hub, kind="counts", counts=count, figures={})
    assert presence.count().total == 3
    assert presence.count().by_event[7] == 2
    assert presence.here().total == 0
    assert relay_of(hub).others() == [{"worker": "another", **count, "by_event": {7: 2, 9: 1}}]
    hear(hub, kind="gone")
    assert presence.count().total == 0
    assert relay_of(hub).others() == []


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{}", '{"worker": "a"}', '{"worker":"a","epoch":"EPOCH","kind":"message","message":{}}', "\0"],
)
def test_what_nobody_understands_harms_nobody(hub: Hub, ear: Ear, text: str, league: int) -> None:
    relay_of(hub).receiver.take(text.replace("EPOCH", hub.epoch))
    hub.publish_pending()
    assert "another" not in presence.elsewhere()


def test_an_unknown_kind_is_for_a_newer_worker(hub: Hub, ear: Ear) -> None:
    hear(hub, kind="song")
    assert ear.told == []
