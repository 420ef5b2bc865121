"""Security headers of every response; no page has an inline script or style."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.blueprints.test_doors import doors
from tests.conftest import sign_in
from timely.blueprints import ALL
from timely.extensions import db
from timely.models import Event

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)|<style|\sstyle=|\son[a-z]+=[\"']|javascript:", re.I
)
STRICT = ("default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'self'")


def addresses(app: Flask, event_id: int) -> list[tuple[str, str]]:
    """(endpoint, path) of every address that is read, with the first record of each kind filled in."""
    with app.app_context():
        event = db.session.get_one(Event, event_id)
        words = {
            "slug": event.slug,
            "event_id": event_id,
            "team_id": event.teams[0].id,
            "pitch_id": event.pitches[0].id,
            "fixture_id": event.fixtures[0].id,
            "filename": "css/timely.css",
            "key": "results",
            "kind": "league",
            "action": "cancel",
        }
    found = []
    for rule in app.url_map.iter_rules():
        if (
            "GET" not in (rule.methods or ())
            or rule.endpoint.startswith("stream.")
            or getattr(rule, "websocket", False)
        ):
            continue
        with app.test_request_context():
            values = {name: words.get(name, 1) for name in rule.arguments} | dict(rule.defaults or {})
            found.append((rule.endpoint, app.url_map.bind("localhost").build(rule.endpoint, values, "GET")))
    return found


def test_every_address_is_tested(app: Flask, league: int) -> None:
    looked_at = {endpoint.split(".")[0] for endpoint, _ in addresses(app, league)}
    assert {blueprint.name for blueprint in ALL} - looked_at <= {"stream"}
    assert len(addresses(app, league)) > 60


@pytest.mark.parametrize("who", ["a visitor", "an administrator"])
def test_every_response_has_security_headers(
    app: Flask, client: FlaskClient, league: int, admin: int, who: str
) -> None:
    if who == "an administrator":
        sign_in(client, admin)
    for endpoint, path in [*addresses(app, league), ("nothing", "/no/such/page/"), ("nothing", "/api/no/such/")]:
        answer = client.get(path)
        policy = answer.headers.get("Content-Security-Policy", "")
        assert answer.headers["X-Content-Type-Options"] == "nosniff", endpoint
        assert answer.headers["Referrer-Policy"], endpoint
        assert answer.headers["Cache-Control"], endpoint
        assert "Access-Control-Allow-Origin" not in answer.headers, endpoint
        if answer.mimetype in ("text/css", "text/javascript"):
            assert policy == "default-src 'none'; frame-ancestors 'none'", endpoint
            continue
        for part in STRICT:
            assert part in policy, endpoint
        assert "unsafe" not in policy, endpoint
        assert "ws://localhost wss://localhost" in policy, endpoint
        assert " ws: " not in policy, endpoint
        assert "geolocation=()" in answer.headers["Permissions-Policy"], endpoint
        assert answer.headers.get("X-Frame-Options") == (None if endpoint == "embed.page" else "SAMEORIGIN"), endpoint
        if answer.mimetype == "text/html":
            found = INLINE.search(answer.text)
            assert not found, (endpoint, found and found[0])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_refusals_have_security_headers(app: Flask, client: FlaskClient, league: int, method: str) -> None:
    for endpoint, path in addresses(app, league)[:40]:
        answer = client.open(path, method=method)
        assert answer.headers["Content-Security-Policy"], endpoint
        assert answer.headers["X-Content-Type-Options"] == "nosniff", endpoint


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/socket.io/?EIO=4&transport=polling", {}),
        ("/socket.io/?EIO=4&transport=polling&sid=unknown", {}),
        ("/socket.io/?EIO=3&transport=polling", {}),
        ("/socket.io/?EIO=4&transport=carrier-pigeon", {}),
        ("/", {"Host": "evil.example"}),
        ("/api/events/", {"Host": "evil.example"}),
    ],
)
def test_what_does_not_come_from_flask(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers=headers)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_address_that_a_policy_cannot_name(client: FlaskClient) -> None:
    assert (
        "connect-src 'self' ws: wss:;"
        in client.get("/", headers={"Host": "[::1]:8000"}).headers["Content-Security-Policy"]
    )


@pytest.mark.parametrize("host", ["evil; script-src *", "a b", "x' 'unsafe-inline", "a,b"])
def test_a_host_cannot_write_into_the_policy(app: Flask, client: FlaskClient, host: str) -> None:
    app.config["TIMELY_ALLOWED_HOSTS"] = ("*",)
    policy = client.get("/", headers={"Host": host}).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert policy.count("script-src") == 1


def test_the_tests_know_every_form(app: Flask) -> None:
    assert len(doors(app, "POST")) > 25
