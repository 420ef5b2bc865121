"""The pages of a format: chosen, looked at, made; and those of divisions and of who enters."""

import re
from html import unescape

import pytest

from tests.blueprints.test_forms import GARBAGE, errors
from tests.conftest import get_event, make_user, sign_in, unwrapped
from tests.services.dividing import put_teams
from timely.extensions import db
from timely.models import Division, Event, Fixture, Pitch, Team
from timely.services import formats, results
from timely.services.freeze import freeze
from timely.services.results import Score

NAMES = [f"Team {number:02}" for number in range(1, 13)]
LEAGUE = {"times": "1", "qualifiers": "0", "legs": "1", "final_legs": "1"}
GROUPS = {
    "groups": "3",
    "draw": "seeded",
    "order": "\r\n".join(NAMES),
    "times": "1",
    "qualifiers": "2",
    "best_next": "2",
    "seeding": "groups",
    "third_place": "y",
    "legs": "1",
    "final_legs": "1",
    "draw_number": "5",
}
KNOCKOUT = {"draw": "seeded", "order": "\n".join(NAMES), "legs": "1", "final_legs": "1", "draw_number": "5"}
FORMS = {"league": LEAGUE, "groups": GROUPS, "knockout": KNOCKOUT}


@pytest.fixture
def event(make_event):
    return make_event(matches=[], teams=NAMES)


@pytest.fixture
def signed_in(client, admin, event):
    sign_in(client, admin)
    return client


def path(event, kind="", **more):
    query = "&".join(f"{key}={value}" for key, value in more.items())
    return f"/admin/events/{event}/format/" + (f"{kind}/" if kind else "") + (f"?{query}" if query else "")


def text_of(answer):
    return unescape(answer.get_data(as_text=True))


def hidden(page):
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.split("</form>")[1])
    return {name: unescape(value) for name, value in found if name != "csrf_token"}


def sent_again(page):
    """What the preview's first form sends."""
    form = re.search(r'<form class="inline".*?</form>', page.split('class="buttons"')[1], re.S)[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form, re.S)
    return {name: unescape(value) for name, value in found if name != "csrf_token"}


def count(app, model=Fixture):
    with app.app_context():
        return db.session.query(model).count()


def test_the_kinds_are_offered_with_what_they_take(signed_in, event):
    page = text_of(signed_in.get(path(event)))
    assert "12 teams are ready" in page
    assert "66 games if they meet once" in page
    assert "11 games to a champion" in page


@pytest.mark.parametrize(
    ("kind", "words", "games"),
    [
        ("league", "All meet all once", 66),
        ("groups", "3 groups of 4, then quarter-finals", 26),
        ("knockout", "A knockout of 12 teams, from the preliminary round on", 11),
    ],
)
def test_it_is_seen_before_it_is_made_and_made_once(app, signed_in, event, kind, words, games):
    page = text_of(signed_in.post(path(event, kind), data=FORMS[kind]))
    assert words in page
    assert f"{games} games" in page
    assert count(app) == 0
    again = sent_again(page)
    assert again["fingerprint"]
    assert signed_in.post(path(event, kind), data={**again, "make": "1"}).status_code == 302
    assert count(app) == games
    assert "have changed since" in text_of(signed_in.post(path(event, kind), data={**again, "make": "1"}))
    assert count(app) == games
    assert words in text_of(signed_in.get(path(event)))


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("teams", [2, 3, 4, 5, 6, 7, 12, 25, 50])
def test_what_is_suggested_can_be_made_as_it_is(signed_in, make_event, kind, teams):
    event = make_event(name=f"Cup of {teams}", matches=[], teams=[f"Side {number}" for number in range(teams)])
    if kind == "groups" and teams < 4:
        return
    form = text_of(signed_in.get(path(event, kind)))
    sent = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', form.split("<main")[1]))
    sent |= {name: value for value, name in re.findall(r'value="([^"]*)"[^>]* name="(\w+)"', form.split("<main")[1])}
    sent |= dict(re.findall(r'<select[^>]* name="(\w+)".*?<option selected value="(\w+)"', form, re.S))
    sent |= {"order": re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.S)[1].strip()} if kind != "league" else {}
    sent.pop("csrf_token", None)
    answer = signed_in.post(path(event, kind), data=sent)
    assert answer.status_code == 200, errors(answer)
    assert "Make it" in text_of(answer)


