"""Addresses over their processor budget get the page that was rendered last; signed-in users notice nothing."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import make_app, sign_in
from tests.web.test_response_cache import save
from timely.extensions import db
from timely.models import User
from timely.services.people import create_token
from timely.web import response_cache
from timely.web.response_cache import ResponseCache

EVENT = "/events/saturday-league/"
HERE = "this computer"


def test_the_setting_is_a_percentage_of_a_processor(tmp_path: Path, empty_database: Path) -> None:
    (tmp_path / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    app = make_app(tmp_path, TIMELY_DRAWING_PER_ADDRESS=25)
    assert app.extensions["timely.web.response_cache"].budgets.share == 0.25


def spend_all(cache: ResponseCache) -> None:
    cache.budgets.spend(HERE, 1000.0)


@pytest.mark.parametrize("path", [EVENT, "/api/events/1/schedule/"])
def test_over_budget_the_last_rendered_page_is_sent(
    app: Flask, client: FlaskClient, league: int, cache: ResponseCache, path: str
) -> None:
    before = client.get(path)
    save(app)
    spend_all(cache)
    assert client.get(path).data == before.data
    assert client.get(f"{path}?a=1", headers={"Cookie": "timely_session=made.up"}).data == before.data
    fresh = client.get(path, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert fresh.status_code == 200
    assert fresh.data != before.data
    assert client.get(path).data == fresh.data  # drawn by another, it is there for all


@pytest.mark.parametrize("path", ["/matches/", "/login/", "/admin/", "/events/nowhere/", "/static/css/none.css"])
def test_over_budget_without_a_recent_page_429_is_sent(
    client: FlaskClient, admin: int, cache: ResponseCache, path: str
) -> None:
    spend_all(cache)
    response = client.get(path)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3")
    assert "comes by itself" in response.text
    assert client.get(path, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code in (200, 302, 404)


def test_over_budget_the_api_gets_json(client: FlaskClient, cache: ResponseCache) -> None:
    spend_all(cache)
    response = client.get("/api/events/")
    assert response.json
    assert (response.status_code, response.json["error"]["code"]) == (429, "too_many_requests")


def test_a_stale_page_is_not_sent(
    app: Flask, client: FlaskClient, league: int, cache: ResponseCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(EVENT)
    save(app)
    spend_all(cache)
    monkeypatch.setattr(response_cache, "STALE_SECONDS", 0.0)
    assert client.get(EVENT).status_code == 429


def test_a_hidden_page_is_not_sent_after_another_request_for_it(
    app: Flask, client: FlaskClient, league: int, cache: ResponseCache
) -> None:
    client.get(EVENT)
    with app.app_context():
        db.session.execute(db.text("UPDATE events SET status = 'DRAFT'"))
        db.session.commit()
    assert client.get(EVENT, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 404
    spend_all(cache)
    assert client.get(EVENT).status_code == 429


def test_signed_in_users_have_no_budget(
    app: Flask, client: FlaskClient, admin: int, league: int, cache: ResponseCache
) -> None:
    sign_in(client, admin)
    client.get(EVENT)
    save(app)
    spend_all(cache)
    for path in ("/admin/", EVENT, f"/admin/events/{league}/teams/", "/matches/"):
        assert client.get(path).status_code == 200
    assert client.get(f"{EVENT}schedule/").text.count("Full time") == 1
    with app.app_context():
        token = create_token(db.session.get_one(User, admin))
    program = app.test_client()
    read = {"headers": {"Authorization": f"Bearer {token}"}}
    assert program.get("/api/events/1/", environ_base={"REMOTE_ADDR": "10.0.0.9"}, **read).status_code == 200
    assert program.get("/api/events/1/schedule/", **read).status_code == 200
    assert program.get("/api/events/1/schedule/", headers={"Authorization": "Bearer x"}).status_code == 429


def test_the_cookie_of_an_ended_session_has_a_budget(app: Flask, admin: int, cache: ResponseCache) -> None:
    client = app.test_client()
    sign_in(client, admin)
    assert client.get("/admin/").status_code == 200
    with app.app_context():
        db.session.execute(db.text("UPDATE users SET active = false"))
        db.session.commit()
    assert client.get("/admin/").status_code == 302
    spend_all(cache)
    assert client.get("/admin/").status_code == 429


def test_requests_of_signed_in_users_are_not_charged(
    client: FlaskClient, admin: int, league: int, cache: ResponseCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent: list[float] = []
    monkeypatch.setattr(cache.budgets, "spend", lambda key, seconds: spent.append(seconds))
    sign_in(client, admin)
    assert client.get("/admin/").status_code == 200
    assert spent == []
    assert client.application.test_client().get("/no-such-page").status_code == 404
    assert len(spent) == 1
    assert spent[0] > 0
