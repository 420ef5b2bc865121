"""Signing in and out."""

import pytest

from tests.conftest import PASSWORD, make_app, make_user
from timely.blueprints.auth import signing_in
from timely.blueprints.auth.views import local_path
from timely.database import session_memory
from timely.extensions import db
from timely.limits.login_attempts import LoginAttempts
from timely.models import User


@pytest.fixture(autouse=True)
def _nobody_has_tried(monkeypatch):
    monkeypatch.setattr(signing_in, "tries", LoginAttempts())


def login(client, name="Ada", password=PASSWORD, **more):
    return client.post("/login/", data={"name": name, "password": password}, **more)


@pytest.mark.parametrize("name", ["Ada", "ada", " ADA "])
def test_capitals_of_a_name_do_not_matter(client, admin, name):
    assert login(client, name).location == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(("name", "password"), [("Ada", "wrong one"), ("Nobody", PASSWORD), ("Ada", PASSWORD.upper())])
def test_a_wrong_name_and_a_wrong_password_read_alike(client, admin, name, password):
    answer = login(client, name, password)
    assert answer.status_code == 422
    assert "Name and password do not go together." in answer.get_data(as_text=True)
    assert client.get("/admin/").status_code == 302


def test_who_is_shut_out_stays_out(app, client, admin):
    with app.app_context():
        db.session.get_one(User, admin).active = False
        db.session.commit()
        make_user(app, "Bob", "administrator")
    assert login(client).status_code == 422


def test_guessing_becomes_slow_for_this_name_and_address(client, admin):
    assert [login(client, password="guess").status_code for _ in range(6)] == [422] * 5 + [429]
    assert login(client).status_code == 429
    assert login(client, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 302


def test_a_new_stamp_signs_out(app, client, admin):
    login(client)
    with app.app_context():
        db.session.get_one(User, admin).stamp = "another"
        db.session.commit()
    assert client.get("/admin/").status_code == 302


def test_one_comes_back_to_the_page_one_wanted(client, admin, league):
    wanted = f"/admin/events/{league}/fixtures/?state=open"
    asked = client.get(wanted).location
    assert client.post(asked, data={"name": "Ada", "password": PASSWORD}).location == wanted


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "admin/",
        "",
    ],
)
def test_but_to_no_other_site(client, admin, asked):
    assert local_path(asked) == ""
    answer = client.post("/login/", query_string={"next": asked}, data={"name": "Ada", "password": PASSWORD})
    assert answer.location == "/admin/"


def test_signing_out_takes_a_post(client, admin):
    login(client)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302
    assert client.get("/admin/").status_code == 302


def test_before_anybody_is_there_it_leads_to_the_set_up(client):
    assert client.get("/login/").location == "/setup/"


def cookie_of(client):
    return client.get_cookie("timely_session").value


def test_a_copied_cookie_is_worthless_after_signing_out_and_a_restart(app, client, admin, tmp_path):
    login(client)
    copied = cookie_of(client)
    client.post("/logout/")
    session_memory._known_ended.clear()  # what a process that is started anew remembers
    restarted = make_app(tmp_path, app.config["SQLALCHEMY_DATABASE_URI"])
    thief = restarted.test_client()
    thief.set_cookie("timely_session", copied)
    assert thief.get("/admin/").status_code == 302
    # And whoever stays signed in stays so.
    login(client)
    own = restarted.test_client()
    own.set_cookie("timely_session", cookie_of(client))
    assert own.get("/admin/").status_code == 200
    with restarted.app_context():
        db.engine.dispose()


def test_a_cookie_from_before_there_were_sessions_signs_in_anew(app, client, admin):
    login(client)
    with client.session_transaction() as session:
        session.pop("visit")
    assert client.get("/admin/").status_code == 302


def test_whoever_sets_their_own_password_stays_and_their_tokens_end(client, admin):
    login(client)
    client.post(f"/admin/people/{admin}/tokens/")
    other = client.application.test_client()
    login(other)
    answer = client.post(f"/admin/people/{admin}/password/", data={"password": "quite another one"})
    page = client.get(answer.location).get_data(as_text=True)
    assert "signed out everywhere else. 1 token for the API ended with it." in page
    assert other.get("/admin/").status_code == 302
