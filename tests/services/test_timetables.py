"""The timetable as a whole: laid out and saved as one action, locks, what a change by hand breaks."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from tests.conftest import get_event
from tests.forty import forty
from timely.domain.timetable import DayHours, Settings, lay_out, violations
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import AuditEntry, Change
from timely.queries.event_files import event_file, event_file_text
from timely.queries.timetables import last_change, timetable
from timely.services import fixtures, results, round_robins, timetables
from timely.services.errors import RuleBroken
from timely.services.event_files import import_event
from timely.services.results import Score
from timely.services.undo import undo

pytestmark = pytest.mark.usefixtures("in_app")

DAY = date(2026, 11, 28)


@pytest.fixture(name="event")
def event_fixture(make_event):
    return get_event(make_event(**forty()))


def laid_out(event):
    table = timetable(event)
    return table, lay_out(table.games, table.pitches, table.spacing)


def save(event):
    table, layout = laid_out(event)
    return timetables.save_layout(event, layout, seen_fingerprint=table.fingerprint, by=None)


def schedule_changes(event):
    topic = f"event_{event.id}_schedule"
    return [(row.version, row.action) for row in db.session.scalars(select(Change).where(Change.topic == topic))]


def entries(event):
    rows = select(AuditEntry).where(AuditEntry.event_id == event.id).order_by(AuditEntry.id)
    return db.session.scalars(rows).all()


def test_forty_teams_are_laid_out_and_saved_as_one_action_and_one_change(event):
    before, found = len(entries(event)), schedule_changes(event)
    assert save(event) == timetables.Saved(96, 0)
    assert len(entries(event)) == before + 1
    new = schedule_changes(event)[len(found) :]
    assert Counter(new) == {(new[0][0], "rescheduled"): 96}
    table = timetable(event)
    assert violations(table.games, table.pitches, table.spacing) == []
    assert all(fixture.start_at and fixture.pitch_id for fixture in event.fixtures)
    assert {fixture.start_on for fixture in event.fixtures} <= {date(2026, 11, 28), date(2026, 11, 29)}


def test_the_timetable_that_there_is_already_is_no_action(event):
    save(event)
    count = len(entries(event))
    assert save(event) == timetables.Saved(0, 0)
    assert len(entries(event)) == count


def test_a_team_has_its_rest(event):
    save(event)
    for team in event.teams:
        starts = sorted(one.start_at for one in event.fixtures if team.id in (one.home_team_id, one.away_team_id))
        assert all(later - sooner >= timedelta(minutes=40) for sooner, later in pairwise(starts))


def test_it_is_undone_at_once(event):
    before = event_file_text(event)
    save(event)
    undo(last_change(event), by=None)
    assert event_file_text(event) == before
    assert last_change(event) is None


def test_an_old_plan_is_not_saved(event):
    table, layout = laid_out(event)
    timetables.lock_games(event, [], [], by=None)
    fixtures.reschedule(event.fixtures[0], start_at=datetime(2026, 11, 28, 12, tzinfo=UTC), by=None)
    with pytest.raises(RuleBroken, match="laid out anew") as caught:
        timetables.save_layout(event, layout, seen_fingerprint=table.fingerprint, by=None)
    assert caught.value.code == "stale"
    assert event.fixtures[1].start_at is None


def test_locked_and_played_games_stay(event):
    save(event)
    first, second, third = event.fixtures[:3]
    places = [(one.start_at, one.pitch_id) for one in (first, second)]
    timetables.lock_games(event, [first.id, third.id], [first.id], by=None)
    results.enter_score(second, Score(2, 1), by=None)
    timetables.set_timetable_hours(event, Settings(25, 10, 0, 5, {}, (DayHours(DAY, "08:00–23:00"),)), by=None)
    assert save(event).moved > 50
    assert [(one.start_at, one.pitch_id) for one in (first, second)] == places


def test_games_without_a_place_lose_their_time(event):
    save(event)
    timetables.set_timetable_hours(event, Settings(days=(DayHours(DAY, "09:00–12:00"),)), by=None)
    saved = save(event)
    assert saved.missing > 0
    without = [one for one in event.fixtures if one.start_at is None]
    assert len(without) == saved.missing
    assert all(one.pitch is None and one.start_on is None for one in without)


def test_a_postponed_game_is_back_on_the_schedule(event):
    fixtures.set_status(event.fixtures[0], "POSTPONED", by=None)
    save(event)
    assert event.fixtures[0].status == "SCHEDULED"


def test_locks_change_only_what_was_shown(event):
    save(event)
    one, other, played = event.fixtures[:3]
    results.enter_score(played, Score(0, 0), by=None)
    shown = [one.id, played.id]
    assert timetables.lock_games(event, shown, [one.id, other.id, played.id], by=None) == 1
    assert [game.locked for game in (one, other, played)] == [True, False, False]
    assert timetables.lock_games(event, shown, [one.id], by=None) == 0
    assert timetables.lock_games(event, shown, [], by=None) == 1
    assert [entry.action for entry in entries(event)[-2:]] == ["lock games", "lock games"]
    undo(entries(event)[-1], by=None)
    assert one.locked


def test_settings_are_kept_with_the_event_and_go_with_its_file(event):
    pitch = event.pitches[1]
    own = DayHours(DAY, "09:00–18:00", {str(pitch.id): "closed"})
    settings = Settings(15, 5, 30, 5, {}, (own,))
    timetables.set_timetable_hours(event, settings, by=None)
    count = len(entries(event))
    timetables.set_timetable_hours(event, settings, by=None)
    assert len(entries(event)) == count
    file = event_file(event)
    assert file["timetable"]["days"] == [
        {"day": "2026-11-28", "hours": "09:00–18:00", "pitches": {"Pitch 2": "closed"}}
    ]
    again = import_event(read_event(file))
    assert event_file(again) == file
    assert timetable(again).pitches[1].hours == ()


def test_a_file_that_names_an_unknown_pitch_is_refused():
    file = forty(timetable={"days": [{"day": "2026-11-28", "pitches": {"Pitch 9": "closed"}}]})
    with pytest.raises(Exception, match=r"timetable.days\[0\].pitches: 'Pitch 9' is not among"):
        read_event({"sport": "football", **file})


def test_divisions_have_games_of_their_own_length(make_event):
    event = get_event(
        make_event(
            divisions=["U10", "U12"],
            teams=[{"name": f"{division} {n}", "division": division} for division in ("U10", "U12") for n in range(4)],
            matches=[
                {"home": f"{division} {home}", "away": f"{division} {away}", "division": division}
                for division in ("U10", "U12")
                for home, away in ((0, 1), (2, 3))
            ],
            timetable={
                "game_minutes": 20,
                "division_minutes": {"U10": 10},
                "days": [{"day": "2026-11-28", "hours": "9-12"}],
            },
        )
    )
    assert [game.minutes for game in timetable(event).games] == [10, 10, 20, 20]
    assert event_file(event)["timetable"]["division_minutes"] == {"U10": 10}


# What a change by hand breaks.


def test_a_game_that_finds_no_place_keeps_the_day_that_is_known(make_event):
    event = get_event(make_event())
    settings = Settings(days=(DayHours(DAY, "09:00–09:10"),))  # too short for any game
    timetables.set_timetable_hours(event, settings, by=None)
    days = [(one.start_on, one.start_at is not None) for one in event.fixtures]
    assert (date(2026, 11, 29), False) in days
    save(event)
    assert [one.start_on for one in event.fixtures] == [None if timed else day for day, timed in days]


def test_the_day_of_a_game_on_a_pitch_with_a_clock_of_its_own(make_event):
    event = get_event(make_event(matches=[], pitches=[{"name": "Far", "timezone": "Asia/Tokyo"}]))
    choice = round_robins.RoundRobinChoice(
        event.stages[0].groups, first_at=datetime(2026, 11, 28, 20, tzinfo=UTC), pitches=event.pitches
    )
    round_robins.make_round_robin(event, choice, by=None)
    assert {one.start_on for one in event.fixtures} == {date(2026, 11, 29)}
