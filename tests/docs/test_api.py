"""docs/live.md: every address answers as it says, and every error is one that it names."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.docs.reading import first_cells, keys_in, section
from timely.extensions import db
from timely.queries.schedule import recorded_fixtures, schedule

ANSWERS: dict[str, set[str]] = {
    "/api/events/7/leaderboard/": {"event_id", "epoch", "version", "tables", "comparisons", "final_places"},
    "/api/events/7/schedule/": {"event_id", "epoch", "version", "fixtures"},
    "/api/events/7/bracket/": {"event_id", "epoch", "version", "divisions"},
    "/api/events/7/announcements/": {"event_id", "epoch", "version", "announcements"},
    "/api/notifications/": {"epoch", "versions", "topics"},
    "/api/events/": {"epoch", "events"},
    "/healthz": {"status", "version"},
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
    "force": True,
    "pitch": "Pitch 2",
    "title": "A title",
    "message": "Words",
    "type": "info",
    "priority": "high",
    "publish_at": "2026-11-28T12:00:00Z",
    "expires_at": "2126-11-28T12:00:00Z",
}


def test_every_address_to_write_takes_what_is_named(client: FlaskClient, played: Any, token: str) -> None:
    fixture = recorded_fixtures(played)[0]
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
