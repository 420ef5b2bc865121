"""Pitches: a name of its own each, and a time zone that keeps the clock times of its games."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from tests.conftest import get_event
from timely.extensions import db
from timely.models import AuditEntry
from timely.services import pitches
from timely.services.errors import RuleBroken

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def event(league):
    return get_event(league)


def deeds():
    return [entry.action for entry in db.session.scalars(select(AuditEntry)) if "pitch" in entry.action]


def clocks(event):
    """{pitch: the local times of its games}."""
    found = {pitch.name: [] for pitch in event.pitches}
    for one in event.fixtures:
        if one.pitch:
            found[one.pitch.name].append(one.start_at.astimezone(ZoneInfo(one.timezone)).strftime("%H:%M"))
    return found


def test_two_hundred_fit_and_no_more(event):
    pitches.add_pitches(event, "\n".join(f"Court {number}" for number in range(198)), by=None)
    assert len(event.pitches) == 200
    with pytest.raises(RuleBroken):
        pitches.add_pitches(event, "One more", by=None)
    assert deeds() == ["add pitches"]


@pytest.mark.parametrize("name", ["Pitch 2", "pitch 2", "PITCH 2"])
def test_no_two_have_one_name(event, name):
    with pytest.raises(RuleBroken, match="Another pitch is called") as broken:
        pitches.change_pitch(event.pitches[0], name, by=None)
    assert list(broken.value.fields) == ["name"]


def test_capitals_of_its_own_name_may_change_and_saving_what_is_saved_changes_nothing(event):
    pitch = event.pitches[0]
    pitches.change_pitch(pitch, "PITCH 1", by=None)
    version = event.version
    pitches.change_pitch(pitch, "PITCH 1", event.timezone, by=None)  # the event's own time zone is none of its own
    assert (pitch.name, pitch.timezone, event.version) == ("PITCH 1", "", version)
    assert deeds() == ["change pitch"]


def test_a_time_zone_keeps_the_clock_times_of_this_pitch_alone(event):
    before = clocks(event)
    there = event.pitches[0]
    moments = {one.id: one.start_at for one in event.fixtures}
    pitches.change_pitch(there, there.name, "Asia/Tokyo", by=None)
    assert (there.timezone, clocks(event)) == ("Asia/Tokyo", before)
    moved = {one.pitch.name for one in event.fixtures if one.start_at != moments[one.id]}
    assert moved == {"Pitch 1"}
    pitches.change_pitch(there, there.name, "Europe/Dublin", by=None)
    assert there.timezone == ""
    assert {one.id: one.start_at for one in event.fixtures} == moments


def test_a_game_with_a_place_of_its_own_keeps_its_moment(event):
    game = event.fixtures[0]
    game.venue_timezone = "America/Lima"
    db.session.commit()
    moment = game.start_at
    pitches.change_pitch(game.pitch, game.pitch.name, "Asia/Tokyo", by=None)
    assert game.start_at == moment


def test_a_time_zone_that_is_none_is_refused(event):
    with pytest.raises(RuleBroken, match="no such time zone") as broken:
        pitches.change_pitch(event.pitches[0], "Court 1", "Europe/Atlantis", by=None)
    assert list(broken.value.fields) == ["timezone"]
    assert event.pitches[0].name == "Pitch 1"


def test_a_time_that_the_clocks_skip_there_is_refused_and_nothing_changes(make_event):
    # In Berlin the clocks go from 2:00 to 3:00 in the night to 28 March 2027; in New York two weeks earlier.
    game = {"home": "Ash", "away": "Birch", "date": "2027-03-28", "time_local": "02:30", "pitch": "Pitch 1"}
    event = get_event(make_event(timezone="America/New_York", matches=[game]))
    moment = event.fixtures[0].start_at
    with pytest.raises(RuleBroken, match="A game cannot move there") as broken:
        pitches.change_pitch(event.pitches[0], "Pitch 1", "Europe/Berlin", by=None)
    assert list(broken.value.fields) == ["timezone"]
    assert (event.fixtures[0].start_at, event.pitches[0].timezone) == (moment, "")


@pytest.mark.parametrize(("games", "words"), [(1, "1 game is on Pitch 2"), (2, "2 games are on Pitch 2")])
def test_a_pitch_with_games_stays(make_event, games, words):
    matches = [{"home": "Ash", "away": other, "pitch": "Pitch 2"} for other in ("Birch", "Cedar")[:games]]
    event = get_event(make_event(matches=matches))
    with pytest.raises(RuleBroken, match=words):
        pitches.delete_pitch(event.pitches[1], by=None)
    pitches.delete_pitch(event.pitches[0], by=None)
    assert [pitch.name for pitch in event.pitches] == ["Pitch 2"]
    assert deeds() == ["delete pitch"]
