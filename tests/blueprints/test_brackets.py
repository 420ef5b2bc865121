"""The bracket's tab, the display's, the API's and what the live message tells of it."""

import re

import pytest
from sqlalchemy import select

from tests.conftest import get_event, make_user, sign_in
from tests.cups import cup_file
from timely.extensions import db
from timely.live import messages
from timely.models import Event, Fixture
from timely.services import results
from timely.services.freeze import freeze
from timely.services.results import Score


@pytest.fixture
def cup(make_event):
    return make_event(**cup_file(8))


def page_of(client, slug, part="bracket/"):
    answer = client.get(f"/events/{slug}/{part}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_tab_is_there_only_where_there_is_a_knockout(client, make_event, cup):
    make_event()
    assert 'href="/events/cup-of-8/bracket/"' in page_of(client, "cup-of-8", "schedule/")
    assert "/bracket/" not in page_of(client, "saturday-league", "schedule/")
    # Its address answers all the same, and says what is missing.
    assert "No bracket yet" in page_of(client, "saturday-league")


def test_the_page_has_the_drawing_the_list_and_the_sheet_of_paper(client, cup):
    page = page_of(client, "cup-of-8")
    first = re.search(r'data-tie="(\d+)"', page)
    assert first
    # Each of them shows the tie.
    assert page.count(f'data-tie="{first[1]}"') == 3
    assert page.count('<svg class="bracket ') == 2
    assert "Winner QF1" in page
    assert " style=" not in page
    assert 'aria-current="page">Bracket' in page


def test_long_names_are_cut_but_their_title_has_the_whole(client, make_event):
    long = "Hawthorn Athletic Football Club of 1887 and of the Old Boys by the Water"
    file = cup_file(4)
    names = {"T1": long}
    for match in file["matches"]:
        match |= {key: names.get(match[key], match[key]) for key in ("home", "away") if key in match}
    make_event(**file | {"teams": [long, "T2", "T3", "T4"]})
    page = page_of(client, "cup-of-4")
    assert re.search(rf"<title[^>]*>{long}</title>", page)
    assert re.search(r"<text[^>]*>Hawthorn Athletic[^<]+…</text>", page)
    assert not re.search(rf"<text[^>]*>{long}</text>", page)


def test_ties_that_wait_for_each_other_are_drawn_as_they_can_be(client, app, cup):
    with app.app_context():  # as an earlier version took them in
        for code, of in (("SF1", "SF2"), ("SF2", "F")):
            fixture = db.session.scalars(select(Fixture).where(Fixture.code == code)).one()
            fixture.home_source = {"winner_of": of}
            db.session.commit()
    assert "QF1" in page_of(client, "cup-of-8")
    ((codes),) = [
        [tie["code"] for one in division["rounds"] for tie in one["ties"]]
        for division in client.get(f"/api/events/{cup}/bracket/").json["divisions"]
    ]
    assert {"SF1", "SF2", "F", "QF4"} <= set(codes)
    with app.app_context():  # and its results are entered as before
        first = db.session.scalars(select(Fixture).where(Fixture.code == "QF1")).one()
        results.enter_score(first, Score(2, 1), by=None)


def test_byes_are_named(client, make_event):
    make_event(**cup_file(6))
    page = page_of(client, "cup-of-6")
    assert re.search(r'class="bracket-bye">Bye: .*T1.*T2', page)
    assert ">bye</text>" in page


def test_names_are_escaped(client, make_event):
    file = cup_file(2)
    file["matches"][0]["home"] = "<b>&"
    make_event(**file | {"teams": ["<b>&", "T2"]})
    page = page_of(client, "cup-of-2")
    assert "&lt;b&gt;&amp;" in page
    assert "<b>&<" not in page


def test_drafts_and_private_events_are_as_hidden_as_the_other_tabs(client, app, cup):
    with app.app_context():
        event = db.session.get_one(Event, cup)
        event.visibility, event.access_key = "private", "open-sesame"
        db.session.commit()
    for address in ("/events/cup-of-8/bracket/", f"/api/events/{cup}/bracket/"):
        assert client.get(address).status_code == 404
        assert client.get(f"{address}?key=open-sesame").status_code == 200
    with app.app_context():
        db.session.get_one(Event, cup).status = "DRAFT"
        db.session.commit()
    assert client.get("/events/cup-of-8/bracket/?key=open-sesame").status_code == 404
    sign_in(client, make_user(app, "Olga", "organiser", cup))
    assert client.get("/events/cup-of-8/bracket/").status_code == 200


def test_each_division_has_a_bracket(client, make_event):
    one, other = cup_file(4), cup_file(4)
    matches = []
    for division, file in (("U10", one), ("U12", other)):
        for match in file["matches"]:
            teams = {key: f"{division} {match[key]}" for key in ("home", "away") if key in match}
            matches.append(match | teams | {"division": division})
    teams = [{"name": f"{d} T{n}", "division": d} for d in ("U10", "U12") for n in (1, 2, 3, 4)]
    id_ = make_event(**one | {"name": "Two", "divisions": ["U10", "U12"], "teams": teams, "matches": matches})
    page = page_of(client, "two")
    assert re.findall(r'class="section-title"><bdi>(\w+)</bdi>', page) == ["U10", "U12"]
    assert page.count('class="bracket is-on-page"') == 2
    assert len(set(re.findall(r' id="([\w-]+)"', page))) == len(re.findall(r' id="([\w-]+)"', page))
    divisions = client.get(f"/api/events/{id_}/bracket/").json["divisions"]
    chosen = divisions[1]["rounds"][0]["ties"][0]["division_id"]
    only = page_of(client, "two", f"bracket/?division={chosen}")
    assert re.findall(r'class="section-title"><bdi>(\w+)</bdi>', only) == ["U12"]
    others = [tie["id"] for one in divisions[0]["rounds"] for tie in one["ties"]]
    # The script does not take them for ties that the page has missed.
    assert re.findall(r'data-bracket="(\[[\d, ]+\])"', only) == [str(others)]
    assert [one["name"] for one in divisions] == ["U10", "U12"]
    assert divisions[1]["rounds"][0]["ties"][0]["division"] == "U12"
    display = client.get("/display/two/").get_data(as_text=True)
    assert re.findall(r'data-knockout data-title="([^"]+)"', display) == ["U10 · Knockout", "U12 · Knockout"]


def test_the_api_has_it_by_round_with_the_version_of_the_schedule(client, cup):
    answer = client.get(f"/api/events/{cup}/bracket/")
    (whole,) = answer.json["divisions"]
    assert [(one["name"], len(one["ties"])) for one in whole["rounds"]] == [
        ("Quarter-finals", 4),
        ("Semi-finals", 2),
        ("3rd place", 1),
        ("Final", 1),
    ]
    assert answer.json["version"] == client.get(f"/api/events/{cup}/schedule/").json["version"]
    assert client.get("/api/events/999/bracket/").status_code == 404
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(f"/api/events/{cup}/bracket/", headers=tag).status_code == 304


@pytest.mark.parametrize(
    ("size", "kinds"), [(4, [""]), (16, [""]), (32, ["part", "part", "last"]), (64, ["part"] * 4 + ["last"])]
)
def test_the_display_shows_it_whole_or_in_parts(client, make_event, size, kinds):
    make_event(**cup_file(size))
    page = client.get(f"/display/cup-of-{size}/").get_data(as_text=True)
    assert re.findall(r'data-knockout(?:="(\w+)")? data-title', page) == kinds
    assert 'data-bracket="[]"' in page


def test_a_result_tells_the_ties_that_it_changes(app, cup):
    with app.app_context():
        event = get_event(cup)
        game = next(one for one in event.fixtures if one.code == "QF1")
        topic = f"event_{cup}_schedule"
        snapshot = messages.build(topic, 0)
        results.enter_score(game, Score(1, 0), by=None)
        shown = messages.build(topic, snapshot["version"])
        assert {tie["code"] for tie in snapshot["data"]["ties"]} == {one.code for one in event.fixtures}
        ties = {tie["code"]: tie for tie in shown["data"]["ties"]}
        assert set(ties) == {"QF1", "SF1"}
        assert ties["QF1"]["winner_side"] == "home"
        assert ties["SF1"]["home"]["name"] == ties["QF1"]["home"]["name"]


def test_what_is_held_back_is_told_nowhere(client, app, cup):
    with app.app_context():
        event = get_event(cup)
        topic = f"event_{cup}_schedule"
        freeze(event, by=None)
        version = messages.build(topic, 0)["version"]
        results.enter_score(db.session.query(Fixture).filter_by(code="QF1").one(), Score(7, 0), by=None)
        texts = [messages.build(topic, since)["data"]["ties"] for since in (0, version)]
        assert all(tie["winner_id"] is None and tie["home"]["score"] is None for ties in texts for tie in ties)
    (whole,) = client.get(f"/api/events/{cup}/bracket/").json["divisions"]
    assert all(not tie["winner_side"] for one in whole["rounds"] for tie in one["ties"])
    for address in ("/events/cup-of-8/bracket/", "/display/cup-of-8/"):
        page = client.get(address).get_data(as_text=True)
        assert not re.search(r'data-field="home.score"[^>]*>7<', page)
