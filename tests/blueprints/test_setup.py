"""The first minute: who may make the first account, and that only one does."""

import re

import pytest

from tests.conftest import make_user
from timely.blueprints.setup import views
from timely.extensions import db
from timely.limits.attempts import Attempts
from timely.models import Event, User
from timely.services.errors import RuleBroken
from timely.services.setup import make_first_administrator, setup_code

ACCOUNT = {"name": "Ada", "password": "long enough"}
FAR = {"environ_base": {"REMOTE_ADDR": "192.168.1.20"}}


@pytest.fixture(autouse=True)
def _nobody_has_tried(monkeypatch):
    monkeypatch.setattr(views, "wrong_tries", Attempts(free=5))
    monkeypatch.setattr(views, "all_wrong_tries", Attempts(free=100))


def users(app):
    with app.app_context():
        return [(user.name, user.role) for user in db.session.query(User)]


def asks_for_code(client, **more):
    return 'name="code"' in client.get("/setup/", **more).get_data(as_text=True)


def test_on_this_computer_no_code_is_asked_for(app, client):
    assert not asks_for_code(client)
    answer = client.post("/setup/", data=ACCOUNT)
    assert (answer.status_code, answer.location) == (302, "/admin/")
    assert users(app) == [("Ada", "administrator")]
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "more",
    [
        FAR,
        {"environ_base": {"REMOTE_ADDR": "::ffff:192.168.1.20"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"X-Forwarded-Proto": "https"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"X-Real-IP": "127.0.0.1"}},
        {"headers": {"Via": "1.1 proxy"}},
        {"headers": {"Host": "timely.example"}},
        {"headers": {"Host": "localhost.evil.example:8000"}},
        {"headers": {"Host": "127.0.0.1.nip.io"}},
    ],
)
def test_elsewhere_the_code_is_asked_for(app, client, more):
    app.config["TIMELY_ALLOWED_HOSTS"] = ("*",)
    assert asks_for_code(client, **more)
    page = client.post("/setup/", data=ACCOUNT, **more)
    assert page.status_code == 422
    assert users(app) == []
    assert setup_code(app) not in page.get_data(as_text=True)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_every_way_of_saying_this_computer(client, address, host):
    assert not asks_for_code(client, environ_base={"REMOTE_ADDR": address}, headers={"Host": host})


def test_the_code_of_the_terminal_opens(app, client):
    code = setup_code(app)
    assert re.fullmatch(r"[A-Z0-9]{6}", code)
    assert setup_code(app) == code  # one for each run
    typed = f" {code[:3].lower()}-{code[3:]} "
    assert client.post("/setup/", data={**ACCOUNT, "code": typed}, **FAR).status_code == 302
    assert users(app) == [("Ada", "administrator")]
    assert setup_code(app) is None


def test_guessing_the_code_becomes_slow(app, client):
    wrong = {**ACCOUNT, "code": "222222"}
    codes = [client.post("/setup/", data=wrong, **FAR).status_code for _ in range(7)]
    assert codes == [422] * 5 + [429] * 2
    right = {**ACCOUNT, "code": setup_code(app)}
    assert client.post("/setup/", data=right, **FAR).status_code == 429
    assert users(app) == []


def test_what_is_wrong_is_said_and_the_name_kept(app, client):
    page = client.post("/setup/", data={"name": "Ada Öst", "password": "short"})
    assert page.status_code == 422
    assert "at least 8 characters" in page.get_data(as_text=True)
    assert 'value="Ada Öst"' in page.get_data(as_text=True)
    assert users(app) == []


def test_only_the_first_of_two_wins(app, client):
    with app.app_context():
        make_first_administrator("Ada", "long enough")
        with pytest.raises(RuleBroken) as broken:
            make_first_administrator("Bob", "long enough")
    assert broken.value.code == "set_up"
    assert users(app) == [("Ada", "administrator")]


def test_afterwards_it_leads_to_the_login(app, client):
    make_user(app, "Ada", "administrator")
    for answer in (client.get("/setup/"), client.post("/setup/", data=ACCOUNT)):
        assert (answer.status_code, answer.location) == (302, "/login/")
    assert users(app) == [("Ada", "administrator")]


def test_an_organiser_alone_does_not_set_timely_up(app, client):
    make_user(app, "Olga", "organiser")
    assert client.get("/setup/").status_code == 200
    assert setup_code(app) is not None


def test_the_example_is_made_on_request(app, client):
    client.post("/setup/", data={**ACCOUNT, "example": "y"})
    with app.app_context():
        assert len(db.session.query(Event).one().teams) > 3
