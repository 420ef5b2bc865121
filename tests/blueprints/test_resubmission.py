"""Forms sent after the sign-in had ended: nothing that was typed is lost, and nothing is done for another site."""

import re
from html import unescape
from io import BytesIO

import pytest

from tests.blueprints.test_doors import doors, ids  # noqa: F401  (the fixture)
from tests.conftest import PASSWORD, get_event, make_user, sign_in
from tests.csrf import token_in
from timely.blueprints.auth import signing_in
from timely.extensions import db
from timely.limits.login_attempts import LoginAttempts
from timely.models import Team

HERE = {"Origin": "http://localhost"}


@pytest.fixture(autouse=True)
def _as_in_the_field(app, monkeypatch):
    app.config["WTF_CSRF_ENABLED"] = True
    monkeypatch.setattr(signing_in, "tries", LoginAttempts())


@pytest.fixture
def game(app, league):
    """The address of the first game's result."""
    with app.app_context():
        return f"/admin/results/{get_event(league).fixtures[0].id}/"


def score_of(app, league):
    with app.app_context():
        result = get_event(league).fixtures[0].result
        return result and (result.home_score, result.away_score, result.entered_by)


def token_of(client, path):
    return token_in(client.get(path).get_data(as_text=True))


def hidden(page):
    """The form that carries what was typed, as a browser would send it, without name and password."""
    form = page[page.index("<main") :]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)}


@pytest.fixture
def typed(client, admin, game):
    """A score of 2–1 from a page that was drawn before the sign-out."""
    sign_in(client, admin)
    return {"csrf_token": token_of(client, game), "home_score": "2", "away_score": "1", "details": "y", "version": "1"}


def sign_out(client):
    return client.post("/logout/", data={"csrf_token": token_of(client, "/admin/")}, headers=HERE)


def test_save_after_signing_out_asks_for_the_password_and_saves_what_was_typed(app, client, league, game, typed):
    sign_out(client)
    page = client.post(game, data=typed, headers=HERE)
    text = page.get_data(as_text=True)
    assert page.status_code == 401
    assert page.headers["Cache-Control"] == "no-store"
    assert "You are signed out." in text
    assert '<th scope="row">Home score</th><td><bdi>2</bdi></td>' in text
    assert score_of(app, league) is None
    answer = client.post(game, data={**hidden(text), "sign_in_name": "ada", "sign_in_password": PASSWORD}, headers=HERE)
    assert answer.status_code == 302
    assert score_of(app, league) == (2, 1, "Ada")
    assert client.get("/admin/").status_code == 200


def test_a_wrong_password_saves_nothing_and_keeps_all(app, client, league, game, typed):
    sign_out(client)
    first = client.post(game, data=typed, headers=HERE).get_data(as_text=True)
    wrong = {**hidden(first), "sign_in_name": "Ada", "sign_in_password": "not the right one"}
    answer = client.post(game, data=wrong, headers=HERE)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Name and password do not go together." in text
    assert (hidden(text)["home_score"], hidden(text)["away_score"]) == ("2", "1")
    assert "not the right one" not in text
    assert score_of(app, league) is None


def test_guesses_are_held_off_here_as_at_the_door(client, game, typed):
    sign_out(client)
    form = hidden(client.post(game, data=typed, headers=HERE).get_data(as_text=True))
    guess = {**form, "sign_in_name": "Ada", "sign_in_password": "guess"}
    assert [client.post(game, data=guess, headers=HERE).status_code for _ in range(6)] == [422] * 5 + [429]


def test_a_password_beside_a_token_of_nobodys_page_opens_nothing(app, client, league, game, typed):
    sign_out(client)
    answer = client.post(game, data={**typed, "sign_in_name": "Ada", "sign_in_password": PASSWORD}, headers=HERE)
    assert answer.status_code == 401
    assert score_of(app, league) is None
    assert client.get("/admin/").status_code == 302


