"""Explanation pages: one for every row of every table, one click from the leaderboard."""

import html
import re

import pytest
from sqlalchemy import select

from tests.conftest import make_user, season, sign_in
from tests.domain.seasons import SEASONS
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import Event, Fixture
from timely.services import freeze, results
from timely.services.event_files import import_event
from timely.services.results import Score

LINKS = re.compile(r'href="(/events/[^"]+/leaderboard/[^"/]+/\d+/[^"]*)"')
LEVEL = [
    {"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 1},
    {"home": "Cedar", "away": "Dogwood", "home_score": 2, "away_score": 0},
]


def text_of(page):
    """What is read on the page's card, with blanks as one sees them."""
    card = page[page.index('<section class="card why">') :].split("</section>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", card)).split())


def links(client, slug, query=""):
    """{team: the address of its explanation}, as the leaderboard has them."""
    page = client.get(f"/events/{slug}/leaderboard/{query}").get_data(as_text=True)
    rows = re.findall(r'<tr[^>]*data-row="\d+".*?</tr>', page, re.DOTALL)
    found = {}
    for row in rows:
        name = html.unescape(re.search(r'data-field="team_name"[^>]*>([^<]+)<', row)[1])
        if (link := LINKS.search(row)) is not None:  # final places have none
            found.setdefault(name, html.unescape(link[1]))
    return found


def why(client, slug, team):
    answer = client.get(links(client, slug)[team])
    assert answer.status_code == 200
    return text_of(answer.get_data(as_text=True))


def last_game(event_id):
    query = select(Fixture).where(Fixture.event_id == event_id).order_by(Fixture.id.desc())
    return db.session.scalars(query).first()


@pytest.fixture
def imported(app):
    def take(data):
        with app.app_context():
            return import_event(read_event(data)).slug

    return take


@pytest.mark.parametrize("name", SEASONS)
def test_every_row_of_the_real_seasons_is_explained(client, imported, name):
    data = season(name)
    slug = imported(data)
    found = links(client, slug)
    assert set(found) == set(data["teams"] if isinstance(data["teams"][0], str) else [t["name"] for t in data["teams"]])
    for team, href in found.items():
        answer = client.get(href)
        assert answer.status_code == 200, team
        shown = text_of(answer.get_data(as_text=True))
        assert shown.startswith(f"Why {team} "), shown
        assert "Decided by" in shown or "Nothing separates" in shown, shown


@pytest.mark.parametrize(
    ("name", "team", "shown"),
    [
        ("football_world_cup_2018", "Japan", "Decided by fair play : −4, ahead of Senegal (−6)"),
        ("football_world_cup_2018", "Senegal", "Decided by fair play : −6, behind Japan (−4)"),
        ("football_la_liga_2006_07", "Real Madrid", "Decided by head-to-head points : 4, ahead of FC Barcelona (1)"),
        ("football_euro_2004", "Denmark", "Decided by head-to-head goals scored"),
    ],
)
def test_what_moved_the_official_order_is_named(client, imported, name, team, shown):
    slug = imported(season(name))
    assert shown in why(client, slug, team)


def test_the_mini_league_stands_there_with_its_games(client, imported):
    shown = why(client, imported(season("football_world_cup_2018")), "Japan")
    assert "The games among Japan and Senegal Japan 2–2 Senegal" in shown
    order = ["Points", "Goal difference", "Goals scored", "Head-to-head points", "Head-to-head goal difference"]
    order += ["Head-to-head goals scored", "Fair play"]
    assert [number for number, title in enumerate(order, 1) if f"{number} {title} " in shown] == [1, 2, 3, 4, 5, 6, 7]
    assert shown.count("FIFA World Cup 2018 and 2022") == 2  # the book and its source


def test_the_source_of_the_rule_is_named(client, make_event):
    make_event(rulebook="uefa-euro-2024", matches=LEVEL)
    shown = why(client, "saturday-league", "Cedar")
    assert "UEFA Euro 2024. Source: Regulations of the UEFA European Football" in shown


def test_teams_that_nothing_separates_hear_what_may_be_done(app, client, make_event):
    event_id = make_event(matches=LEVEL)
    shown = why(client, "saturday-league", "Birch")
    assert "Why Birch shares 2nd place" in shown
    assert "Nothing separates Birch and Ash . They share position 2." in shown
    assert "Draw lots, and record the order." in shown
    assert "Change the order" not in shown  # a spectator cannot
    sign_in(client, make_user(app, "Olga", "organiser", event_id))
    page = client.get(links(client, "saturday-league")["Birch"]).get_data(as_text=True)
    assert f'href="/admin/events/{event_id}/standings/"' in page
    assert f'href="/admin/events/{event_id}/rules/own/"' in page


def test_before_the_first_result_nothing_is_made_up(client, league):
    shown = why(client, "saturday-league", "Ash")
    assert "Nothing that counts has been played in this table yet" in shown
    assert "Head-to-head" not in shown


def test_while_games_are_to_come_one_may_wait(client, make_event):
    make_event(matches=[*LEVEL, {"home": "Ash", "away": "Cedar"}])
    assert "Wait: games are still to be played." in why(client, "saturday-league", "Birch")


def test_points_taken_off_are_named(client, make_event):
    make_event(matches=LEVEL, deductions=[{"team": "Cedar", "points": 2, "reason": "Late"}])
    shown = why(client, "saturday-league", "Cedar")
    assert "2 points taken off by the organiser." in shown
    assert "Pts 1" in shown