def test_the_preview_shows_byes_and_how_much_one_plays(signed_in, event):
    page = text_of(signed_in.post(path(event, "knockout"), data=KNOCKOUT))
    assert page.count("Straight to the next round") == 4
    assert "1 to 4 for each team" in page
    page = text_of(signed_in.post(path(event, "groups"), data=GROUPS))
    assert "3 to 6 for each team" in page
    assert "Best 3rd of" in page


def test_what_is_there_is_said_to_go(app, signed_in, event):
    first = text_of(signed_in.post(path(event, "league"), data=LEAGUE))
    signed_in.post(path(event, "league"), data={**sent_again(first), "make": "1"})
    page = text_of(signed_in.post(path(event, "knockout"), data=KNOCKOUT))
    assert "66 games go" in page
    signed_in.post(path(event, "knockout"), data={**sent_again(page), "make": "1"})
    assert count(app) == 11


def test_the_groups_of_a_draw_are_changed_by_hand(app, signed_in, event):
    drawn = text_of(signed_in.post(path(event, "groups"), data={**GROUPS, "draw": "lots"}))
    form = text_of(signed_in.post(path(event, "groups"), data={**sent_again(drawn), "hand": "1"}))
    listed = re.search(r'<textarea[^>]*name="order"[^>]*>(.*?)</textarea>', form, re.S)[1].strip()
    assert [len(group.splitlines()) for group in listed.split("\n\n")] == [4, 4, 4]
    assert re.search(r'<option selected value="listed"', form)
    uneven = "\n".join(NAMES[:5]) + "\n\n" + "\n".join(NAMES[5:])
    page = text_of(
        signed_in.post(path(event, "groups"), data={**GROUPS, "draw": "listed", "order": uneven, "best_next": "0"})
    )
    assert "1 group of 7 and 1 of 5" in page
    signed_in.post(path(event, "groups"), data={**sent_again(page), "make": "1"})
    form = text_of(signed_in.get(path(event, "groups")))
    assert uneven in form


def test_a_draw_is_drawn_again_only_when_one_asks(signed_in, event):
    data = {**GROUPS, "draw": "pots"}
    first = text_of(signed_in.post(path(event, "groups"), data=data))
    assert "Draw number 5." in first
    again = text_of(signed_in.post(path(event, "groups"), data={**sent_again(first), "redraw": "1"}))
    assert "Draw number 5." not in again
    assert sent_again(again)["draw_number"] != "5"


