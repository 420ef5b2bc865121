"""The pages of divisions: a format and tabs for each, teams that are put into them."""

import re

import pytest

from tests.blueprints.test_formats import count, event_fixture, make, path, signed_in_fixture, text_of  # noqa: F401  (used by name)
from tests.blueprints.test_forms import GARBAGE, errors
from tests.conftest import get_event
from tests.services.dividing import put_teams
from timely.extensions import db
from timely.models import Division, Fixture, Team
from timely.services import results
from timely.services.freeze import freeze
from timely.services.results import Score


@pytest.fixture
def divided(app, signed_in, event):
    """U10 with the first six teams, U12 with the rest; their ids."""
    assert signed_in.post(f"/admin/events/{event}/divisions/", data={"names": "U10\nU12"}).status_code == 302
    with app.app_context():
        found = get_event(event)
        ids = [one.id for one in found.divisions]
        for number, team in enumerate(found.teams):
            put_teams(found, {team.id: ids[number // 6]})
    return ids


def test_each_division_chooses_for_itself(app, signed_in, event, divided):
    page = text_of(signed_in.get(path(event)))
    assert "Which division?" in page
    assert signed_in.get(path(event, "league")).status_code == 302
    assert make(signed_in, event, "league", division=divided[0]).status_code == 302
    assert make(signed_in, event, "knockout", division=divided[1]).status_code == 302
    assert count(app) == 15 + 5
    page = text_of(signed_in.get(path(event)))
    assert "All meet all once" in page
    assert "A knockout of 6 teams" in page


def test_the_public_tabs_show_one_division_or_all(app, client, signed_in, event, divided):
    make(signed_in, event, "league", division=divided[0])
    make(signed_in, event, "league", division=divided[1])
    page = text_of(client.get("/events/saturday-league/leaderboard/"))
    assert re.findall(r'<h2 class="section-title division"><bdi>(.*?)</bdi>', page) == ["U10", "U12"]
    page = text_of(client.get(f"/events/saturday-league/leaderboard/?division={divided[1]}"))
    assert re.findall(r'<h2 class="section-title division"><bdi>(.*?)</bdi>', page) == ["U12"]
    assert ">Team 07<" in page
    assert ">Team 01<" not in page.split('class="column-side"')[0]
    page = text_of(client.get(f"/events/saturday-league/schedule/?division={divided[0]}"))
    assert page.split('class="column-side"')[0].count('class="fixture is-scheduled"') == 15
    page = text_of(client.get("/events/saturday-league/schedule/?division=nonsense"))
    assert page.count('data-only=\'{"division_id": [') == 3  # each division, and games of none
    page = text_of(client.get("/events/saturday-league/"))
    assert "<dt>U10</dt><dd>All meet all once</dd>" in page


def test_a_team_is_put_into_a_division_on_the_page_of_teams(app, signed_in, event, divided):
    page = text_of(signed_in.get(f"/admin/events/{event}/teams/"))
    assert page.count('class="line-choice"') == 12
    sent = {
        "team-1-name": "Team 01",
        "team-1-colour": "",
        "team-1-division": str(divided[1]),
        "team-1-members": "Ann\r\nBea",
    }
    assert signed_in.post(f"/admin/events/{event}/teams/change/", data=sent).status_code == 302
    with app.app_context():
        team = db.session.get_one(Team, 1)
        assert (team.division_id, team.members) == (divided[1], "Ann\nBea")
    for value in GARBAGE:
        answer = signed_in.post(f"/admin/events/{event}/teams/change/", data={**sent, "team-1-division": value})
        assert answer.status_code == 422
        assert "Choose one from the list." in text_of(answer)
    make(signed_in, event, "league", division=divided[1])
    answer = signed_in.post(f"/admin/events/{event}/teams/change/", data={**sent, "team-1-division": str(divided[0])})
    assert answer.status_code == 422
    assert "plays in 6 games here" in text_of(answer)


def test_new_teams_go_into_the_division_that_was_chosen(app, signed_in, event, divided):
    sent = {"names": "Late\nLater", "division": str(divided[1])}
    assert signed_in.post(f"/admin/events/{event}/teams/", data=sent).status_code == 302
    answer = signed_in.post(f"/admin/events/{event}/teams/", data={"names": "Stray", "division": "99"})
    assert answer.status_code == 422
    assert errors(answer)["division"] == "Choose one from the list."
    with app.app_context():
        assert db.session.query(Team).filter_by(division_id=divided[1]).count() == 8


def test_a_division_is_renamed_and_deleted(app, signed_in, event, divided):
    one = f"/admin/events/{event}/divisions/{divided[0]}/"
    assert errors(signed_in.post(one, data={"name": "u12"}))["name"] == "Another division is called “u12”."
    assert errors(signed_in.post(one, data={"name": ""}))["name"] == "A division needs a name."
    assert signed_in.post(one, data={"name": "Under 10"}).status_code == 302
    make(signed_in, event, "league", division=divided[0])
    assert "has 15 games" in text_of(signed_in.post(f"{one}delete/", follow_redirects=True))
    assert signed_in.post(f"/admin/events/{event}/divisions/{divided[1]}/delete/").status_code == 302
    assert count(app, Division) == 1
    assert signed_in.get(f"/admin/events/{event}/divisions/{divided[1]}/").status_code == 404


def test_a_knockout_game_by_hand_says_its_division(app, signed_in, event, divided):
    page = f"/admin/events/{event}/fixtures/new/"
    sent = {
        "home_team": "",
        "away_team": "",
        "home_label": "A1",
        "away_label": "B1",
        "group": f"knockout-{divided[1]}",
        "start_on": "",
        "clock": "",
        "pitch": "",
    }
    assert signed_in.post(page, data=sent).status_code == 302
    with app.app_context():
        assert db.session.query(Fixture).one().stage.division_id == divided[1]
    answer = signed_in.post(page, data={**sent, "home_team": "1", "away_team": "12"})
    assert "of different divisions" in errors(answer)["away_team"]
    assert "Choose one from the list." in errors(signed_in.post(page, data={**sent, "group": "knockout"}))["group"]


def test_while_the_tables_are_held_back_the_tabs_of_a_division_stand(app, client, signed_in, event, divided):
    make(signed_in, event, "league", division=divided[0])
    with app.app_context():
        found = get_event(event)
        freeze(found, by=None)
        results.enter_score(found.fixtures[0], Score(5, 0), by=None)
    for tab in ("", "leaderboard/", f"leaderboard/?division={divided[0]}", "schedule/"):
        answer = client.get(f"/events/saturday-league/{tab}")
        assert answer.status_code == 200
        assert "U10" in text_of(answer)
        assert "5–0" not in text_of(answer)
