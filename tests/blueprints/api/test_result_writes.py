"""Results by token: the same rules as the forms."""

import json

import pytest

from tests.conftest import get_event, make_user, sign_in
from tests.services.test_advancement import CUP, enter
from timely.extensions import db
from timely.models import Fixture, User
from timely.services.people import create_token


@pytest.fixture
def writer(app, client, league):
    """Calls the API with the token of an organiser of the league."""
    with app.app_context():
        fixture_id = db.session.query(Fixture.id).order_by(Fixture.id).first()[0]
    return Writer(app, client, make_user(app, "Olga", "organiser", league), fixture_id)


class Writer:
    def __init__(self, app, client, user_id, fixture_id):
        with app.app_context():
            token = create_token(db.session.get_one(User, user_id))
        self.client, self.fixture_id = client, fixture_id
        self.headers = {"Authorization": f"Bearer {token}"}

    @property
    def path(self):
        return f"/api/fixtures/{self.fixture_id}/result/"

    def put(self, **data):
        answer = self.client.put(self.path, json=data, headers=self.headers)
        return answer.status_code, answer.get_json()

    def delete(self):
        answer = self.client.delete(self.path, headers=self.headers)
        return answer.status_code, answer.get_json()


def test_a_result_answers_with_the_fixture(writer, client):
    status, fixture = writer.put(home_score=2, away_score=1)
    assert status == 200
    assert (fixture["id"], fixture["status"], fixture["result_status"]) == (writer.fixture_id, "FINISHED", "FINAL")
    assert fixture["score_text"] == "2–1"
    assert fixture["winner_id"] == fixture["home_team"]["id"]
    assert client.get(f"/api/fixtures/{writer.fixture_id}/").get_json() == fixture


def test_a_running_score(writer):
    status, fixture = writer.put(home_score=1, away_score=1, running=True)
    assert (status, fixture["status"], fixture["winner_id"]) == (200, "LIVE", None)


def test_all_that_may_be_sent(writer, client):
    version = client.get(f"/api/fixtures/{writer.fixture_id}/").get_json()["version"]
    cards = {"cards": {"home": {"yellow": 1}}}
    status, fixture = writer.put(
        home_score=2, away_score=1, status="VERIFIED", running=False, extra=cards, reason="typed late", version=version
    )
    assert (status, fixture["result_status"], fixture["extra"]) == (200, "VERIFIED", cards)


@pytest.mark.parametrize(
    "extra",
    [
        {"cards": {"home": {f"card{number:05}": 1 for number in range(2000)}}},
        {"cards": {"home": {"y" * 30_000: 1}}},
        {"z" * 30_000: 1},
        {"sets": [[25, 20]] * 2000},
        {"innings": {"home": "0" * 30_000}},
    ],
)
def test_more_than_a_game_has_is_refused_in_few_words(writer, client, extra):
    status, data = writer.put(home_score=2, away_score=1, extra=extra)
    assert (status, data["error"]["code"]) == (422, "invalid")
    assert len(json.dumps(data)) < 1000
    assert client.get(f"/api/fixtures/{writer.fixture_id}/").get_json()["score_text"] == ""


def test_a_final_result_takes_a_reason(writer):
    writer.put(home_score=2, away_score=1)
    status, data = writer.put(home_score=2, away_score=2)
    assert (status, data["error"]["code"]) == (409, "final")
    assert writer.put(home_score=2, away_score=2, reason="own goal")[0] == 200


def test_a_wrong_version_is_a_conflict_that_names_the_current_one(writer):
    fixture = writer.put(home_score=2, away_score=1)[1]
    status, data = writer.put(home_score=3, away_score=1, reason="x", version=fixture["version"] - 1)
    assert (status, data["error"]["code"], data["current"]) == (409, "conflict", fixture["version"])
    assert writer.put(home_score=3, away_score=1, reason="x", version=fixture["version"])[0] == 200


def test_taking_back(writer):
    writer.put(home_score=2, away_score=1)
    status, fixture = writer.delete()
    assert (status, fixture["home_score"], fixture["status"]) == (200, None, "SCHEDULED")
    assert writer.delete()[0] == 404


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "home_score"),
        ({"home_score": 2}, "away_score"),
        ({"home_score": "2", "away_score": 1}, "home_score"),
        ({"home_score": 2.0, "away_score": 1}, "home_score"),
        ({"home_score": True, "away_score": 1}, "home_score"),
        ({"home_score": None, "away_score": 1}, "home_score"),
        ({"home_score": -1, "away_score": 1}, "home_score"),
        ({"home_score": 10**30, "away_score": 1}, "home_score"),
        ({"home_score": 2, "away_score": 1, "status": "DONE"}, "status"),
        ({"home_score": 2, "away_score": 1, "running": "yes"}, "running"),
        ({"home_score": 2, "away_score": 1, "extra": []}, "extra"),
        ({"home_score": 2, "away_score": 1, "extra": {"weather": "wet"}}, "extra"),
        ({"home_score": 2, "away_score": 1, "extra": {"sets": "x"}}, "extra.sets"),
        ({"home_score": 2, "away_score": 1, "reason": 5}, "reason"),
        ({"home_score": 2, "away_score": 1, "reason": "x" * 301}, "reason"),
        ({"home_score": 2, "away_score": 1, "reason": "a\0"}, "reason"),
        ({"home_score": 2, "away_score": 1, "version": "1"}, "version"),
        ({"home_score": 2, "away_score": 1, "runing": True}, "runing"),
        ({"home_score": 2, "away_score": 1, "home_pens": 3, "away_pens": 2}, "home_pens"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_saved(writer, client, data, field):
    status, answer = writer.put(**data)
    assert (status, answer["error"]["code"]) == (422, "invalid")
    assert field in answer["error"]["fields"]
    assert client.get(f"/api/fixtures/{writer.fixture_id}/").get_json()["home_score"] is None


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"null", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b'{"home_score": ' + b"9" * 5000 + b', "away_score": 1}', "application/json", 400),
        (b"home_score=2", "application/x-www-form-urlencoded", 415),
        (b'{"home_score": 2, "away_score": 1}', "text/plain", 415),
        (b" " * (9 * 1024 * 1024), "application/json", 413),
    ],
)
def test_bodies_that_are_none(writer, body, kind, status):
    answer = writer.client.put(writer.path, data=body, content_type=kind, headers=writer.headers)
    assert answer.status_code == status
    assert answer.get_json()["error"]["message"]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic b2xnYTp4", "Bearer é"])
