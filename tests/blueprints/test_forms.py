"""The organiser's forms: what is typed arrives; garbage is refused in words, is kept, and breaks nothing."""

import re
from html import unescape

import pytest

from tests.conftest import sign_in
from timely.extensions import db
from timely.models import Announcement, Event, Fixture, Team
from timely.services import fixtures

GARBAGE = [
    "\0",
    "a\x1b[31mb",
    "x" * 5000,
    "💥" * 200,
    "\u202eevil\u202c",
    "<script>alert(1)</script>",
    "1e9",
    "-1",
    "1_000",
    "٣",
    "9" * 400,
    "0000-00-00",
    "2026-02-30",
    "99999-01-01",
    "25:61",
    "Mars/Olympus",
    "{{ 7*7 }}",
    "' OR 1=1 --",
]

EVENT = {
    "name": "Saturday Cup",
    "sport": "football",
    "timezone": "Europe/Dublin",
    "rulebook": "",
    "counts_from": "PENDING",
    "visibility": "public",
    "starts_on": "2026-11-28",
}
FIXTURE = {"home_team": "1", "away_team": "2", "group": "", "start_on": "2026-11-28", "clock": "14:30", "pitch": ""}
ROBIN = {
    "group": "all",
    "times": "1",
    "start_on": "2026-11-28",
    "clock": "10:00",
    "game_minutes": "20",
    "between_minutes": "5",
}
NOTE = {"title": "Lunch", "message": "is ready", "type": "info", "priority": "normal"}
FORMS = {
    "/admin/events/new/": EVENT,
    "/admin/events/1/": {**EVENT, "version": "1"},
    "/admin/events/1/teams/": {"names": "Elm"},
    "/admin/events/1/pitches/": {"names": "Pitch 3"},
    "/admin/events/1/pitches/1/": {"name": "Pitch A", "timezone": "Europe/Vienna"},
    "/admin/events/1/divisions/": {"names": "U10"},
    "/admin/events/1/deductions/": {"team": "1", "points": "3", "reason": "wrong player"},
    "/admin/events/1/fixtures/new/": FIXTURE,
    "/admin/events/1/fixtures/1/": {**FIXTURE, "version": "1"},
    "/admin/events/1/fixtures/round-robin/": ROBIN,
    "/admin/events/1/announcements/new/": NOTE,
    "/admin/people/new/": {"name": "Sam", "password": "long enough", "role": "scorer", "place": "1.2"},
}


@pytest.fixture
def signed_in(client, admin, league):
    sign_in(client, admin)
    return client


def errors(answer):
    """{field: what is said beside it}."""
    page = answer.get_data(as_text=True)
    return {
        name: unescape(text) for name, text in re.findall(r'class="field-error" id="([\w-]+)-error">(.*?)</p>', page)
    }


def version_of(client, path):
    """The version that the page at *path* was drawn with."""
    return re.search(r'name="version" value="(\d+)"', client.get(path).get_data(as_text=True))[1]


@pytest.mark.parametrize("path", FORMS)
def test_a_good_form_is_taken(signed_in, path):
    sent = FORMS[path]
    if "version" in sent:
        sent = {**sent, "version": version_of(signed_in, path)}
    answer = signed_in.post(path, data=sent)
    assert answer.status_code == (200 if "round-robin" in path else 302), errors(answer)


@pytest.mark.parametrize("path", FORMS)
def test_garbage_in_any_field_breaks_nothing(app, signed_in, path):
    for field in FORMS[path]:
        for value in GARBAGE:
            answer = signed_in.post(path, data={**FORMS[path], field: value})
            assert answer.status_code in (200, 302, 409, 422), (field, value)
            if answer.status_code == 422:
                assert errors(answer), (field, value)
            assert "<script>alert" not in answer.get_data(as_text=True)
    for page in (f"/admin/events/{n}/fixtures/" for n in (1, 2)):
        assert signed_in.get(page).status_code in (200, 404)
    assert signed_in.get("/").status_code == 200


@pytest.mark.parametrize("path", FORMS)
def test_an_empty_form_says_what_is_missing(signed_in, path):
    answer = signed_in.post(path, data={**dict.fromkeys(FORMS[path], ""), "version": "1"})
    assert answer.status_code == 422
    assert errors(answer)


@pytest.mark.parametrize(
    ("path", "typed", "field", "said"),
    [
        ("/admin/events/new/", {"name": "\u200b\u200d"}, "name", "Give the event a name."),
        ("/admin/events/new/", {"name": "x" * 121}, "name", "This is too long: 121 characters, at most 120."),
        ("/admin/events/new/", {"starts_on": "2026-02-30"}, "starts_on", "There is no such day."),
        ("/admin/events/new/", {"starts_on": "1066-10-14"}, "starts_on", "Choose a day from 1900 to 2199."),
        ("/admin/events/new/", {"ends_on": "2026-11-27"}, "ends_on", "The last day is before the first."),
        ("/admin/events/new/", {"timezone": "Mars"}, "timezone", "There is no such time zone."),
        ("/admin/events/new/", {"accent": "sort of red"}, "accent", "Write a colour like #d62828"),
        ("/admin/events/new/", {"accent": "white"}, "accent", "#f8f9fa can hardly be seen on white pages."),
        ("/admin/events/new/", {"sport": "curling"}, "sport", "Choose one from the list."),
        ("/admin/events/new/", {"sport": "volleyball", "rulebook": "fifa-2022"}, "rulebook", "does not fit volleyball"),
        ("/admin/events/1/fixtures/new/", {"away_team": "1"}, "away_team", "cannot play against itself"),
        ("/admin/events/1/fixtures/new/", {"home_team": ""}, "home_team", "Choose a team."),
        ("/admin/events/1/fixtures/new/", {"home_team": "999"}, "home_team", "Choose one from the list."),
        ("/admin/events/1/fixtures/new/", {"clock": "24:00"}, "clock", "There is no such time."),
        (
            "/admin/events/1/fixtures/new/",
            {"start_on": "2027-03-28", "clock": "01:30"},
            "clock",
            "There is no 01:30 on that day: the clocks are put forward to 02:30.",
        ),
        ("/admin/events/1/fixtures/round-robin/", {"game_minutes": "1e1"}, "game_minutes", "from 1 to 1440"),
        ("/admin/events/1/fixtures/round-robin/", {"between_minutes": " "}, "between_minutes", "from 0 to 1440"),
        ("/admin/events/1/announcements/new/", {"expires_on": "2026-11-28"}, "expires_at", "A day needs its time."),
        (
            "/admin/events/1/announcements/new/",
            {"expires_on": "2020-01-01", "expires_at": "10:00"},
            "expires_at",
            "before anybody could read it",
        ),
        ("/admin/events/1/deductions/", {"points": "0"}, "points", "From 1 to 999 points"),
        ("/admin/events/1/deductions/", {"reason": " "}, "reason", "Say why."),
        ("/admin/people/new/", {"password": "short"}, "password", "at least 8 characters"),
        ("/admin/people/new/", {"name": "ADA"}, "name", "There is a “Ada” already."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(signed_in, path, typed, field, said):
    sent = {**FORMS[path], **typed}
    answer = signed_in.post(path, data=sent)
    assert answer.status_code == 422
    assert said in errors(answer)[field]
    for name in ("name", "title", "reason", "round"):
        if sent.get(name) and name != field:
            assert f'value="{sent[name]}"' in answer.get_data(as_text=True)


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
