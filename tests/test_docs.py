"""The docs say what is: every key they name is there, every key that is there is named, and the examples work."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import get_event
from timely.domain import extras, points, rules
from timely.domain.rulebooks import RULEBOOKS
from timely.domain.tiebreakers import RESTARTS, TIEBREAKERS
from timely.event_file.fields import Fields
from timely.event_file.read import read_event, read_event_file
from timely.extensions import db, socketio
from timely.live import messages
from timely.live.topics import EVENTS, topic_of
from timely.queries.event_files import event_file
from timely.queries.schedule import schedule
from timely.queries.tables import leaderboard
from timely.rows import announcement_row, fixture_row, leaderboard_row
from timely.services.announcements import announce
from timely.services.event_files import import_event
from timely.services.people import create_token, create_user
from timely.services.results import Score, enter_score

DOCS = Path(__file__).parents[1] / "docs"


def section(page: str, heading: str) -> str:
    """What stands below the heading, up to the next of its rank or above."""
    text = (DOCS / page).read_text("utf-8")
    found = re.search(rf"^(#+) {re.escape(heading)}$(.*?)(?=^#{{1,6}} |\Z)", text, re.M | re.S)
    assert found, f"{page} has no {heading!r}"
    return found[2]


def first_cells(text: str) -> list[list[str]]:
    """The words in backticks in the first column, row by row."""
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    return [re.findall(r"`([^`]+)`", cell) for cell in cells]


def keys_in(page: str, heading: str) -> set[str]:
    found = [key for cell in first_cells(section(page, heading)) for key in cell]
    assert len(found) == len(set(found)), found
    return set(found)


def examples(page: str) -> list[Any]:
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", (DOCS / page).read_text("utf-8"), re.S)]


def plain(keys: Iterable[str], named: set[str]) -> set[str]:
    """Without the texts that stand beside a key that is named."""
    return {key for key in keys if key in named or not key.endswith("_text")}


@pytest.fixture
def harbour_cup() -> dict[str, Any]:
    (example,) = examples("event-file.md")
    return example


def test_the_example_of_the_event_file_is_taken_in_whole(harbour_cup: dict[str, Any], in_app: None) -> None:
    file = read_event_file(json.dumps(harbour_cup).encode())
    assert file.ignored == []
    event = import_event(file)
    assert event.slug == "harbour-cup"
    assert [(line.team.name, line.standing.points) for line in leaderboard(event)[0].lines] == [
        ("Ash", 3),
        ("Birch", 0),
        ("Cedar", -1),
    ]
    again = event_file(event)
    assert event_file(import_event(read_event(again))) == again


def test_every_key_of_the_event_file_is_named(harbour_cup: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, set[str]] = {}
    ask = Fields.get

    def noting(fields: Fields, key: str, kind: type) -> Any:
        asked.setdefault(re.sub(r"\[\d+\].*", "", fields.path), set()).add(key)
        return ask(fields, key, kind)

    monkeypatch.setattr(Fields, "get", noting)
    read_event(harbour_cup)
    assert keys_in("event-file.md", "The event") == asked[""]
    # A moment makes day and clock needless, and a knockout match its group: both kinds are in the example.
    assert keys_in("event-file.md", "A match") == asked["matches"]
    assert keys_in("event-file.md", "An announcement") == asked["announcements"]
    assert keys_in("event-file.md", "What a match has in `extra`") == set(extras.KEYS)


def test_a_fault_is_named_as_the_page_says(harbour_cup: dict[str, Any]) -> None:
    harbour_cup["matches"][3] = {"home": "Nobody", "away": "Ash"}
    with pytest.raises(Exception, match=re.escape("matches[3].home")):
        read_event(harbour_cup)


def test_every_tie_breaker_restart_rule_and_rulebook_is_named() -> None:
    assert [key for cell in first_cells(section("standings.md", "Tie-breakers")) for key in cell] == list(TIEBREAKERS)
    assert keys_in("standings.md", "Head-to-head") == set(RESTARTS)
    assert keys_in("standings.md", "What a game earns") == set(points.KEYS) | set(rules.KEYS) - {"points"}
    assert keys_in("standings.md", "Rulebooks") == set(RULEBOOKS)


@pytest.fixture
def played(in_app: None, league: int) -> Any:
    event = get_event(league)
    enter_score(schedule(event)[0], Score(2, 1), by=None)
    announce(event, title="The tea stall is open", by=None)
    return event


def test_every_key_of_a_row_is_named(in_app: None) -> None:
    seen: set[str] = set()
    named = keys_in("live.md", "A row of a leaderboard")
    for book in RULEBOOKS:
        for sport in ("football", "rugby", "volleyball", "ice_hockey"):
            file = read_event({"name": book, "sport": sport, "rulebook": book, "teams": ["Ash", "Birch"]})
            for line in leaderboard(import_event(file))[0].lines:
                seen |= plain(leaderboard_row(line), named)
    assert named == seen


def test_every_key_of_fixtures_and_announcements_is_named(played: Any) -> None:
    named = keys_in("live.md", "A fixture")
    assert named == plain(fixture_row(schedule(played)[0]), named)
    named = keys_in("live.md", "An announcement")
    assert named == plain(announcement_row(played.announcements[0]), named)


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


ANSWERS: dict[str, set[str]] = {
    "/api/events/7/leaderboard/": {"event_id", "epoch", "version", "tables"},
    "/api/events/7/schedule/": {"event_id", "epoch", "version", "fixtures"},
    "/api/events/7/announcements/": {"event_id", "epoch", "version", "announcements"},
    "/api/events/": {"events"},
    "/healthz": {"status"},
}


def here(address: str, league: int, fixture: int) -> str:
    return address.replace("/7/", f"/{league}/").replace("/31/", f"/{fixture}/")


def test_every_address_to_read_answers(client: FlaskClient, played: Any) -> None:
    league, fixture = played.id, schedule(played)[0].id
    named = [word.removeprefix("GET ") for cell in first_cells(section("live.md", "Reading")) for word in cell]
    assert {"/api/events/7/", "/api/fixtures/31/"} < set(named)
    for address in named:
        answer = client.get(here(address, league, fixture))
        assert answer.status_code == 200, address
        assert ANSWERS.get(address, set(answer.json)) == set(answer.json), address
        if address != "/healthz":
            tag = {"If-None-Match": answer.headers["ETag"]}
            assert client.get(here(address, league, fixture), headers=tag).status_code == 304
    event = client.get(f"/api/events/{league}/").json
    more = {"id", "epoch", "version", "versions"}
    assert set(event) == (keys_in("live.md", "event_update") - {"timestamp"}) | more
    fields = re.search(r"`GET /api/events/` \| `events`: (.*?) of each", section("live.md", "Reading"))
    assert fields
    assert set(re.findall(r"`(\w+)`", fields[1])) == set(client.get("/api/events/").json["events"][0])


VALUES: dict[str, Any] = {
    "home_score": 1,
    "away_score": 1,
    "running": False,
    "extra": {},
    "reason": "The referee's card",
    "start_at": "2026-11-28T12:00:00Z",
    "pitch": "Pitch 2",
    "title": "A title",
    "message": "Words",
    "type": "info",
    "priority": "high",
    "publish_at": "2026-11-28T12:00:00Z",
    "expires_at": "2126-11-28T12:00:00Z",
}


@pytest.fixture
def token(in_app: None) -> str:
    return create_token(create_user("Ada", "a long enough password", "administrator", by=None))


def test_every_address_to_write_takes_what_is_named(client: FlaskClient, played: Any, token: str) -> None:
    fixture = schedule(played)[0]
    done = []
    for line in section("live.md", "Writing").splitlines():
        cells = line.split("|")
        found = re.fullmatch(r" `([A-Z]+) (/api/\S+)` ", cells[1]) if len(cells) > 3 else None
        if not found:
            continue
        method, address = found.groups()
        names = re.findall(r"`(\w+)`", cells[2])
        values = {**VALUES, "status": "POSTPONED" if method == "PATCH" else "FINAL"}
        db.session.refresh(fixture)
        body = {name: fixture.version if name == "version" else values[name] for name in names if name in values}
        if "version" in names:
            body["version"] = fixture.version
        answer = client.open(
            here(address, played.id, fixture.id),
            method=method,
            json=body or None,
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code == (201 if "201" in cells[3] else 200), (line, answer.json)
        unknown = client.open(
            here(address, played.id, fixture.id),
            method=method,
            json={**body, "no_such_field": 1},
            headers={"Authorization": f"Bearer {token}"},
        )
        if body:
            assert "no_such_field" in unknown.json["error"]["fields"]
        done.append(method)
    assert done == ["PUT", "DELETE", "PATCH", "POST"]


@pytest.mark.parametrize(
    ("status", "code", "ask"),
    [
        (400, "bad_request", lambda put: put(data="[", content_type="application/json")),
        (401, "unauthorized", lambda put: put(json={}, headers={})),
        (404, "not_found", lambda put: put(json={}, path="/api/fixtures/999/result/")),
        (409, "conflict", lambda put: put(json={"home_score": 1, "away_score": 0, "version": 99})),
        (409, "final", lambda put: put(json={"home_score": 5, "away_score": 0})),
        (415, "unsupported_media_type", lambda put: put(data="home_score=1")),
        (422, "invalid", lambda put: put(json={"home_score": "two"})),
    ],
)
def test_every_error_is_as_the_page_says(
    status: int, code: str, ask: Callable[..., Any], client: FlaskClient, played: Any, token: str
) -> None:
    fixture_id = schedule(played)[0].id

    def put(path: str = f"/api/fixtures/{fixture_id}/result/", **more: Any) -> Any:
        return client.put(path, **{"headers": {"Authorization": f"Bearer {token}"}, **more})

    answer = ask(put)
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)
    assert f"| {status} | `{code}` |" in section("live.md", "Writing")
    assert ("current" in answer.json) == (code == "conflict")
