"""Times, places, states and announcements by token."""

import pytest

from tests.conftest import make_user
from timely.extensions import db
from timely.models import Fixture, User
from timely.services.people import create_token


@pytest.fixture
def headers(app, league):
    user_id = make_user(app, "Olga", "organiser", league)
    with app.app_context():
        return {"Authorization": f"Bearer {create_token(db.session.get_one(User, user_id))}"}


@pytest.fixture
def scorer_headers(app, league):
    user_id = make_user(app, "Sam", "scorer", league)
    with app.app_context():
        return {"Authorization": f"Bearer {create_token(db.session.get_one(User, user_id))}"}


def patch(client, headers, fixture_id, **data):
    answer = client.patch(f"/api/fixtures/{fixture_id}/", json=data, headers=headers)
    return answer.status_code, answer.get_json()


def announce(client, headers, event_id, **data):
    answer = client.post(f"/api/events/{event_id}/announcements/", json=data, headers=headers)
    return answer.status_code, answer.get_json()


def test_a_game_is_moved(client, headers, league):
    status, fixture = patch(client, headers, 1, start_at="2026-11-29T09:30:00+00:00", pitch="Pitch 2")
    assert status == 200
    assert (fixture["start_text"], fixture["start_on"], fixture["pitch"]) == (
        "Sun 29 Nov, 09:30",
        "2026-11-29",
        "Pitch 2",
    )


def test_an_hour_or_a_pitch_can_be_taken_away(client, headers, league):
    status, fixture = patch(client, headers, 1, start_at=None, pitch=None)
    assert (status, fixture["start_at"], fixture["start_on"], fixture["pitch"]) == (200, None, "2026-11-28", "")


def test_what_is_not_said_stays(client, headers, league):
    before = client.get("/api/fixtures/5/").get_json()
    status, after = patch(client, headers, 5, pitch="Pitch 2")
    assert status == 200
    assert {key for key in before if before[key] != after[key]} == {"version", "pitch"}


def test_a_game_is_postponed_and_put_back(client, headers, league):
    assert patch(client, headers, 1, status="POSTPONED")[1]["status"] == "POSTPONED"
    assert patch(client, headers, 1, status="SCHEDULED")[1]["status"] == "SCHEDULED"


def test_what_breaks_the_timetable_is_refused_by_name_unless_it_is_meant(client, headers, league):
    at = "2026-11-28T10:10:00Z"
    status, data = patch(client, headers, 3, start_at=at)
    assert (status, data["error"]["code"]) == (409, "breaches")
    assert data["breaches"] == data["error"]["breaches"]
    assert [one["kind"] for one in data["breaches"]] == ["pitch", "team", "team"]
    assert data["breaches"][0]["fixtures"] == [1, 3]
    assert data["breaches"][0]["message"].startswith("Pitch 1 is taken by Ash – Birch until 10:20")
    assert client.get("/api/fixtures/3/").get_json()["start_at"] == "2026-11-28T11:00:00Z"
    status, data = patch(client, headers, 3, start_at=at, force=True)
    assert (status, data["start_at"]) == (200, at)
    assert len(data["remarks"]) == 3
    assert "remarks" not in patch(client, headers, 3, start_at="2026-11-28T15:00:00Z")[1]
    assert patch(client, headers, 3, start_at=at, force="yes")[0] == 422


def test_a_wrong_version_is_a_conflict(client, headers, league):
    status, data = patch(client, headers, 1, pitch="Pitch 2", version=7)
    assert (status, data["error"]["code"], data["current"]) == (409, "conflict", 1)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"start_at": "tomorrow"}, "start_at"),
        ({"start_at": "2026-11-29T09:30:00"}, "start_at"),
        ({"start_at": 5}, "start_at"),
        ({"pitch": "Pitch 9"}, "pitch"),
        ({"pitch": 1}, "pitch"),
        ({"status": "ON"}, "status"),
        ({"home_team": "Oak"}, "home_team"),
    ],
)
def test_what_is_wrong_is_named(client, headers, league, data, field):
    before = client.get("/api/fixtures/1/").get_json()
    status, answer = patch(client, headers, 1, **data)
    assert status == 422
    assert field in answer["error"]["fields"]
    assert client.get("/api/fixtures/1/").get_json() == before


@pytest.mark.parametrize("status", ["FINISHED", "WALKOVER"])
def test_a_game_is_not_finished_without_a_score(client, headers, league, status):
    assert patch(client, headers, 1, status=status)[0] == 422


def test_a_scorer_does_not_move_games(client, scorer_headers, league):
    assert patch(client, scorer_headers, 1, pitch="Pitch 2")[0] == 403


def test_an_announcement_is_made(client, headers, league):
    status, made = announce(client, headers, league, title="Pitch 2 runs late", message="10 minutes", priority="high")
    assert status == 201
    assert (made["title"], made["message"], made["type"], made["priority"]) == (
        "Pitch 2 runs late",
        "10 minutes",
        "info",
        "high",
    )
    assert client.get(f"/api/events/{league}/announcements/").get_json()["announcements"] == [made]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "title"),
        ({"title": ""}, "title"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "a\0b"}, "title"),
        ({"title": "a\nb"}, "title"),
        ({"title": "\u200b"}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"title": "x", "message": 5}, "message"),
        ({"title": "x", "priority": "top"}, "priority"),
        ({"title": "x", "type": "party"}, "type"),
        ({"title": "x", "expires_at": "2001-01-01T00:00:00Z"}, "expires_at"),
    ],
)
def test_an_announcement_that_is_none(client, headers, league, data, field):
    status, answer = announce(client, headers, league, **data)
    assert status == 422
    assert field in answer["error"]["fields"]
    assert client.get(f"/api/events/{league}/announcements/").get_json()["announcements"] == []


def test_a_scorer_announces_nothing(client, scorer_headers, league):
    assert announce(client, scorer_headers, league, title="x")[0] == 403


def test_an_event_that_does_not_exist(client, headers):
    assert announce(client, headers, 99, title="x")[0] == 404


def test_nobody_moves_games_of_another_event(app, client, headers, make_event):
    make_event(name="Other")
    with app.app_context():
        theirs = db.session.query(Fixture.id).filter(Fixture.id > 6).first()[0]
    assert patch(client, headers, theirs, pitch="Pitch 1")[0] == 403
