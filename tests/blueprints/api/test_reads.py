"""API reads that are open to everybody."""

import pytest

from launch.version import VERSION
from tests.conftest import make_user, sign_in
from timely.extensions import db
from timely.models import Event, User
from timely.services.people import create_token


def read(client, path, **headers):
    answer = client.get(path, headers=headers)
    return answer.status_code, answer.get_json()


def test_the_list_of_events(client, league):
    status, data = read(client, "/api/events/")
    assert status == 200
    assert len(data.pop("epoch")) == 8
    assert data == {
        "events": [
            {
                "id": league,
                "slug": "saturday-league",
                "name": "Saturday League",
                "sport": "football",
                "status": "PUBLISHED",
                "state": "COMING",
                "starts_on": "2026-11-28",
                "ends_on": "2026-11-29",
            }
        ]
    }


def test_one_event(client, league):
    status, data = read(client, f"/api/events/{league}/")
    assert status == 200
    assert (data["id"], data["name"], data["version"]) == (league, "Saturday League", 1)


def test_the_leaderboard(client, league):
    status, data = read(client, f"/api/events/{league}/leaderboard/")
    assert status == 200
    assert set(data) == {"event_id", "epoch", "version", "tables", "comparisons", "final_places"}
    (table,) = data["tables"]
    assert set(table) == {"id", "name", "stage", "why_href", "leaderboard"}
    row = table["leaderboard"][0]
    assert (row["position"], row["team_name"], row["tied"], row["pts"]) == (1, "Ash", True, 0)


def test_the_schedule(client, league):
    status, data = read(client, f"/api/events/{league}/schedule/")
    assert status == 200
    assert set(data) == {"event_id", "epoch", "version", "fixtures"}
    first, *_, dayless = data["fixtures"]
    assert first["start_at"] == "2026-11-28T10:00:00Z"
    assert first["start_text"] == "Sat 28 Nov, 10:00"
    assert first["home_team"]["name"] == "Ash"
    assert (dayless["start_at"], dayless["start_on"], dayless["start_text"]) == (None, None, "")


def test_the_announcements(client, make_event):
    notes = [{"title": "Now"}, {"title": "Later", "state": "WAITING", "publish_at": "2199-01-01T00:00:00Z"}]
    event_id = make_event(announcements=notes)
    status, data = read(client, f"/api/events/{event_id}/announcements/")
    assert status == 200
    assert [note["title"] for note in data["announcements"]] == ["Now"]


def test_one_fixture(client, league):
    fixture = read(client, f"/api/events/{league}/schedule/")[1]["fixtures"][0]
    status, alone = read(client, f"/api/fixtures/{fixture['id']}/")
    assert (status, alone.pop("epoch")) == (200, read(client, "/api/events/")[1]["epoch"])
    assert alone == fixture


@pytest.mark.parametrize("part", ["", "leaderboard/", "schedule/", "announcements/"])
def test_every_read_has_an_etag_that_changes_with_the_event(app, client, league, part):
    path = f"/api/events/{league}/{part}"
    tag = client.get(path).headers["ETag"]
    answer = client.get(path, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")
    with app.app_context():
        db.session.get_one(Event, league).name = "Another name"
        db.session.commit()
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_the_api_knows_no_cookie(app, client, league, admin):
    sign_in(client, admin)
    assert client.get(f"/api/events/{league}/").headers["ETag"]


@pytest.mark.parametrize("changed", [{"status": "DRAFT"}, {"visibility": "private"}])
@pytest.mark.parametrize("part", ["", "leaderboard/", "schedule/", "announcements/"])
def test_what_is_not_public_is_not_found(client, make_event, changed, part):
    event_id = make_event(**changed)
    status, data = read(client, f"/api/events/{event_id}/{part}")
    assert (status, data["error"]["code"]) == (404, "not_found")
    assert read(client, "/api/events/")[1]["events"] == []


def test_a_fixture_of_a_draft_is_not_found(client, make_event):
    make_event(status="DRAFT")
    assert read(client, "/api/fixtures/1/")[0] == 404


def test_a_private_event_opens_with_its_key(app, client, make_event):
    event_id = make_event(visibility="private")
    with app.app_context():
        key = db.session.get_one(Event, event_id).access_key
    assert read(client, f"/api/events/{event_id}/?key={key}")[0] == 200
    assert read(client, f"/api/events/{event_id}/?key={key}x")[0] == 404
    assert read(client, f"/api/events/{event_id}/?key=é")[0] == 404


def test_an_organisers_token_reads_the_draft(app, client, make_event):
    event_id = make_event(status="DRAFT")
    user_id = make_user(app, "Olga", "organiser", event_id)
    with app.app_context():
        token = create_token(db.session.get_one(User, user_id))
    assert read(client, f"/api/events/{event_id}/", Authorization=f"Bearer {token}")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/events/99/",
        "/api/fixtures/99/",
        "/api/nothing/",
        "/api/events/x/",
        f"/api/events/{2**63}/",
        f"/api/fixtures/{10**30}/",
    ],
)
def test_what_does_not_exist_answers_in_json(client, path):
    status, data = read(client, path)
    assert status == 404
    assert set(data["error"]) == {"code", "message", "fields"}


def test_healthz(client):
    assert read(client, "/healthz") == (200, {"status": "ok", "version": VERSION})


def test_a_draft_is_not_its_scorers_to_see(app, client, make_event):
    event_id = make_event(status="DRAFT")
    sign_in(client, make_user(app, "Sam", "scorer", event_id))
    assert client.get("/events/saturday-league/").status_code == 404
    assert client.get("/admin/results/1/").status_code == 404
