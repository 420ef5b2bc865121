"""The doors of the timetable: what it is laid out by, the plan, locks, a pitch that runs late, a change by hand."""

import re

import pytest

from tests.conftest import get_event, make_user, sign_in
from tests.forty import forty
from timely.blueprints.timetable import plans
from timely.extensions import db
from timely.models import Fixture
from timely.queries.event_files import event_file_text
from timely.services import scheduler_jobs

FORM = {
    "day_count": "2",
    "day_0": "2026-11-28",
    "hours_0": "09:00–18:00",
    "day_1": "2026-11-29",
    "hours_1": "9-14",
    "game_minutes": "20",
    "changeover_minutes": "5",
    "rest_minutes": "20",
    "step_minutes": "5",
}
HERE = "/admin/events/1/timetable/"


@pytest.fixture(name="organiser")
def organiser_fixture(app, client, make_event):
    """Signed in as the organiser of a cup of forty teams; waits for each plan, however long it takes here."""
    sign_in(client, make_user(app, "Olga", "organiser", make_event(**forty())))
    return client


@pytest.fixture
def patient(monkeypatch):
    monkeypatch.setattr(plans, "PATIENCE_SECONDS", 60)


def page(client, path=HERE, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def fingerprint(text):
    return re.search(r'name="fingerprint"[^>]* value="([^"]+)"', text)[1]


def undo_of(text):
    return re.search(r'action="([^"]+/undo/)"', text)[1]


def lay_out(client):
    text = page(client, f"{HERE}plan/")
    return client.post(f"{HERE}plan/", data={"fingerprint": fingerprint(text)})


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_forty_teams_from_the_form_to_the_public_page(app, organiser, patient):
    answer = organiser.post(HERE, data={**FORM, "lay_out": "1"})
    assert answer.location.endswith(f"{HERE}plan/")
    text = page(organiser, answer.location)
    assert "All 96 games have a place" in text
    assert "Nothing is saved yet" in text
    assert text.count('class="grid-game') == 96
    with app.app_context():
        assert not any(fixture.start_at for fixture in get_event(1).fixtures)
    answer = lay_out(organiser)
    assert answer.location.endswith(f"{HERE}#games")
    saved = page(organiser)
    assert "The timetable is saved: 96 games moved." in saved
    assert "What it breaks now" not in saved
    assert "The timetable was laid out" in saved
    again = page(organiser, f"{HERE}plan/")
    assert "It is the timetable that there is already" in words(again)
    assert "Save this timetable" not in again
    public = words(organiser.get("/events/autumn-cup/schedule/").get_data(as_text=True))
    assert public.count("Pitch 1") >= 10
    assert "Winner SF1" in public
    assert "09:00 Pitch 1" in public


def test_it_is_undone_from_the_page(app, organiser, patient):
    with app.app_context():
        before = event_file_text(get_event(1))
    lay_out(organiser)
    organiser.post(undo_of(page(organiser)))
    with app.app_context():
        assert event_file_text(get_event(1)) == before
    assert "The timetable was laid out" not in page(organiser)


def test_a_plan_in_the_making_shows_how_far_it_is(app, organiser, monkeypatch):
    monkeypatch.setattr(plans, "PATIENCE_SECONDS", 0)
    waiting = []
    monkeypatch.setattr(
        scheduler_jobs.socketio, "start_background_task", lambda run, *args: waiting.append((run, args))
    )
    text = page(organiser, f"{HERE}plan/")
    assert '<meta http-equiv="refresh" content="1">' in text
    assert "The timetable is being laid out" in text
    assert "96 games on 6 pitches" in text
    progress = f"{HERE}plan/progress/"
    assert organiser.get(progress).json == {"percent": 0, "is_over": False}
    job = app.extensions["timely.layout_jobs"]._jobs[1]
    job.part = 0.425
    assert organiser.get(progress).json == {"percent": 42, "is_over": False}
    assert "42 %" in page(organiser, f"{HERE}plan/")
    ((run, args),) = waiting  # however often it is asked for, it is laid out once
    run(*args)
    assert organiser.get(progress).json["is_over"]
    assert "All 96 games have a place" in page(organiser, f"{HERE}plan/")


def test_a_plan_of_other_games_is_given_up(app, organiser, monkeypatch):
    monkeypatch.setattr(plans, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(scheduler_jobs.socketio, "start_background_task", lambda *args: None)
    page(organiser, f"{HERE}plan/")
    jobs = app.extensions["timely.layout_jobs"]
    old = jobs._jobs[1]
    with app.app_context():
        get_event(1).fixtures[0].locked = True
        db.session.commit()
    page(organiser, f"{HERE}plan/")
    assert jobs._jobs[1] is not old
    old.run(lambda work, *args: work(*args))
    assert (old.layout, old.fault, old.is_over) == (None, "", True)


def test_a_plan_pressed_late_is_shown_anew(app, organiser, patient):
    seen = fingerprint(page(organiser, f"{HERE}plan/"))
    with app.app_context():
        get_event(1).pitches[0].name = "Court 1"
        db.session.commit()
    answer = organiser.post(f"{HERE}plan/", data={"fingerprint": seen}, follow_redirects=True)
    text = answer.get_data(as_text=True)
    assert "It is laid out anew" in text
    assert "Court 1" in text
    with app.app_context():
        assert not any(fixture.start_at for fixture in get_event(1).fixtures)


def test_where_it_cannot_it_says_why_and_saves_what_there_is(app, organiser, patient):
    short = {**FORM, "hours_0": "09:00-12:00", "day_count": "1", "lay_out": "1"}
    text = words(page(organiser, organiser.post(HERE, data=short).location))
    assert re.search(r"\d+ of 96 games have a place", text)
    assert "need 39 h" in text
    assert "add a pitch, lengthen the day or shorten the games" in text
    assert "Without a place" in text
    lay_out(organiser)
    assert re.search(r"moved, \d+ without a time", words(page(organiser)))


def test_locked_games_are_marked_and_stay(app, organiser, patient):
    lay_out(organiser)
    answer = organiser.post(f"{HERE}locks/", data={"shown": ["1", "2"], "locked": ["1", "x"]}, follow_redirects=True)
    assert "1 lock is changed" in answer.get_data(as_text=True)
    with app.app_context():
        fixture = db.session.get_one(Fixture, 1)
        assert fixture.locked
        place = (fixture.start_at, fixture.pitch_id)
    organiser.post(HERE, data={**FORM, "game_minutes": "30", "hours_0": "08:00-22:00", "keep": "1"})
    assert "1 stays, locked or begun" in words(page(organiser, f"{HERE}plan/"))
    lay_out(organiser)
    with app.app_context():
        fixture = db.session.get_one(Fixture, 1)
        assert (fixture.start_at, fixture.pitch_id) == place


def test_an_event_without_games_or_pitches_says_what_to_do_first(app, client, make_event):
    sign_in(client, make_user(app, "Ada", "administrator"))
    make_event(matches=[], pitches=[])
    assert "No games yet" in page(client)
    make_event(name="Other", pitches=[], matches=[{"home": "Ash", "away": "Birch"}])
    assert "Name the pitches" in page(client, "/admin/events/2/timetable/")
    assert client.get("/admin/events/2/timetable/plan/").location.endswith("/admin/events/2/timetable/")
    assert "Nothing to move" in page(client, "/admin/events/2/late/")


@pytest.mark.parametrize("path", ["timetable/", "timetable/plan/", "timetable/plan/progress/", "late/"])
def test_only_who_manages_the_event_gets_in(app, client, make_event, path):
    make_event(**forty())
    assert "/login" in client.get(f"/admin/events/1/{path}").location
    other = make_event(name="Other")
    sign_in(client, make_user(app, "Oscar", "organiser", other))
    assert client.get(f"/admin/events/1/{path}").status_code == 403
    assert client.get(f"/admin/events/99/{path}").status_code == 404
    for action in ("timetable/locks/", "late/", "timetable/", "timetable/plan/"):
        assert client.post(f"/admin/events/1/{action}").status_code == 403


# A pitch that runs late.


# A change by hand.