@pytest.mark.parametrize(
    ("kind", "typed", "field", "said"),
    [
        ("league", {"times": "0"}, "times", "from 1 to 10"),
        ("league", {"qualifiers": "13"}, "qualifiers", "a group has only 12 teams"),
        ("league", {"qualifiers": "1"}, "qualifiers", "it needs 2 to 128"),
        ("league", {"legs": "7"}, "legs", "Choose one from the list."),
        ("groups", {"groups": "7"}, "groups", "12 teams are too few for 7 groups"),
        ("groups", {"groups": "1"}, "groups", "from 2 to 64"),
        ("groups", {"best_next": "3"}, "best_next", "Fewer than there are groups"),
        ("groups", {"qualifiers": "0"}, "best_next", "Needs qualifiers of each group first"),
        ("groups", {"order": "Nobody\nTeam 01\nteam 01"}, "order", "Line 1: no team is called “Nobody”."),
        ("groups", {"order": "Team 01\nTEAM  01"}, "order", "Line 2: “Team 01” stands in line 1 as well."),
        (
            "groups",
            {"draw": "listed", "order": "Team 01\nTeam 02\n\nTeam 03\nTeam 04"},
            "order",
            "In no group yet: “Team 05”",
        ),
        (
            "groups",
            {"draw": "listed", "best_next": "0", "order": "\n".join(NAMES[:11]) + "\n\nTeam 12"},
            "groups",
            "at least two teams",
        ),
        ("knockout", {"draw": "pots"}, "draw", "Choose one from the list."),
        ("knockout", {"draw_number": "-1"}, "draw_number", "from 0 to"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(signed_in, event, kind, typed, field, said):
    answer = signed_in.post(path(event, kind), data={**FORMS[kind], **typed})
    assert answer.status_code == 422
    assert said in errors(answer)[field]
    if kind == "groups" and field != "order":
        assert re.search(r"Team 11\s+Team 12", text_of(answer))


@pytest.mark.parametrize("kind", FORMS)
def test_garbage_in_any_field_breaks_nothing(app, signed_in, event, kind):
    for field in FORMS[kind]:
        for value in GARBAGE:
            for button in ("", "make", "again", "hand", "redraw"):
                sent = {**FORMS[kind], field: value} | ({button: "1"} if button else {})
                answer = signed_in.post(path(event, kind), data=sent)
                assert answer.status_code in (200, 422), (field, value, button)
                assert "<script>alert" not in answer.get_data(as_text=True)
    assert count(app) == 0


def test_once_played_it_stays_and_says_why(app, signed_in, event):
    page = text_of(signed_in.post(path(event, "knockout"), data=KNOCKOUT))
    seen = sent_again(page)
    with app.app_context():
        found = get_event(event)
        choice = formats.FormatChoice(formats.Format(), found.teams)
        formats.make_format(found, None, choice, by=None)
        results.enter_score(found.fixtures[0], Score(1, 0), by=None)
    assert "1 game has been played or begun" in text_of(signed_in.get(path(event)))
    assert "1 game has been played or begun" in text_of(signed_in.get(path(event, "knockout")))
    answer = signed_in.post(path(event, "knockout"), data={**seen, "make": "1"})
    assert answer.status_code == 422
    assert count(app) == 66


def test_only_who_may_manage_gets_here(app, client, event):
    for page in (path(event), path(event, "league"), f"/admin/events/{event}/divisions/"):
        assert client.get(page).status_code == 302
    sign_in(client, make_user(app, "Sam", "scorer", event))
    for page in (path(event), path(event, "league"), f"/admin/events/{event}/divisions/"):
        assert client.get(page).status_code == 403
        assert client.post(page, data=LEAGUE).status_code in (403, 405)


def test_addresses_that_lead_nowhere(signed_in, event, make_event):
    assert signed_in.get(path(event, "swiss")).status_code == 404
    assert signed_in.get(path(event, division="9")).status_code == 404
    assert signed_in.get(path(event, division="x")).status_code == 404
    assert signed_in.get(path(99)).status_code == 404


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


def make(client, event, kind, **more):
    page = text_of(client.post(path(event, kind, **more), data={**FORMS[kind], "order": ""}))
    return client.post(path(event, kind, **more), data={**sent_again(page), "make": "1"})


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


def test_a_tie_that_waits_keeps_its_sides_when_its_day_changes(app, signed_in, event):
    page = text_of(signed_in.post(path(event, "groups"), data=GROUPS))
    signed_in.post(path(event, "groups"), data={**sent_again(page), "make": "1"})
    with app.app_context():
        final = db.session.query(Fixture).filter_by(code="F").one()
        number, version = final.id, final.version
    sent = {
        "home_team": "",
        "away_team": "",
        "group": "knockout",
        "round": "Final",
        "start_on": "2026-11-29",
        "clock": "",
        "pitch": "",
        "version": str(version),
    }
    answer = signed_in.post(f"/admin/events/{event}/fixtures/{number}/", data=sent)
    assert answer.status_code == 302, errors(answer)
    with app.app_context():
        final = db.session.get_one(Fixture, number)
        assert final.home_source == {"winner_of": "SF1"}
        assert final.start_on.isoformat() == "2026-11-29"
        version = final.version
    signed_in.post(
        f"/admin/events/{event}/fixtures/{number}/", data={**sent, "home_team": "1", "version": str(version)}
    )
    with app.app_context():
        final = db.session.get_one(Fixture, number)
        assert (final.home_team_id, final.home_source, final.away_source) == (1, None, {"winner_of": "SF2"})


@pytest.mark.parametrize(("entrants", "one", "many"), [("pair", "Pair", "pairs"), ("person", "Player", "players")])
def test_the_words_are_those_of_who_enters(app, client, signed_in, event, entrants, one, many):
    with app.app_context():
        db.session.get_one(Event, event).entrants = entrants
        db.session.get_one(Team, 1).members = "Ann\nBea"
        db.session.commit()
    page = text_of(client.get("/events/saturday-league/leaderboard/"))
    assert f'<th scope="col" class="team">{one}</th>' in page
    assert ("Ann, Bea" in page) == (entrants == "pair")
    page = text_of(signed_in.get(f"/admin/events/{event}/teams/"))
    assert f"12 {many}" in page
    assert "team" not in re.sub(r"<[^>]*>", "", page.split("<main")[1].replace("Team ", "")).lower()
    assert f"12 {many} are ready" in text_of(signed_in.get(path(event)))
    answer = signed_in.post(f"/admin/events/{event}/teams/", data={"names": "Team 01"})
    assert f"there is a {one.lower()} called “Team 01” already" in errors(answer)["names"]


def test_the_time_zone_of_a_pitch_keeps_the_clock_times(app, signed_in, league):
    page = f"/admin/events/{league}/pitches/"
    with app.app_context():
        pitch = db.session.query(Pitch).filter_by(event_id=league, name="Pitch 1").one().id
        game = db.session.query(Fixture).filter_by(event_id=league, pitch_id=pitch).first().id
    answer = signed_in.post(f"{page}{pitch}/", data={"name": "Pitch 1", "timezone": "Mars/Olympus"})
    assert "There is no such time zone." in errors(answer)["timezone"]
    assert signed_in.post(f"{page}{pitch}/", data={"name": "Pitch 1", "timezone": "Asia/Tokyo"}).status_code == 302
    with app.app_context():
        moved = db.session.get_one(Fixture, game)
        assert moved.start_at.isoformat() == "2026-11-28T01:00:00+00:00"  # 10:00 in Tokyo, as it was in Dublin
    assert signed_in.post(f"{page}{pitch}/", data={"name": "Pitch 1", "timezone": ""}).status_code == 302
    with app.app_context():
        assert db.session.get_one(Fixture, game).start_at.isoformat() == "2026-11-28T10:00:00+00:00"


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


def test_the_games_for_places_are_seen_before_they_are_made(signed_in, app, event):
    chosen = GROUPS | {"best_next": "0", "all_places": "y"}
    page = text_of(signed_in.post(path(event, "groups"), data=chosen))
    rounds = re.findall(r"<h2>([^<]+)</h2>\s*<div class=\"card-flush\">(.*?)</ul>", unwrapped(page), re.S)
    seen = {name: re.sub(r"<[^>]+>|\s+", " ", games).split() for name, games in rounds}
    assert " ".join(seen["Places 7–9"]).startswith("P7-9-1 B3 – C3")
    assert " ".join(seen["Places 10–12"]).startswith("P10-12-1 B4 – C4")
    # Who has a bye is said in its own round, and only there.
    assert " ".join(seen["Quarter-finals"]).endswith("Straight to the next round A1 Straight to the next round B1")
    assert " ".join(seen["Places 7–9"]).endswith("Straight to the next round A3")
    assert count(app) == 0
