"""The doors of the timetable: what it is laid out by, the plan, locks, a pitch that runs late, a change by hand."""

import re
from datetime import UTC, datetime

import pytest

from tests.conftest import get_event, make_user, sign_in
from tests.forty import SETTINGS, forty
from timely.blueprints.timetable import plans
from timely.extensions import db
from timely.models import Event, Fixture
from timely.queries.event_files import event_file_text
from timely.queries.timetables import timetable
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


@pytest.fixture
def organiser(app, client, make_event):
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


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("day_0", "28.11.2026", "There is no such day"),
        ("day_0", "", "Which day is that?"),
        ("day_1", "2026-11-28", "This day stands here twice"),
        ("hours_0", "all day", "cannot be read"),
        ("hours_0", "", "From when to when?"),
        ("hours_0", "18:00-09:00", "ends before it begins"),
        ("pitch_0_1", "never", "cannot be read"),
        ("game_minutes", "0", "whole number from 1"),
        ("game_minutes", "", "whole number from 1"),
        ("changeover_minutes", "-1", "whole number from 0"),
        ("rest_minutes", "１０", "whole number from 0"),
        ("step_minutes", "7", "Choose one from the list"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_stays(app, organiser, field, typed, said):
    answer = organiser.post(HERE, data={**FORM, field: typed, "lay_out": "1"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    beside = re.search(rf'id="{field}-error">([^<]*)<', text)
    assert beside, field
    assert said in beside[1]
    assert not typed or field == "step_minutes" or f'value="{typed}"' in text
    with app.app_context():
        assert get_event(1).timetable == SETTINGS


def test_no_day_at_all_is_asked_for(organiser):
    answer = organiser.post(HERE, data={**FORM, "day_0": "", "hours_0": "", "day_count": "1", "lay_out": "1"})
    assert answer.status_code == 422
    assert "Say at least one day" in answer.get_data(as_text=True)


def test_one_more_day_keeps_what_was_typed_and_saves_nothing(app, organiser):
    text = organiser.post(HERE, data={**FORM, "hours_1": "what?", "more": "1"}).get_data(as_text=True)
    assert 'name="day_2"' in text
    assert 'value="what?"' in text
    assert 'name="day_count" type="hidden" value="3"' in text
    with app.app_context():
        assert get_event(1).timetable == SETTINGS
    many = organiser.post(HERE, data={**FORM, "day_count": "999", "more": "1"}).get_data(as_text=True)
    assert 'name="day_13"' in many
    assert 'name="day_14"' not in many


def test_hours_of_single_pitches_are_kept(app, organiser):
    form = {**FORM, "pitch_0_2": "closed", "pitch_0_3": "10-12, 13-15", "pitch_0_4": "09:00-18:00", "keep": "1"}
    assert organiser.post(HERE, data=form).status_code == 302
    with app.app_context():
        assert get_event(1).timetable["days"][0]["pitches"] == {"2": "closed", "3": "10:00–12:00, 13:00–15:00"}
        hours = {pitch.name: len(pitch.hours) for pitch in timetable(get_event(1)).pitches}
        assert [hours[f"Pitch {number}"] for number in (1, 2, 3)] == [2, 1, 3]
    text = page(organiser)
    assert 'value="closed"' in text
    assert 'value="10:00–12:00, 13:00–15:00"' in text


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

LATE = "/admin/events/1/late/"


@pytest.fixture
def day(app, client, make_event, set_clock):
    """A league whose games are laid out, and its organiser, in the morning of the first day."""
    set_clock(datetime(2026, 11, 28, 8, 0, tzinfo=UTC))
    sign_in(client, make_user(app, "Olga", "organiser", make_event(timetable={"rest_minutes": 10})))
    return client


def times(app):
    with app.app_context():
        return [f"{one.start_at:%H:%M}" if one.start_at else "" for one in get_event(1).fixtures[:4]]


def test_before_and_after_are_shown_and_then_saved_and_announced(app, day):
    text = page(day, f"{LATE}?pitch=2&minutes=20&since=")
    assert times(app) == ["10:00", "10:00", "11:00", "11:00"]
    shown = words(text)
    assert "2 games begin later" in shown
    assert "Cedar – Dogwood 10:00 10:20" in shown
    assert '<label for="title">Title</label>' in text  # not "optional": an announcement needs one
    assert 'value="Pitch 2: games from 10:00 begin 20 minutes later"' in text
    asked = {"pitch": "2", "minutes": "20", "since": "", "fingerprint": fingerprint(text)}
    note = {"announced": "y", "title": "Pitch 2 is late", "message": "Have some tea."}
    answer = day.post(LATE, data={**asked, **note})
    assert answer.status_code == 302
    assert times(app) == ["10:00", "10:20", "11:00", "11:20"]
    done = page(day, LATE)
    assert "2 games begin later, and it is announced" in done
    assert "Pitch 2 runs late" in done
    with app.app_context():
        assert [one.title for one in get_event(1).announcements] == ["Pitch 2 is late"]
    day.post(undo_of(done))
    assert times(app) == ["10:00", "10:00", "11:00", "11:00"]
    with app.app_context():
        assert get_event(1).announcements == []


def test_it_need_not_be_announced_and_pressed_twice_it_moves_once(app, day):
    seen = fingerprint(page(day, f"{LATE}?pitch=1&minutes=15&since=3"))
    asked = {"pitch": "1", "minutes": "15", "since": "3", "fingerprint": seen}
    day.post(LATE, data=asked)
    assert times(app) == ["10:00", "10:00", "11:15", "11:00"]
    again = day.post(LATE, data=asked)
    assert "Look at it again" in again.get_data(as_text=True)
    assert times(app) == ["10:00", "10:00", "11:15", "11:00"]
    with app.app_context():
        assert get_event(1).announcements == []


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"minutes": "0"}, "minutes", "whole number from 1"),
        ({"minutes": "soon"}, "minutes", "whole number from 1"),
        ({"minutes": "99999"}, "minutes", "whole number from 1"),
        ({"pitch": "77"}, "pitch", "Choose one from the list"),
        ({"since": "77"}, "since", "Choose one from the list"),
    ],
)
def test_a_wrong_question_is_answered_beside_its_field(day, changed, field, said):
    answer = day.get(LATE, query_string={"pitch": "1", "minutes": "15", "since": "", **changed})
    assert answer.status_code == 422
    assert said in re.search(rf'id="{field}-error">([^<]*)<', answer.get_data(as_text=True))[1]


