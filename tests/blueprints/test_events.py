"""The public pages: whole without script, and only for those who may see them."""

import re

import pytest
from sqlalchemy import select

from tests.conftest import make_user, sign_in
from timely.extensions import db
from timely.models import Event, Fixture, Team
from timely.services import announcements, results
from timely.services.results import Score

TABS = ["", "leaderboard/", "schedule/", "announcements/"]


def get(client, path):
    answer = client.get(path)
    return answer.status_code, answer.get_data(as_text=True)


@pytest.fixture
def played(app, league):
    """The league after Ash 2–1 Birch, with an announcement."""
    with app.app_context():
        fixture = db.session.scalars(select(Fixture).order_by(Fixture.id)).first()
        results.enter_score(fixture, Score(2, 1), by=None)
        announcements.announce(fixture.event, title="Tea is ready", by=None)
    return league


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_is_a_whole_page(client, played, tab):
    status, page = get(client, f"/events/saturday-league/{tab}")
    assert status == 200
    assert "Saturday League" in page
    assert page.index("http-equiv") < page.index("<meta charset")
    assert "data-live=" in page


def test_the_leaderboard_shows_the_order_and_who_is_level(client, played):
    page = get(client, "/events/saturday-league/leaderboard/")[1]
    names = re.findall(r'data-field="team_name"[^>]*>([^<]+)<', page)
    assert names[:4] == ["Ash", "Cedar", "Dogwood", "Birch"]
    positions = re.findall(r'data-field="position"[^>]*>([^<]+)<', page)
    assert positions[:4] == ["1", "2=", "2=", "4"]


def test_the_schedule_shows_every_game_with_its_score(client, played):
    page = get(client, "/events/saturday-league/schedule/")[1]
    assert len(re.findall(r'<li class="fixture[^>]*data-row="\d+"', page)) >= 6
    assert "Sun 29 Nov" in page


def test_the_announcements(client, played):
    assert "Tea is ready" in get(client, "/events/saturday-league/announcements/")[1]


def test_what_was_typed_is_shown_as_text(app, client, league):
    with app.app_context():
        db.session.scalars(select(Team)).first().name = "<script>alert(1)</script>"
        db.session.get_one(Event, league).name = "<b>Bold</b> & 'quoted\""
        db.session.commit()
    for tab in TABS:
        page = get(client, f"/events/saturday-league/{tab}")[1]
        assert "<script>alert" not in page
        assert "<b>Bold" not in page


@pytest.mark.parametrize("changed", [{"status": "DRAFT"}, {"visibility": "private"}])
@pytest.mark.parametrize("tab", TABS)
def test_what_is_not_public_looks_as_if_it_did_not_exist(client, make_event, changed, tab):
    make_event(**changed)
    hidden, page = get(client, f"/events/saturday-league/{tab}")
    assert hidden == 404
    assert "Saturday League" not in page
    assert "Saturday League" not in get(client, "/")[1]


def test_a_private_event_opens_with_its_key_and_carries_it_along(app, client, make_event):
    event_id = make_event(visibility="private")
    with app.app_context():
        key = db.session.get_one(Event, event_id).access_key
    status, page = get(client, f"/events/saturday-league/?key={key}")
    assert status == 200
    assert f"/events/saturday-league/schedule/?key={key}" in page
    assert get(client, "/events/saturday-league/?key=wrong")[0] == 404
    assert get(client, f"/display/saturday-league/?key={key}")[0] == 200


def test_an_organiser_sees_the_draft(app, client, make_event):
    event_id = make_event(status="DRAFT")
    sign_in(client, make_user(app, "Olga", "organiser", event_id))
    assert get(client, "/events/saturday-league/")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/matches/?day=2026-11-28", "/display/saturday-league/", *(f"/events/saturday-league/{tab}" for tab in TABS)],
)
def test_an_unchanged_page_is_not_sent_again(app, client, played, path):
    answer = client.get(path)
    tag = answer.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    with app.app_context():
        event = db.session.get_one(Event, played)
        event.name = "Another name"
        db.session.commit()
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_the_pages_answer_before_any_account_exists(client):
    assert get(client, "/")[0] == 200
    assert get(client, "/matches/")[0] == 200


def test_an_empty_event_says_what_comes(client, make_event):
    make_event(teams=[], matches=[])
    for tab in TABS:
        assert get(client, f"/events/saturday-league/{tab}")[0] == 200


