"""Scheduled jobs for games and events: published once, within a second, and no open form grows stale by them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import LEAGUE, get_event
from timely.clock import local_moment
from timely.extensions import db
from timely.live import messages
from timely.models import Change, Topic
from timely.presenters.event_rows import event_row
from timely.presenters.fixture_rows import fixture_row
from timely.queries.schedule import next_up, on_now
from timely.services import fixtures, results
from timely.services.event_progress import update_progress
from timely.services.events import set_event_status
from timely.services.scheduled_jobs import run_due_jobs
from timely.services.score_validation import Score

pytestmark = pytest.mark.usefixtures("in_app")


def at(clock, day=28):
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=UTC)


@pytest.fixture
def tick(set_clock):
    """Sets the clock and does what is due then; how many records changed."""

    def move(moment):
        set_clock(moment)
        return run_due_jobs(moment)

    return move


@pytest.fixture
def event(make_event, set_clock):
    """The league on its morning, started: games at 10:00 and 11:00 on two pitches, one tomorrow, one without a day."""
    set_clock(at("09:00"))
    event = get_event(make_event())
    set_event_status(event, "LIVE", by=None)
    return event


def states(event):
    return [fixture.state for fixture in event.fixtures]


def version(event, key="schedule"):
    return db.session.scalar(db.select(Topic.version).where(Topic.key == f"event_{event.id}_{key}"))


def test_the_day_goes_by(event, tick):
    assert tick(at("09:59")) == 0
    assert tick(at("10:00")) == 2
    assert states(event) == ["NOW", "NOW", "SCHEDULED", "SCHEDULED", "SCHEDULED", "SCHEDULED"]
    assert [fixture.home_name for fixture in on_now(event)] == ["Ash", "Cedar"]
    assert tick(at("10:01")) == 0
    # Games are an hour apart on their pitches, so they take an hour.
    tick(at("11:00"))
    assert states(event)[:4] == ["AWAITED", "AWAITED", "NOW", "NOW"]
    tick(at("00:00", 30))
    assert states(event) == ["AWAITED"] * 5 + ["SCHEDULED"]


def test_next_is_what_comes_and_not_what_is_past(make_event, tick):
    past = [{"home": "Ash", "away": "Birch", "date": f"2026-11-{day}", "time_local": "10:00"} for day in range(10, 24)]
    coming = {"home": "Cedar", "away": "Dogwood", "date": "2026-11-29", "time_local": "10:00"}
    event = get_event(make_event(matches=[*past, coming]))
    tick(at("12:00"))
    assert [fixture.home_name for fixture in next_up(event)] == ["Cedar"]
    row = fixture_row(event.fixtures[0])
    assert (row["status"], row["state"], row["status_text"]) == ("SCHEDULED", "AWAITED", "Result awaited")


def test_a_clock_that_was_ahead_and_is_set_right_makes_games_come_again(event, tick):
    tick(at("12:00", 30))
    assert set(states(event)[:5]) == {"AWAITED"}
    tick(at("09:00"))
    assert set(states(event)) == {"SCHEDULED"}


def test_a_running_score_of_yesterday_is_not_on_now(event, tick):
    tick(at("10:05"))
    results.enter_score(event.fixtures[0], Score(1, 0), by=None, running=True)
    tick(at("09:00", 29))
    assert list(on_now(event)) == []
    row = fixture_row(event.fixtures[0])
    assert (row["status"], row["status_text"], row["score_text"]) == ("SCHEDULED", "Result awaited", "1–0")


def test_the_clock_puts_no_second_game_on_a_pitch(event, tick):
    tick(at("10:55"))
    results.enter_score(event.fixtures[0], Score(1, 0), by=None, running=True)
    tick(at("11:03"))
    assert states(event)[:4] == ["NOW", "AWAITED", "LATE", "LATE"]  # the teams of the fourth play in the first
    assert fixture_row(event.fixtures[2])["status_text"] == "Late"
    results.enter_score(event.fixtures[0], Score(2, 0), by=None)
    tick(at("11:04"))
    assert states(event)[:4] == ["FINISHED", "AWAITED", "NOW", "NOW"]


def test_open_pages_hear_of_it_once_and_nobody_was_quicker(event, tick):
    game = event.fixtures[0]
    seen, shown = game.version, version(event)
    tick(at("10:00"))
    assert version(event) == shown + 1
    tick(at("10:00") + timedelta(seconds=1))
    assert version(event) == shown + 1
    message = messages.build(f"event_{event.id}_schedule", shown)
    assert [(row["id"], row["state"]) for row in message["data"]["fixtures"]] == [
        (event.fixtures[0].id, "NOW"),
        (event.fixtures[1].id, "NOW"),
    ]
    assert {change.action for change in db.session.scalars(db.select(Change).where(Change.version == shown + 1))} >= {
        "updated"
    }
    tick(at("11:00"))
    results.enter_score(game, Score(2, 1), by=None, seen_version=seen)
    assert game.version == seen + 1


def test_a_game_moved_ahead_is_to_come_again_at_once(event, tick):
    tick(at("11:00"))
    game = event.fixtures[0]
    assert game.state == "AWAITED"
    fixtures.patch(game, start_at=at("15:00"), by=None)
    assert game.state == "SCHEDULED"
    tick(at("15:00"))
    assert game.state == "NOW"


def test_a_game_that_somebody_says_is_not_on_is_not(event, tick):
    set_event_status(event, "PUBLISHED", by=None)
    tick(at("10:05"))
    game = event.fixtures[0]
    fixtures.set_status(game, "LIVE", by=None)
    assert fixture_row(game)["status"] == "LIVE"
    fixtures.set_status(game, "SCHEDULED", by=None)
    assert fixture_row(game)["status"] == "SCHEDULED"
    tick(at("10:06"))
    assert game.state == "LATE"


def test_games_of_an_event_that_is_not_begun_after_all_are_not_on(event, tick):
    tick(at("10:05"))
    assert states(event)[:2] == ["NOW", "NOW"]
    set_event_status(event, "PUBLISHED", by=None)
    tick(at("10:06"))
    assert states(event)[:2] == ["LATE", "LATE"]


def test_an_old_season_without_scores_comes_in_one_save(make_event, set_clock):
    set_clock(at("12:00"))
    days = [f"2026-10-{day:02d}" for day in range(1, 29)]
    matches = [{"home": "Ash", "away": "Birch", "date": day, "time_local": "10:00"} for day in days]
    event = get_event(make_event(matches=matches))
    assert set(states(event)) == {"AWAITED"}
    assert run_due_jobs(at("12:00")) == 0


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu", "Europe/Dublin"])
def test_a_day_ends_when_it_ends_at_the_place_of_play(make_event, tick, set_clock, zone):
    set_clock(at("12:00"))
    event = get_event(make_event(timezone=zone, matches=[{**LEAGUE["matches"][4]}]))
    midnight = datetime(2026, 11, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    tick(midnight - timedelta(seconds=1))
    assert states(event) == ["SCHEDULED"]
    tick(midnight)
    assert states(event) == ["AWAITED"]
    update_progress(midnight)
    assert event_row(event, (0, 1))["status_text"] == "Results awaited"


def test_the_night_on_which_clocks_are_put_back(make_event, tick):
    """A day of twenty-five hours ends an hour later, and a game at 02:30 is on at its own moment."""
    zone = ZoneInfo("Europe/Berlin")
    matches = [
        {"home": "Ash", "away": "Birch", "date": "2026-10-25", "time_local": "02:30"},
        {"home": "Cedar", "away": "Dogwood", "date": "2026-10-25"},
    ]
    event = get_event(make_event(timezone="Europe/Berlin", status="LIVE", matches=matches))
    start = local_moment(datetime(2026, 10, 25).date(), datetime(2026, 10, 25, 2, 30).time(), zone)
    event.fixtures[0].state = "SCHEDULED"
    event.fixtures[1].state = "SCHEDULED"
    db.session.commit()
    tick(start)
    assert states(event) == ["NOW", "SCHEDULED"]
    tick(datetime(2026, 10, 25, 22, 59, tzinfo=UTC))  # 23:59 there; without the change it would be tomorrow already
    assert states(event) == ["AWAITED", "SCHEDULED"]
    tick(datetime(2026, 10, 25, 23, 0, tzinfo=UTC))
    assert states(event) == ["AWAITED", "AWAITED"]


def test_an_imported_league_that_is_over_is_finished(make_event, set_clock):
    set_clock(at("12:00", 30))
    scored = [{**match, "date": "2026-11-28", "home_score": 1, "away_score": 0} for match in LEAGUE["matches"]]
    event = get_event(make_event(matches=scored))
    assert event.status == "PUBLISHED"
    row = event_row(event, (6, 6))
    assert (row["state"], row["status_text"]) == ("FINISHED", "Finished")


def test_an_event_begins_and_ends_by_its_games_and_says_so_once(event, set_clock):
    set_event_status(event, "PUBLISHED", by=None)
    for game in event.fixtures[4:]:
        fixtures.set_status(game, "CANCELLED", by=None)
    assert event.state == "COMING"
    for game in event.fixtures[:4]:
        results.enter_score(game, Score(1, 0), by=None)
    seen = event.version
    assert update_progress(at("12:00")) == 1
    assert event.state == "NOW"
    shown = version(event, "results")
    assert update_progress(at("12:00")) == 0
    update_progress(at("00:00", 30))
    assert event.state == "FINISHED"
    assert version(event, "results") == shown
    assert event.version == seen
