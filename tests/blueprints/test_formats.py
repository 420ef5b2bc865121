"""The pages of a format: chosen, looked at, made; and those of divisions and of who enters."""

import re
from html import unescape

import pytest

from tests.blueprints.test_forms import errors
from tests.conftest import sign_in, unwrapped
from timely.extensions import db
from timely.models import Event, Fixture, Pitch, Team

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


@pytest.fixture(name="event")
def event_fixture(make_event):
    return make_event(matches=[], teams=NAMES)


@pytest.fixture(name="signed_in")
def signed_in_fixture(client, admin, event):
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


def make(client, event, kind, **more):
    page = text_of(client.post(path(event, kind, **more), data={**FORMS[kind], "order": ""}))
    return client.post(path(event, kind, **more), data={**sent_again(page), "make": "1"})


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