def test_an_order_while_running_is_told_and_used(client, make_event):
    make_event(rulebook="ehf-2022", sport="handball", matches=[*LEVEL, {"home": "Ash", "away": "Cedar"}])
    shown = why(client, "saturday-league", "Ash")
    assert "While games are still to come, the order is: points, then goal difference, then goals scored." in shown
    assert "Head-to-head points" not in shown


def test_what_is_not_there_is_not_found(client, league):
    first = next(iter(links(client, "saturday-league").values()))
    assert client.get(first).status_code == 200
    table = first.split("/")[-3]
    for path in (
        f"{table}/999999/",
        "999999/1/",
        "best-0-3/1/",
        "best-0-all/1/",
        "%00/1/",
        f"{table}/99999999999999999999999/",
        f"{table}/x/",
    ):
        assert client.get(f"/events/saturday-league/leaderboard/{path}").status_code == 404, path


def test_another_events_team_is_not_explained(client, make_event, league):
    make_event(name="Sunday League")
    other = links(client, "sunday-league")["Ash"].removeprefix("/events/sunday-league/")
    assert client.get(f"/events/saturday-league/{other}").status_code == 404


@pytest.mark.parametrize("changed", [{"status": "DRAFT"}, {"visibility": "private"}])
def test_what_is_not_public_is_not_explained(app, client, make_event, changed):
    event_id = make_event(**changed, matches=LEVEL)
    with app.app_context():
        event = db.session.get_one(Event, event_id)
        group, key = event.stages[0].groups[0].id, event.access_key
        team = event.teams[0].id
    path = f"/events/saturday-league/leaderboard/{group}/{team}/"
    assert client.get(path).status_code == 404
    if "visibility" in changed:
        assert client.get(f"{path}?key={key}").status_code == 200
        found = links(client, "saturday-league", f"?key={key}")
        assert found["Ash"].endswith(f"?key={key}")
        assert f"/leaderboard/?key={key}" in client.get(found["Ash"]).get_data(as_text=True)
    sign_in(client, make_user(app, "Olga", "organiser", event_id))
    assert client.get(path).status_code == 200


def test_the_page_refreshes_itself_and_is_not_sent_again_unchanged(app, client, make_event):
    event_id = make_event(matches=[*LEVEL, {"home": "Ash", "away": "Cedar"}])
    path = links(client, "saturday-league")["Ash"]
    answer = client.get(path)
    page = answer.get_data(as_text=True)
    assert page.index("http-equiv") < page.index("<meta charset")
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(path, headers=tag).status_code == 304
    with app.app_context():
        results.enter_score(last_game(event_id), Score(5, 0), by=None)
    assert client.get(path, headers=tag).status_code == 200


def test_what_was_typed_is_shown_as_text(client, make_event):
    drawn = {"home": "<b>Ash</b>", "away": "Birch & Co", "home_score": 1, "away_score": 1}
    make_event(teams=["<b>Ash</b>", "Birch & Co"], matches=[drawn])
    page = client.get(links(client, "saturday-league")["<b>Ash</b>"]).get_data(as_text=True)
    assert "<b>Ash</b>" not in page
    assert "&lt;b&gt;Ash&lt;/b&gt;" in page


def test_half_points_are_shown_as_halves(client, make_event):
    make_event(sport="chess", matches=LEVEL)
    assert "Pts ½" in why(client, "saturday-league", "Ash")


def test_no_links_on_the_display_and_in_frames(client, make_event):
    make_event(matches=LEVEL)
    for path in ("/display/saturday-league/", "/embed/events/saturday-league/leaderboard/"):
        page = client.get(path).get_data(as_text=True)
        assert 'data-field="position"' in page
        assert "why-link" not in page
        assert not LINKS.search(page)


def test_a_long_table_shows_those_around_the_row(client, imported):
    slug = imported(season("football_premier_league_2011_12"))
    shown = why(client, slug, "Manchester City")
    assert "Decided by goal difference" in shown
    assert "more" in shown


def test_the_frozen_table_is_what_is_explained(app, client, make_event):
    event_id = make_event(matches=[*LEVEL, {"home": "Ash", "away": "Cedar"}])
    path = links(client, "saturday-league")["Ash"]
    before = text_of(client.get(path).get_data(as_text=True))
    with app.app_context():
        event = db.session.get_one(Event, event_id)
        freeze.freeze(event, by=None)
        results.enter_score(last_game(event_id), Score(5, 0), by=None)
    assert text_of(client.get(path).get_data(as_text=True)) == before
    with app.app_context():
        freeze.reveal(db.session.get_one(Event, event_id), by=None)
    assert "Why Ash is 1st" in text_of(client.get(path).get_data(as_text=True))


def test_a_team_that_has_left_stands_below_the_others(client, make_event):
    teams = [{"name": "Ash", "withdrawn": "withdrawn"}, "Birch", "Cedar", "Dogwood"]
    games = [{"home": "Cedar", "away": "Dogwood", "home_score": 2, "away_score": 0}]
    make_event(teams=teams, matches=games)
    found = links(client, "saturday-league")
    shown = why(client, "saturday-league", next(name for name in found if name.startswith("Ash")))
    assert "Why Ash is 4th" in shown
    assert "It has withdrawn, and nothing that it played counts, so it stands below the others." in shown
    assert "Ash" not in why(client, "saturday-league", "Birch")
