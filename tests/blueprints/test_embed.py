"""Embedding in other sites: the script, the frame and its page, and the sites that may have them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from flask_login import current_user

from tests.conftest import make_app, make_user
from timely.extensions import db, socketio
from timely.models import User
from timely.services import sessions
from timely.services.notifications import notify
from timely.web import script_bundle
from timely.web.lean_js import lean

CLUB, OTHER = "https://club.example", "https://elsewhere.example"
READ = "/api/events/1/leaderboard/"


@pytest.fixture
def open_to() -> tuple[str, ...]:
    return (CLUB,)


@pytest.fixture
def app(empty_database: Path, tmp_path: Path, open_to: tuple[str, ...]) -> Iterator[Flask]:
    (tmp_path / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    app = make_app(tmp_path, TIMELY_EMBED_ORIGINS=open_to)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def policy(answer) -> str:
    return next(part for part in answer.headers["Content-Security-Policy"].split("; ") if "frame-ancestors" in part)


@pytest.mark.parametrize("part", ["leaderboard", "schedule"])
def test_the_page_for_a_frame_has_no_bar_and_names_who_may_frame_it(client: FlaskClient, league: int, part: str):
    answer = client.get(f"/embed/events/saturday-league/{part}/?theme=dark")
    assert answer.status_code == 200
    assert policy(answer) == f"frame-ancestors 'self' {CLUB}"
    assert "Ash" in answer.text
    assert 'class="embed is-dark"' in answer.text
    assert 'class="bar"' not in answer.text
    assert answer.text.count("<h1>") == 1


def test_every_other_page_is_framed_by_ourselves_alone(client: FlaskClient, league: int) -> None:
    for path in ("/", "/events/saturday-league/", "/login/"):
        assert policy(client.get(path)) == "frame-ancestors 'self'"


def test_an_unchanged_page_is_a_304_and_keeps_its_policy(client: FlaskClient, league: int) -> None:
    path = "/embed/events/saturday-league/leaderboard/"
    tag = client.get(path).headers["ETag"]
    answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert policy(answer) == f"frame-ancestors 'self' {CLUB}"


def test_a_theme_that_is_none_leaves_no_mark(client: FlaskClient, league: int) -> None:
    assert 'class="embed"' in client.get("/embed/events/saturday-league/leaderboard/?theme=%22x").text


@pytest.mark.parametrize("part", ["leaderboard", "schedule"])
@pytest.mark.parametrize(("query", "code"), [("?lang=fr", "fr"), ("", "de"), ("?lang=xx", "de"), ("?lang=fr,pt", "de")])
def test_a_frame_is_in_the_language_that_its_address_says(
    app: Flask, client: FlaskClient, league: int, invented_languages: Path, part: str, query: str, code: str
) -> None:
    """Else in the visitor's, whose choice for other pages it is not."""
    answer = client.get(f"/embed/events/saturday-league/{part}/{query}", headers={"Accept-Language": "de"})
    assert answer.headers["Content-Language"] == code
    assert f'<html lang="{code}"' in answer.text
    assert "Set-Cookie" not in answer.headers
    found = re.search(r"data-live='([^']+)'", answer.text)
    assert found
    assert app.json.loads(found[1])["lang"] == code


@pytest.mark.parametrize("path", ["/embed/{}.js", "/embed/events/{}/leaderboard/", "/embed/events/{}/schedule/"])
def test_what_is_not_public_is_not_there(client: FlaskClient, make_event, path: str) -> None:
    make_event(name="Secret Cup", visibility="private")
    assert client.get(path.format("no-such-event")).status_code == 404
    assert client.get(path.format("secret-cup")).status_code == 404


