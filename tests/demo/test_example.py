"""The example event: plausible, in the middle of its day, whenever it is made."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from tests.conftest import make_user
from tests.demo.conftest import order
from timely import demo
from timely.clock import now
from timely.demo.example import TEAMS, example_file
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import Event, User
from timely.queries.announcements import announcements
from timely.queries.schedule import next_up, on_now, played_count, schedule


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


def test_there_is_one_example_however_often_it_is_asked_for(event: Event) -> None:
    assert demo.make_example_event() is event


def test_its_owner_may_manage_it(app: Flask, in_app: None) -> None:
    owner = db.session.get_one(User, make_user(app, "Olga", "organiser"))
    event = demo.make_example_event(owner)
    assert [right.event_id for right in db.session.get_one(User, owner.id).rights] == [event.id]
