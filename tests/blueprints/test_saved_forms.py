"""Single forms of the organiser: links, lists, files and passwords, as they are saved."""

import re
from html import unescape

import pytest

from tests.blueprints.test_forms import (
    EVENT,
    FIXTURE,
    NOTE,
    ROBIN,
    errors,
    signed_in_fixture,  # noqa: F401  (used by name)
    version_of,
)
from tests.conftest import sign_in
from timely.extensions import db
from timely.models import Announcement, Event, Fixture, Team
from timely.services import fixtures


def test_a_private_event_shows_its_link_with_the_key(app, signed_in):
    path = "/admin/events/1/"
    private = {**EVENT, "visibility": "private", "version": version_of(signed_in, path)}
    assert signed_in.post(path, data=private).status_code == 302
    with app.app_context():
        key = db.session.get_one(Event, 1).access_key
    assert f"?key={key}" in signed_in.get("/admin/events/1/").get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "form", "changed"),
    [
        ("/admin/events/1/", EVENT, {"place": "The <park>"}),
        ("/admin/events/1/fixtures/1/", FIXTURE, {"round": "The <first>"}),
        ("/admin/events/1/announcements/1/", NOTE, {"message": "is <late>\nand cold"}),
    ],
)
def test_two_saves_meet_on_a_page_and_mine_may_win(app, signed_in, path, form, changed):
    with app.app_context():
        db.session.add(Announcement(title="Lunch", event_id=1))
        db.session.commit()
    first = {"/admin/events/1/": {"place": "Their hall"}}.get(path, {"title": "Theirs", "round": "Theirs"})
    seen = version_of(signed_in, path)
    assert signed_in.post(path, data={**form, **first, "version": seen}).status_code == 302
    answer = signed_in.post(path, data={**form, **changed, "version": seen})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Their" in page
    assert "&lt;" in page
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    again = {name: unescape(value) for name, value in hidden if name != "csrf_token"}
    assert int(again["version"]) == int(seen) + 1
    assert signed_in.post(path, data=again).status_code == 302
    value = next(iter(changed.values()))
    assert value in unescape(signed_in.get(path).get_data(as_text=True))


def test_an_announcement_saved_as_it_is_keeps_its_second(app, signed_in):
    signed_in.post("/admin/events/1/announcements/new/", data=NOTE)
    with app.app_context():
        before = db.session.query(Announcement).one().publish_at
    page = signed_in.get("/admin/events/1/announcements/1/").get_data(as_text=True)
    fields = dict(re.findall(r'name="(publish_\w+|version)" (?:type="\w+" )?value="([^"]*)"', page))
    fields |= dict(re.findall(r'id="(publish_\w+)"[^>]*value="([^"]*)"', page))
    assert {"publish_on", "publish_clock", "version"} <= fields.keys()
    signed_in.post("/admin/events/1/announcements/1/", data={**NOTE, **fields, "title": "Supper"})
    with app.app_context():
        one = db.session.query(Announcement).one()
        assert (one.title, one.publish_at) == ("Supper", before)


def test_a_round_robin_is_seen_before_it_is_made(app, signed_in, make_event):
    event = make_event(name="Fives", matches=[], teams=["Ash", "Birch", "Cedar", "Dog", "Elm"])
    path = f"/admin/events/{event}/fixtures/round-robin/"
    page = signed_in.post(path, data={**ROBIN, "pitches": []}).get_data(as_text=True)
    assert "10 games in 5 rounds" in page
    assert sorted(re.findall(r"Bye: (\w+)", page)) == ["Ash", "Birch", "Cedar", "Dog", "Elm"]

    def games():
        with app.app_context():
            return db.session.query(Fixture).filter_by(event_id=event).count()

    assert games() == 0
    fingerprint = re.search(r'name="fingerprint" value="(\w+)"', page)[1]
    made = {**ROBIN, "fingerprint": fingerprint, "make": "1"}
    assert signed_in.post(path, data=made).status_code == 302
    assert games() == 10
    assert "these come on top" in signed_in.post(path, data=made).get_data(as_text=True)  # pressed twice
    assert games() == 10


def test_one_may_go_back_from_the_preview_and_finds_what_was_typed(signed_in):
    page = signed_in.post("/admin/events/1/fixtures/round-robin/", data={**ROBIN, "game_minutes": "33", "again": "1"})
    assert 'value="33"' in page.get_data(as_text=True)


def test_names_and_colours_are_saved_where_they_were_touched(app, signed_in):
    page = signed_in.get("/admin/events/1/teams/").get_data(as_text=True)
    fields = {}
    for name, value in re.findall(r'name="(team-\d+-\w+)"[^>]*? value="([^"]*)"', page):
        fields[name] = unescape(value)
    assert len(fields) == 12
    with app.app_context():
        db.session.get_one(Team, 2).name = "Beech"  # by somebody else, after the page was drawn
        db.session.commit()
    fields |= {"team-1-name": "Ashford", "team-1-colour": "navy"}
    assert signed_in.post("/admin/events/1/teams/change/", data=fields).status_code == 302
    with app.app_context():
        teams = [(team.name, team.colour) for team in db.session.get_one(Event, 1).teams]
    assert teams == [("Ashford", "#1d3557"), ("Beech", ""), ("Cedar", ""), ("Dogwood", "")]