def test_the_script_is_whole_and_may_be_kept(client: FlaskClient) -> None:
    answer = client.get("/live.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    for part in script_bundle.PARTS:
        text = (script_bundle.STATIC / part).read_text("utf-8").rstrip()
        assert (text if part.startswith("vendor/") else lean(text)) in answer.text
    kept = client.get(f"/live.js?v={script_bundle.fingerprint()}")
    assert "immutable" in kept.headers["Cache-Control"]
    assert "immutable" not in client.get("/live.js?v=another").headers["Cache-Control"]
    assert client.get("/live.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_framing_script_is_the_file(client: FlaskClient, league: int) -> None:
    answer = client.get("/embed/saturday-league.js")
    assert answer.text == (script_bundle.STATIC / "js" / "display" / "embed.js").read_text("utf-8")


def test_a_named_site_may_read_and_others_may_not(client: FlaskClient, league: int) -> None:
    welcome = client.get(READ, headers={"Origin": CLUB})
    assert welcome.headers["Access-Control-Allow-Origin"] == CLUB
    for answer in (welcome, client.get(READ, headers={"Origin": OTHER})):
        assert "Origin" in answer.headers["Vary"]
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Access-Control-Allow-Origin" not in client.get(READ, headers={"Origin": OTHER}).headers
    assert "Access-Control-Allow-Origin" not in client.get("/events/saturday-league/", headers={"Origin": CLUB}).headers


def test_a_named_site_may_not_write(client: FlaskClient, league: int) -> None:
    asking = {
        "Origin": CLUB,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    answer = client.options("/api/fixtures/1/result/", headers=asking)
    assert "PUT" not in answer.headers["Access-Control-Allow-Methods"]
    assert "uthorization" not in answer.headers["Access-Control-Allow-Headers"]
    written = client.put("/api/fixtures/1/result/", json={"home_score": 1, "away_score": 0}, headers={"Origin": CLUB})
    assert written.status_code == 401
    assert "Access-Control-Allow-Origin" not in written.headers


@pytest.mark.parametrize(
    ("origin", "status"),
    [(CLUB, 200), ("http://localhost", 200), (OTHER, 400), ("https://club.example.evil.example", 400), ("null", 400)],
)
def test_socket_io_takes_the_same_sites(client: FlaskClient, league: int, origin: str, status: int) -> None:
    answer = client.get("/socket.io/?EIO=4&transport=polling", headers={"Origin": origin})
    assert answer.status_code == status
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/ws/notifications/", "/socket.io/"])
def test_on_a_named_sites_socket_nobody_is_signed_in(app: Flask, path: str) -> None:
    user_id = make_user(app, "Olga", "organiser")
    for origin, expected in ((CLUB, None), ("http://localhost", user_id), (None, user_id)):
        with app.test_request_context(path, headers={"Origin": origin} if origin else {}):
            user = db.session.get_one(User, user_id)
            session["_user_id"], session["visit"] = user.get_id(), sessions.begin(user)
            assert (current_user.id if current_user.is_authenticated else None) == expected


@pytest.mark.parametrize("open_to", [("*",)])
def test_a_star_is_everybody(client: FlaskClient, league: int) -> None:
    assert policy(client.get("/embed/events/saturday-league/leaderboard/")) == "frame-ancestors 'self' *"
    answer = client.get(READ, headers={"Origin": OTHER})
    assert answer.headers["Access-Control-Allow-Origin"] == OTHER
    assert client.get("/socket.io/?EIO=4&transport=polling", headers={"Origin": OTHER}).status_code == 200


@pytest.mark.parametrize("open_to", [()])
def test_without_the_setting_it_is_ourselves_alone(client: FlaskClient, league: int) -> None:
    assert policy(client.get("/embed/events/saturday-league/leaderboard/")) == "frame-ancestors 'self'"
    answer = client.get(READ, headers={"Origin": CLUB})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Origin" not in answer.headers["Vary"]
    assert client.get("/socket.io/?EIO=4&transport=polling", headers={"Origin": CLUB}).status_code == 400
    assert socketio.server.eio.cors_allowed_origins is None


@pytest.mark.parametrize("part", ["leaderboard", "schedule"])
def test_a_frame_says_which_page_it_is_and_has_no_notifications(
    app: Flask, client: FlaskClient, league: int, part: str
) -> None:
    with app.app_context():
        notify(title="Thunder", priority="urgent", by=None)
    page = client.get(f"/embed/events/saturday-league/{part}/").get_data(as_text=True)
    found = re.search(r"data-live='([^']+)'", page)
    assert found
    live = app.json.loads(found[1])
    assert live["page"] == "embed"
    assert live["topics"] == ["event", "results", "schedule", "announcements"]
    assert "Thunder" not in page