def test_signed_in_again_in_another_tab_one_press_saves(app, client, admin, league, game, typed):
    sign_out(client)
    sign_in(client, admin)
    page = client.post(game, data=typed, headers=HERE)
    text = page.get_data(as_text=True)
    assert page.status_code == 400
    assert "Save it now?" in text
    assert "sign_in_password" not in text
    assert score_of(app, league) is None
    assert client.post(game, data=hidden(text), headers=HERE).status_code == 302
    assert score_of(app, league) == (2, 1, "Ada")


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_a_form_of_another_site_is_not_carried(app, client, league, game, typed, headers):
    for is_signed_out in (False, True):
        if is_signed_out:
            sign_out(client)
        answer = client.post(game, data={**typed, "csrf_token": "x"}, headers=headers)
        assert answer.status_code == 400
        assert "too old" in answer.get_data(as_text=True)
        assert 'value="2"' not in answer.get_data(as_text=True)
    assert score_of(app, league) is None


def test_somebody_without_the_right_is_told_and_it_is_kept_for_who_has_it(app, client, league, game, typed):
    make_user(app, "Sam", "scorer")
    sign_out(client)
    form = hidden(client.post(game, data=typed, headers=HERE).get_data(as_text=True))
    refused = client.post(game, data={**form, "sign_in_name": "Sam", "sign_in_password": PASSWORD}, headers=HERE)
    text = refused.get_data(as_text=True)
    assert refused.status_code == 403
    assert "Sam has no right to do this here." in text
    assert client.get("/admin/").status_code == 302
    answer = client.post(game, data={**hidden(text), "sign_in_name": "Ada", "sign_in_password": PASSWORD}, headers=HERE)
    assert answer.status_code == 302
    assert score_of(app, league) == (2, 1, "Ada")


def test_passwords_and_files_are_never_written_into_the_page(client, admin, typed):
    sign_out(client)
    person = {"name": "Bob", "password": "a secret of Bob's", "role": "scorer"}
    text = client.post("/admin/people/new/", data=person, headers=HERE).get_data(as_text=True)
    assert "a secret of Bob" not in text
    assert 'id="password" name="password" type="password"' in text
    assert hidden(text)["name"] == "Bob"
    file = {"file": (BytesIO(b"{}"), "cup.json")}
    text = client.post("/admin/events/import/", data=file, headers=HERE).get_data(as_text=True)
    assert "cup.json has to be chosen again" in text


def test_every_form_of_somebody_signed_in_is_carried(app, client, admin, ids):  # noqa: F811
    sign_in(client, admin)
    client.get("/admin/")
    sign_out(client)
    for endpoint, path in doors(app, "POST", **ids, user_id=admin):
        answer = client.post(path, data={"name": "Elm & Co", "lines": ["a", "b"]}, headers=HERE)
        assert answer.status_code == 401, endpoint
        assert hidden(answer.get_data(as_text=True))["name"] == "Elm & Co", endpoint


def test_every_form_works_after_signing_in_on_the_spot(app, client, league, typed):
    sign_out(client)
    path = f"/admin/events/{league}/teams/"
    text = client.post(path, data={"names": "Elm\nFir"}, headers=HERE).get_data(as_text=True)
    sent = {**hidden(text), "sign_in_name": "Ada", "sign_in_password": PASSWORD}
    assert client.post(path, data=sent, headers=HERE).status_code == 302
    with app.app_context():
        assert db.session.query(Team).filter(Team.name.in_(("Elm", "Fir"))).count() == 2


def test_more_than_any_form_of_ours_holds_is_not_drawn_again(client, league, typed):
    sign_out(client)
    answer = client.post(f"/admin/events/{league}/teams/", data={"names": "x" * 210_000}, headers=HERE)
    assert answer.status_code == 400
    assert len(answer.get_data()) < 20_000


def test_a_page_asks_who_is_signed_in(client, admin, typed):
    shown = client.get("/login/state/")
    assert shown.json["user_id"] == admin
    assert shown.headers["Cache-Control"] == "no-store"
    sign_out(client)
    assert client.get("/login/state/").json == {"user_id": None, "token": ""}


def test_the_token_that_a_page_is_told_is_good(app, client, admin, league, game, typed):
    sign_out(client)
    sign_in(client, admin)
    typed["csrf_token"] = client.get("/login/state/").json["token"]
    assert client.post(game, data=typed, headers=HERE).status_code == 302
    assert score_of(app, league) == (2, 1, "Ada")


def test_an_old_page_of_sign_in_begins_anew(client, admin):
    answer = client.post("/login/", data={"name": "Ada", "password": PASSWORD, "csrf_token": "old"}, headers=HERE)
    assert answer.location == "/login/"
    assert "type it once more" in client.get("/login/").get_data(as_text=True)