def test_a_line_that_is_wrong_is_marked_and_nothing_is_saved(app, signed_in):
    sent = {"team-1-name": "Cedar", "team-1-colour": "", "team-2-name": "Beech", "team-2-colour": "nonsense"}
    answer = signed_in.post("/admin/events/1/teams/change/", data=sent)
    assert answer.status_code == 422
    assert "Write a colour like" in answer.get_data(as_text=True)
    answer = signed_in.post("/admin/events/1/teams/change/", data={**sent, "team-2-colour": ""})
    assert "Another team is called “Cedar”." in answer.get_data(as_text=True)
    assert 'value="Beech"' in answer.get_data(as_text=True)
    with app.app_context():
        assert [team.name for team in db.session.get_one(Event, 1).teams] == ["Ash", "Birch", "Cedar", "Dogwood"]


def test_groups_are_dealt_out_and_saved(app, signed_in, make_event):
    event = make_event(name="Eight", matches=[], teams=[*"ABCDEFGH"])
    path = f"/admin/events/{event}/teams/groups/"
    page = signed_in.get(path + "?count=2").get_data(as_text=True)
    snake_groups = re.findall(r'name="(group-\d+)">.*?value="(\w)" selected', page)
    assert [letter for _, letter in snake_groups] == [*"ABBAABBA"]
    assert signed_in.post(path, data=dict(snake_groups)).status_code == 302
    answer = signed_in.post(path, data={**dict(snake_groups), snake_groups[0][0]: ""})
    assert "A is in no group yet." in answer.get_data(as_text=True)
    assert signed_in.post(path, data={**dict(snake_groups), snake_groups[0][0]: "Nonsense"}).status_code == 422
    for count in ("0", "-1", "999", "٣", "x"):
        assert signed_in.get(path, query_string={"count": count}).status_code == 200


def test_an_event_file_goes_out_and_comes_back(app, signed_in, tmp_path):
    answer = signed_in.get("/admin/events/1/export/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="saturday-league.json"'
    file = tmp_path / "event.json"
    file.write_bytes(answer.data.replace(b'"name"', b'"mascot": "an owl", "name"', 1))
    with file.open("rb") as stream:
        taken = signed_in.post("/admin/events/import/", data={"file": (stream, "event.json")}, follow_redirects=True)
    assert "mascot" in taken.get_data(as_text=True)
    with app.app_context():
        assert [event.slug for event in db.session.query(Event)] == ["saturday-league", "saturday-league-2"]
    broken = tmp_path / "broken.json"
    broken.write_text('{"name": "x",\n"sport": }')
    with broken.open("rb") as stream:
        refused = signed_in.post("/admin/events/import/", data={"file": (stream, "broken.json")})
    assert refused.status_code == 422
    assert errors(refused)["file"].startswith("Line 2: is not JSON")
    assert signed_in.post("/admin/events/import/", data={}).status_code == 422


def test_a_token_is_shown_once(signed_in, admin):
    answer = signed_in.post(f"/admin/people/{admin}/tokens/")
    token = re.search(r'id="token"[^>]* value="([\w-]{43})"', answer.get_data(as_text=True))[1]
    assert answer.headers["Cache-Control"] == "no-store"
    assert token not in signed_in.get(f"/admin/people/{admin}/").get_data(as_text=True)


def test_a_new_password_of_ones_own_does_not_sign_one_out_here(app, signed_in, admin):
    other = app.test_client()
    sign_in(other, admin)
    assert signed_in.post(f"/admin/people/{admin}/password/", data={"password": "another one"}).status_code == 302
    assert signed_in.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302


def test_the_page_of_the_day_says_what_is_next(app, signed_in, make_event):
    make_event(name="Empty", teams=[], matches=[], pitches=[], status="DRAFT")
    make_event(name="Teams only", matches=[], status="DRAFT")
    page = signed_in.get("/admin/").get_data(as_text=True)
    assert "Paste the teams" in page
    assert "Choose the format" in page
    signed_in.post("/admin/events/1/status/", data={"status": "LIVE"})
    signed_in.post("/admin/events/1/fixtures/1/start/")
    page = signed_in.get("/admin/").get_data(as_text=True)
    assert "On now" in page
    assert 'value="http://' in page


@pytest.mark.parametrize("action", ["start", "postpone", "cancel", "abandon"])
def test_a_game_is_called_off_and_put_back(app, signed_in, action):
    signed_in.post(f"/admin/events/1/fixtures/1/{action}/", data={"sure": "y"})
    with app.app_context():
        assert db.session.get_one(Fixture, 1).status != "SCHEDULED"
    signed_in.post("/admin/events/1/fixtures/1/restore/")
    with app.app_context():
        assert db.session.get_one(Fixture, 1).status == "SCHEDULED"
    assert signed_in.post("/admin/events/1/fixtures/1/explode/").status_code == 404


def test_a_game_deleted_while_it_was_saved_is_not_found(app, signed_in, monkeypatch):
    change = fixtures.change_fixture

    def delete_first(game, *more, **named):
        with app.app_context():
            fixtures.delete_fixture(db.session.get_one(Fixture, game.id), by=None)
        change(game, *more, **named)

    monkeypatch.setattr(fixtures, "change_fixture", delete_first)
    path = "/admin/events/1/fixtures/1/"
    assert signed_in.post(path, data={**FIXTURE, "version": "1"}).status_code == 404