def test_an_announcement_without_a_title_keeps_what_was_typed(app, day):
    asked = {
        "pitch": "1",
        "minutes": "15",
        "since": "",
        "fingerprint": "x",
        "announced": "y",
        "message": "Tea is ready.",
    }
    answer = day.post(LATE, data=asked)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "needs a title" in text
    assert "Tea is ready." in text
    assert times(app)[2] == "11:00"


def test_the_first_page_has_a_short_form_while_the_event_is_on(app, day):
    assert "A pitch runs late" not in page(day, "/admin/")
    with app.app_context():
        db.session.get_one(Event, 1).status = "LIVE"
        db.session.commit()
    text = page(day, "/admin/")
    assert f'action="{LATE}"' in text
    assert 'name="minutes"' in text


# A change by hand.


def test_a_change_that_breaks_something_is_named_and_saved_on_the_second_press(app, day):
    path = "/admin/events/1/fixtures/3/"
    form = {"home_team": "1", "away_team": "3", "group": "", "start_on": "2026-11-28", "clock": "10:10", "pitch": "1"}
    answer = day.post(path, data={**form, "version": "1"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Not saved yet. This would break the timetable" in text
    assert "Pitch 1 is taken by Ash – Birch until 10:20" in text
    assert 'value="10:10"' in text
    assert times(app)[2] == "11:00"
    accepted = re.search(r'name="anyway" value="([^"]+)"', text)[1]
    answer = day.post(path, data={**form, "version": "1", "anyway": accepted}, follow_redirects=True)
    assert "Pitch 1 is taken by Ash – Birch" in answer.get_data(as_text=True)  # said once more, now that it is so
    assert times(app)[2] == "10:10"


def test_another_breach_than_the_one_that_was_seen_is_named_again(app, day):
    path = "/admin/events/1/fixtures/3/"
    form = {"home_team": "1", "away_team": "3", "group": "", "start_on": "2026-11-28", "clock": "10:10", "pitch": "1"}
    text = day.post(path, data={**form, "version": "1"}).get_data(as_text=True)
    accepted = re.search(r'name="anyway" value="([^"]+)"', text)[1]
    other = {**form, "clock": "10:05", "version": "1", "anyway": accepted}
    assert day.post(path, data=other).status_code == 422
    assert times(app)[2] == "11:00"


def test_a_new_game_that_breaks_something_is_named_too(app, day):
    form = {"home_team": "1", "away_team": "4", "group": "", "start_on": "2026-11-28", "clock": "10:00", "pitch": "2"}
    text = day.post("/admin/events/1/fixtures/new/", data=form)
    assert text.status_code == 422
    assert "Pitch 2 is taken by Cedar – Dogwood" in text.get_data(as_text=True)
    accepted = re.search(r'name="anyway" value="([^"]+)"', text.get_data(as_text=True))[1]
    assert day.post("/admin/events/1/fixtures/new/", data={**form, "anyway": accepted}).status_code == 302
    with app.app_context():
        assert len(get_event(1).fixtures) == 7


def test_times_are_typed_and_shown_by_the_clock_at_the_pitch(app, client, make_event):
    pitches = ["Pitch 1", {"name": "Far", "timezone": "America/New_York"}]
    sign_in(client, make_user(app, "Olga", "organiser", make_event(pitches=pitches)))
    form = {"home_team": "1", "away_team": "4", "group": "", "start_on": "2026-11-30", "clock": "20:00", "pitch": "2"}
    assert client.post("/admin/events/1/fixtures/5/", data={**form, "version": "1"}).status_code == 302
    with app.app_context():
        fixture = db.session.get_one(Fixture, 5)
        assert fixture.start_at == datetime(2026, 12, 1, 1, tzinfo=UTC)
        assert str(fixture.start_on) == "2026-11-30"
    assert 'value="20:00"' in page(client, "/admin/events/1/fixtures/5/")
    public = words(client.get("/events/saturday-league/schedule/").get_data(as_text=True))
    assert "20:00 EST" in public
    assert "01:00" not in public
    grid = words(page(client))
    assert "Mon 30 Nov · America/New_York" in grid
    assert "Sat 28 Nov · Europe/Dublin" in grid
