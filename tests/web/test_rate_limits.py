"""Rate limits of forms, API requests and log-in attempts: a page or JSON with Retry-After."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import PASSWORD, make_app, make_user, sign_in
from timely.blueprints.auth import signing_in
from timely.blueprints.auth.devices import COOKIE
from timely.extensions import db
from timely.limits.login_attempts import FREE_OF_NAME, LoginAttempts
from timely.models import User
from timely.presenters.units import count
from timely.services.people import create_token
from timely.web.rate_limits import ANONYMOUS_PER_MINUTE

TOO_MANY = "So many requests at once are more than anybody makes by hand. Wait a moment and try again."

FAR = {"REMOTE_ADDR": "10.0.0.9"}


@pytest.fixture(autouse=True)
def _nobody_has_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "tries", LoginAttempts())


@pytest.fixture
def strict(empty_database: Path, tmp_path: Path) -> Flask:
    """The app with limits that a test can reach."""
    (tmp_path / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    return make_app(tmp_path, TIMELY_WRITES_PER_MINUTE=5, TIMELY_READS_PER_MINUTE=7)


def test_forms_of_one_person(strict: Flask) -> None:
    ada, bob = (make_user(strict, name, "administrator") for name in ("Ada", "Bob"))
    client, other = strict.test_client(), strict.test_client()
    sign_in(client, ada)
    sign_in(other, bob)
    codes = [client.post("/admin/events/new/", data={"name": ""}).status_code for _ in range(7)]
    assert codes == [422] * 5 + [429] * 2
    answer = client.post("/admin/events/new/", data={"name": ""})
    assert "Too many requests" in answer.text
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert client.get("/admin/").status_code == 200  # reading goes on
    assert other.post("/admin/events/new/", data={"name": ""}).status_code == 422  # and so do others


def test_writes_of_one_token(strict: Flask) -> None:
    ada, bob = (make_user(strict, name, "administrator") for name in ("Ada", "Bob"))
    with strict.app_context():
        tokens = [create_token(db.session.get_one(User, one)) for one in (ada, bob)]
    client = strict.test_client()
    put = "/api/fixtures/1/result/"
    bearer = {"Authorization": f"Bearer {tokens[0]}"}
    answers = [client.put(put, json={}, headers=bearer, environ_base=FAR) for _ in range(6)]
    assert [one.status_code for one in answers] == [404] * 5 + [429]
    assert answers[0].headers["X-RateLimit-Limit"] == "5"
    assert answers[0].headers["X-RateLimit-Remaining"] == "4"
    assert "Retry-After" not in answers[0].headers
    assert answers[5].json == {"error": {"code": "too_many_requests", "message": TOO_MANY, "fields": {}}}
    assert int(answers[5].headers["Retry-After"]) <= 60
    bearer = {"Authorization": f"Bearer {tokens[1]}"}
    assert client.put(put, json={}, headers=bearer, environ_base=FAR).status_code == 404


def test_guessed_tokens_count_together(strict: Flask) -> None:
    client = strict.test_client()
    for n in range(ANONYMOUS_PER_MINUTE + 1):
        headers = {"Authorization": f"Bearer guess-{n}"}
        answer = client.put("/api/fixtures/1/result/", json={}, headers=headers, environ_base=FAR)
    assert answer.status_code == 429


def test_reads_of_one_address_and_of_this_computer_like_any_other(strict: Flask) -> None:
    client = strict.test_client()
    codes = [client.get(f"/api/events/{n + 1}/", environ_base=FAR).status_code for n in range(9)]
    assert codes == [404] * 7 + [429] * 2
    answer = client.get("/api/poll/?topics=events", environ_base=FAR)
    assert answer.status_code == 429
    assert answer.json
    assert answer.json["error"]["code"] == "too_many_requests"
    assert client.get("/", environ_base=FAR).status_code == 200  # pages are not the API's
    assert client.get("/api/events/", environ_base={"REMOTE_ADDR": "10.0.0.10"}).status_code == 200
    # Not the same again: an answer that stands ready is not counted.
    assert [client.get(f"/api/events/{n + 1}/").status_code for n in range(9)] == [404] * 7 + [429] * 2


def test_cached_responses_carry_no_rate_limit_headers(strict: Flask) -> None:
    answer = strict.test_client().get("/api/events/", environ_base=FAR)
    assert not [name for name, _ in answer.headers if name.startswith("X-RateLimit") or name == "Retry-After"]


def test_ten_scorers_behind_one_address_are_not_held_up(app: Flask) -> None:
    clients = [app.test_client() for _ in range(10)]
    for n, client in enumerate(clients):
        sign_in(client, make_user(app, f"Scorer {n}", "scorer"))
    for _ in range(30):
        for client in clients:
            assert client.post("/logout/x", environ_base=FAR).status_code == 404


# Signing in


def login(client: FlaskClient, password: str = PASSWORD, address: str = "10.0.0.9", name: str = "Ada") -> int:
    data = {"name": name, "password": password}
    return client.post("/login/", data=data, environ_base={"REMOTE_ADDR": address}).status_code


def test_wrong_passwords_delay_all_but_known_devices(app: Flask, admin: int) -> None:
    known = app.test_client()
    assert login(known) == 302
    known.post("/logout/")
    codes = [login(app.test_client(), "guess", f"10.0.1.{n}") for n in range(FREE_OF_NAME + 3)]
    assert codes == [422] * FREE_OF_NAME + [429] * 3
    assert login(app.test_client()) == 429
    assert login(known) == 302


def test_the_wait_is_in_the_page_and_in_the_header(app: Flask, admin: int) -> None:
    client = app.test_client()
    for _ in range(6):
        login(client, "guess")
    data = {"name": "Ada", "password": PASSWORD}
    answer = client.post("/login/", data=data, environ_base=FAR)
    assert answer.status_code == 429
    assert f"Wait {count(int(answer.headers['Retry-After']), 'second')} and" in answer.text
    assert "You are not signed in yet" in answer.text


def test_the_cookie_of_a_device_opens_nothing_and_cannot_be_made(
    app: Flask, admin: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a slow computer the guesses would take so long that some are forgiven.
    monkeypatch.setattr(signing_in, "tries", LoginAttempts(lambda: 0.0))
    client = app.test_client()
    login(client)
    cookie = client.get_cookie(COOKIE, path="/login/")
    assert cookie
    assert cookie.http_only
    assert cookie.path == "/login/"
    thief = app.test_client()
    thief.set_cookie(COOKIE, cookie.value, path="/login/")
    assert thief.get("/admin/").status_code == 302
    assert [login(thief, "guess") for _ in range(6)] == [422] * 5 + [429]  # it may guess no more than others
    for forged in ("1", "1.x", cookie.value[:-1], "\x00", "💥", "x" * 4000):
        forger = app.test_client()
        for n in range(FREE_OF_NAME):
            login(app.test_client(), "guess", f"10.2.{n}.1")
        forger.set_cookie(COOKIE, forged, path="/login/")
        assert login(forger, "guess", "10.3.0.1") == 429