def test_without_a_token_nothing_is_written(client, writer, header):
    headers = {} if header is None else {"Authorization": header.encode("latin-1").decode("latin-1")}
    answer = client.put(writer.path, json={"home_score": 2, "away_score": 1}, headers=headers)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (401, "unauthorized")


def test_the_cookie_is_no_token(client, writer, app, admin):
    sign_in(client, admin)
    answer = client.put(writer.path, json={"home_score": 2, "away_score": 1})
    assert answer.status_code == 401


def test_a_token_has_its_users_rights_and_no_more(app, client, writer, make_event):
    other = make_event(name="Other")
    stranger = Writer(app, client, make_user(app, "Otto", "organiser", other), writer.fixture_id)
    status, data = stranger.put(home_score=9, away_score=9)
    assert (status, data["error"]["code"]) == (403, "forbidden")


def test_a_scorers_result_is_pending(app, client, writer, league):
    scorer = Writer(app, client, make_user(app, "Sam", "scorer", league), writer.fixture_id)
    assert scorer.put(home_score=2, away_score=1)[1]["result_status"] == "PENDING"
    status, data = scorer.put(home_score=2, away_score=1, status="FINAL")
    assert (status, data["error"]["code"]) == (403, "forbidden")


def test_the_token_of_somebody_who_may_not_sign_in_any_more(app, writer):
    with app.app_context():
        db.session.query(User).filter_by(name="Olga").one().active = False
        db.session.commit()
    assert writer.put(home_score=2, away_score=1)[0] == 401


@pytest.mark.parametrize("fixture_id", [0, 99, 10**12])
def test_a_game_that_does_not_exist(client, writer, fixture_id):
    answer = client.put(
        f"/api/fixtures/{fixture_id}/result/",
        data=json.dumps({}),
        content_type="application/json",
        headers=writer.headers,
    )
    assert answer.status_code == 404


def test_a_draft_of_somebody_else_is_not_found(app, client, writer, make_event):
    draft = make_event(name="Draft", status="DRAFT")
    with app.app_context():
        fixture_id = db.session.query(Fixture.id).filter_by(event_id=draft).first()[0]
    answer = client.put(
        f"/api/fixtures/{fixture_id}/result/", json={"home_score": 1, "away_score": 0}, headers=writer.headers
    )
    assert answer.status_code == 404


def test_a_knockout_is_decided_by_lot_and_asks_the_organiser_about_games_that_were_played(app, client, make_event):
    with app.app_context():
        event = get_event(make_event(**CUP))
        enter(event.fixtures[0], 2, 1)
        enter(event.fixtures[1], 1, 0)
        semi = event.fixtures[2].id
    writer = Writer(app, client, make_user(app, "Olga", "organiser", 1), semi)
    assert writer.put(home_score=1, away_score=1)[0] == 422
    status, fixture = writer.put(home_score=1, away_score=1, decided="away", decided_by="lot")
    assert (status, fixture["winner_side"], fixture["score_text"]) == (200, "away", "1–1 (Dogwood by lot)")
    with app.app_context():
        event = get_event(1)
        enter(event.fixtures[3], 0, 1)
        enter(event.fixtures[5], 1, 0)
    status, answer = writer.put(home_score=3, away_score=1, reason="Seen again")
    assert (status, answer["error"]["code"]) == (409, "needs_ruling")
    (game,) = answer["games"]
    assert (game["home"], game["away"]) == ("Ash", "Birch")
    asked = {"home_score": 3, "away_score": 1, "reason": "Seen again"}
    for wrong in ({"x": "keep"}, {str(game["fixture_id"]): "perhaps"}, "keep"):
        status, refused = writer.put(**asked, rulings=wrong)
        assert (status, list(refused["error"]["fields"])) == (422, ["rulings"])
    status, fixture = writer.put(**asked, rulings={str(game["fixture_id"]): "keep"})
    assert (status, fixture["score_text"]) == (200, "3–1")
