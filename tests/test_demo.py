"""The demo: a plausible event in the middle of its day, played forward step by step, whatever happens to it."""

import time
from collections import Counter
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from tests.conftest import make_user
from timely import background, demo
from timely.clock import now
from timely.demo import loop, timetable
from timely.demo.example import TEAMS, example_file
from timely.demo.play import FINAL_TABLE_SHOWN, MOST_NEWS, step
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import Event, User
from timely.queries.announcements import announcements
from timely.queries.schedule import next_up, on_now, played_count, schedule
from timely.queries.tables import leaderboard
from timely.queries.versions import all_versions
from timely.services import events, fixtures, results, teams
from timely.services.results import Score


def order(event: Event) -> list[tuple[str, int]]:
    """The table as (team, points)."""
    return [(line.team.name, line.standing.points) for line in leaderboard(event)[0].lines]


def play(event: Event, steps: int, seed: int = 1, moment: datetime | None = None) -> Counter[str]:
    """How often each thing happened in so many steps, four seconds apart."""
    chance, moment = Random(seed), moment or now()
    done: Counter[str] = Counter()
    for number in range(steps):
        done[step(event, moment + timedelta(seconds=4 * number), chance)] += 1
    return done


@pytest.fixture
def event(in_app: None) -> Event:
    return demo.make_example_event()


def test_it_is_a_tournament_in_the_middle_of_its_day(event: Event) -> None:
    assert (event.slug, event.status, event.is_public) == ("saturday-summer-cup", "LIVE", True)
    assert played_count(event) == (28, 56)
    assert [game.status for game in on_now(event)] == ["LIVE", "LIVE"]
    assert {game.pitch.name for game in on_now(event) if game.pitch} == {"Pitch 1", "Pitch 2"}
    assert len(event.teams) == len(TEAMS) == len({team.colour for team in event.teams})
    assert [note.priority for note in announcements(event)].count("high") == 1
    assert len(announcements(event)) == 3
    first, *_, last = [points for _, points in order(event)]
    assert first > last + 6


def test_its_times_lie_around_now(event: Event) -> None:
    moment = now()
    for game in schedule(event):
        assert game.start_at
        assert (game.start_at < moment) == (game.status != "SCHEDULED")
        assert abs(game.start_at - moment) < timedelta(hours=4)
    assert next_up(event)[0].start_at - moment < timedelta(minutes=15)


def test_nobody_plays_twice_at_a_time(event: Event) -> None:
    at_once: dict[datetime, list[int]] = {}
    for game in schedule(event):
        at_once.setdefault(game.start_at, []).extend([game.home_team_id, game.away_team_id])
    assert all(len(team_ids) == len(set(team_ids)) == 4 for team_ids in at_once.values())


@pytest.mark.parametrize("hour", [0, 12, 23])
@pytest.mark.parametrize("zone", ["UTC", "America/St_Johns", "Pacific/Kiritimati"])
def test_its_file_is_whole_at_any_hour_in_any_zone(hour: int, zone: str) -> None:
    moment = datetime(2026, 3, 29, hour, 59, 59, tzinfo=ZoneInfo("UTC"))
    file = example_file(moment, zone)
    assert read_event(file).ignored == []
    assert file == example_file(moment, zone)


def test_two_hundred_steps_move_the_table(event: Event) -> None:
    before, versions = order(event), all_versions()
    done = play(event, 200)
    assert done["full time"] >= 28
    assert done["goal"] > done["full time"]
    assert done["kick-off"] >= 26
    assert done["announcement"] > 0
    assert order(event) != before
    assert sum(points for _, points in order(event)) > sum(points for _, points in before)
    now_ = all_versions()
    for key in ("results", "schedule", "announcements"):
        assert now_[f"event_{event.id}_{key}"] > versions[f"event_{event.id}_{key}"]


def test_something_moves_within_a_minute(event: Event) -> None:
    for seed in range(8):
        assert play(event, 15, seed)["full time"] > 0, seed


def test_two_games_are_on_and_only_two(event: Event) -> None:
    chance = Random(3)
    for _ in range(60):
        step(event, now(), chance)
        assert 1 <= len(on_now(event)) <= 2


def test_a_game_that_goes_on_early_says_since_when(event: Event) -> None:
    play(event, 60)
    assert all(abs(game.start_at - now()) < timedelta(minutes=16) for game in on_now(event))


def test_the_final_table_is_seen_and_then_the_second_half_begins_again(event: Event) -> None:
    chance = Random(1)
    while played_count(event)[0] < 56:
        step(event, now(), chance)
    assert step(event, now(), chance) == ""
    assert step(event, now() + FINAL_TABLE_SHOWN, chance) == "begin again"
    assert played_count(event) == (28, 56)
    assert next_up(event)[0].start_at > now()
    assert step(event, now(), chance) == "kick-off"


def test_news_do_not_pile_up(event: Event) -> None:
    for seed in range(3):
        play(event, 40, seed)
        assert len(announcements(event)) <= MOST_NEWS