def test_groups_are_tables_of_their_own(client, make_event):
    make_event(groups={"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]}, matches=[])
    page = get(client, "/events/saturday-league/leaderboard/")[1]
    assert "Group A" in page
    assert "Group B" in page


def test_the_matches_of_a_day(client, league):
    page = get(client, "/matches/?day=2026-11-28")[1]
    assert len(re.findall(r'data-row="\d+"', page)) >= 4
    assert "Saturday 28 November 2026" in page


def test_matches_open_on_the_nearest_day_with_games(client, league):
    assert "28 November 2026" in get(client, "/matches/")[1] or "29 November 2026" in get(client, "/matches/")[1]


@pytest.mark.parametrize("query", ["day=x", "day=0000-00-00", "day=9999-12-31", "event=x", "team=<b>", "pitch=%00"])
def test_garbage_in_the_address_of_the_matches(client, league, query):
    assert get(client, f"/matches/?{query}")[0] == 200


def test_the_filters_of_the_matches(client, league):
    page = get(client, "/matches/?day=2026-11-28&team=Ash")[1]
    rows = re.findall(r'data-field="home_team.name"[^>]*>([^<]+)<', page)
    assert set(rows) <= {"Ash", "Birch", "Cedar", "Dogwood"}
    assert len(re.findall(r'data-row="\d+"', page)) == 2


def test_headers_of_a_careful_server(client, league):
    headers = client.get("/events/saturday-league/").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/events/nothing/", "/display/nothing/", "/nothing", "/events/%00/", "/events/../x/"])
def test_a_wrong_address_says_so_on_a_page(client, path):
    status, page = get(client, path)
    assert status == 404
    assert "There is nothing here" in page


def test_the_wrong_method_is_no_crash(client, league):
    assert client.post("/events/saturday-league/").status_code == 405


def test_the_best_third_placed_are_a_table_of_their_own(client, make_event):
    sides = {"home_from": {"group": "A", "position": 1}, "away_from": {"groups": ["A", "B"], "position": 2}}
    make_event(
        groups={"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]},
        matches=[
            {"home": "Ash", "away": "Birch", "home_score": 3, "away_score": 0},
            {"home": "Cedar", "away": "Dogwood", "home_score": 1, "away_score": 0},
            {"stage": "knockout", "round": "Final", "code": "F", **sides},
        ],
    )
    page = get(client, "/events/saturday-league/leaderboard/")[1]
    board = page[page.index('data-table="best-0-2"') :].split("</tbody>")[0]
    assert re.findall(r'data-field="team_name"[^>]*>([^<]+)<', board)[:2] == ["Dogwood", "Birch"]
    assert re.findall(r'<tr class="([\w-]*)', board)[:2] == ["is-through", ""]
    assert "Best second-placed" in page
    assert "May go through, as one of the best of this place" in page
    names = [one["name"] for one in client.get("/api/events/1/leaderboard/").json["comparisons"]]
    assert names == ["Best second-placed"]


def test_a_knockout_alone_points_to_its_bracket(client, make_event):
    make_event(
        teams=["Ash", "Birch"],
        matches=[{"stage": "knockout", "round": "Final", "code": "F", "home": "Ash", "away": "Birch"}],
    )
    page = get(client, "/events/saturday-league/leaderboard/")[1]
    assert "A knockout has no table" in page
    assert 'href="/events/saturday-league/bracket/">Show the bracket' in page


def test_the_first_page_of_an_event_names_its_champion_once_all_is_played(app, client, make_event):
    matches = [{"home": "Ash", "away": "Birch"}, {"stage": "knockout", "round": "Final", "code": "F"}]
    matches[1] |= {"home": "Ash", "away": "Birch"}
    event_id = make_event(matches=matches)
    with app.app_context():
        first, final = db.session.scalars(select(Fixture).where(Fixture.event_id == event_id).order_by(Fixture.id))
        first_id = first.id
        results.enter_score(final, Score(0, 1), by=None)
    assert 'class="champion"' not in client.get("/events/saturday-league/").text
    with app.app_context():
        results.enter_score(db.session.get_one(Fixture, first_id), Score(1, 0), by=None)
    text = re.sub(r"<[^>]+>", "", client.get("/events/saturday-league/").text)
    assert "Champion Birch" in text