def test_people_may_change_anything_meanwhile(event: Event) -> None:
    chance = Random(7)
    games = schedule(event)
    results.take_back(games[0], by=None)
    fixtures.set_status(games[40], "CANCELLED", by=None)
    fixtures.set_status(games[41], "POSTPONED", by=None)
    fixtures.delete_fixture(games[42], by=None)
    fixtures.reschedule(games[43], start_at=None, start_on=None, pitch=None, by=None)
    results.enter_score(games[44], Score(7, 7), by=None)
    results.award_walkover(games[45], "home", by=None)
    teams.change_teams(event, {event.teams[0].id: ("Somebody Else", "")}, by=None)
    for _ in range(200):
        step(event, now(), chance)
    assert games[40].status == "CANCELLED"
    assert (games[44].result.home_score, games[44].result.away_score) == (7, 7)


def test_an_event_without_a_game_stands_still(event: Event) -> None:
    for game in schedule(event):
        if game.result:
            results.take_back(game, by=None)
    fixtures.delete_unplayed(event, by=None)
    for game in schedule(event):
        fixtures.delete_fixture(game, by=None)
    assert play(event, 5) == {"": 5}


@pytest.mark.parametrize("status", ["COMPLETED", "DRAFT", "CANCELLED"])
def test_an_event_that_was_ended_is_left_alone(event: Event, status: str) -> None:
    events.set_event_status(event, status, by=None)
    assert play(event, 5) == {"": 5}


def test_a_deleted_event_is_left_deleted_and_made_anew_by_the_next_start(app: Flask, in_app: None) -> None:
    event = demo.make_example_event()
    events.delete_event(event, by=None, name=event.name)
    assert demo.example_event() is None
    assert loop.take_step(Random(1)) == ""
    assert demo.make_example_event().id != event.id


def test_a_real_event_of_the_same_name_is_not_played(app: Flask, in_app: None, make_event) -> None:
    real = make_event(name="Saturday Summer Cup", status="LIVE")
    example = demo.make_example_event()
    assert demo.example_event() is example
    versions = all_versions()
    for _ in range(10):
        loop.take_step(Random(1))
    assert example.slug == "saturday-summer-cup-2"
    assert all_versions()[f"event_{real}_schedule"] == versions[f"event_{real}_schedule"]


def test_on_another_day_it_is_laid_around_that_moment(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    later = now() + timedelta(days=3)
    monkeypatch.setattr(loop, "now", lambda: later)
    assert loop.take_step(Random(1)) == "lay out"
    assert not timetable.is_out_of_date(event, later)
    assert event.starts_on == later.astimezone(event.zone).date()
    assert next_up(event)[0].start_at - later < timedelta(minutes=15)
    assert played_count(event) == (28, 56)
    assert loop.take_step(Random(1)) != "lay out"


def test_there_is_one_example_however_often_it_is_asked_for(event: Event) -> None:
    assert demo.make_example_event() is event


def test_its_owner_may_manage_it(app: Flask, in_app: None) -> None:
    owner = db.session.get_one(User, make_user(app, "Olga", "organiser"))
    event = demo.make_example_event(owner)
    assert [right.event_id for right in db.session.get_one(User, owner.id).rights] == [event.id]


@pytest.fixture
def quick(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """The app with its background tasks, and a demo without pauses; stopped at the end."""
    monkeypatch.setattr(loop, "PAUSE_SECONDS", (0.01, 0.02))
    hub = background.start(app)
    yield app
    hub.stop()


def wait_for_version(app: Flask, topic: str, more_than: int) -> int:
    give_up_at = time.monotonic() + 20
    while time.monotonic() < give_up_at:
        with app.app_context():
            version = all_versions().get(topic, 1)
            db.session.remove()
        if version > more_than:
            return version
        time.sleep(0.05)
    raise AssertionError(f"{topic} never came to more than version {more_than}")


def test_a_second_start_goes_on_with_the_same_event(quick: Flask, empty_database) -> None:
    assert demo.start(quick) == "saturday-summer-cup"
    with quick.app_context():
        event_id = demo.example_event().id
        db.session.remove()
    version = wait_for_version(quick, f"event_{event_id}_schedule", 1)
    assert demo.start(quick) == "saturday-summer-cup"
    wait_for_version(quick, f"event_{event_id}_schedule", version)
    with quick.app_context():
        assert db.session.query(Event).count() == 1
        db.session.remove()


def test_what_goes_wrong_is_logged_and_the_loop_lives_on(
    quick: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    faults = [RuntimeError("the roof came down")]

    def fragile(*given):
        if faults:
            raise faults.pop()
        return step(*given)

    monkeypatch.setattr(loop, "step", fragile)
    demo.start(quick)
    with quick.app_context():
        event_id = demo.example_event().id
        db.session.remove()
    wait_for_version(quick, f"event_{event_id}_schedule", 1)
    assert "the roof came down" in caplog.text
