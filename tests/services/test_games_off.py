"""Games that will not be played hold neither pitch nor time: not for the late form, the timetable, or who looks on."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import LEAGUE, get_event, sign_in
from timely.domain.timetable import Settings, violations
from timely.presenters.fixture_rows import fixture_row
from timely.queries.schedule import next_up, on_now
from timely.queries.timetables import timetable
from timely.services import delays, fixtures, timetables
from timely.services.delays import Delay
from timely.services.events import set_event_status
from timely.services.scheduled_jobs import run_due_jobs
from timely.services.withdrawals import withdraw


@pytest.fixture
def event(in_app, make_event, set_clock):
    """Ash has withdrawn, its opponents are given its games; then Birch – Cedar is put where Ash would have played."""
    set_clock(datetime(2026, 11, 28, 9, 0, tzinfo=UTC))
    event = get_event(make_event())
    set_event_status(event, "LIVE", by=None)
    timetables.set_timetable_hours(event, Settings(20, 5, 10), by=None)
    withdraw(event.teams[0], "withdrawn", way="award", by=None)
    walkover, last = event.fixtures[2], event.fixtures[5]
    assert walkover.status == "WALKOVER"
    fixtures.patch(event.fixtures[3], start_at=walkover.start_at + timedelta(hours=1), by=None)
    fixtures.patch(last, start_at=walkover.start_at, pitch=walkover.pitch, by=None)
    return event


def test_the_timetable_has_no_ghosts(event):
    table = timetable(event)
    assert {game.key for game in table.games} == {event.fixtures[n].id for n in (1, 3, 5)}
    assert violations(table.games, table.pitches, table.spacing) == []


def test_a_pitch_that_runs_late_moves_only_what_is_played(event):
    plan = delays.plan_delay(event, Delay(event.fixtures[2].start_at, 15, event.pitches[0]))
    assert [move.game for move in plan.moves] == [event.fixtures[5].id]
    assert not any(delays.may_wait(game) for game in event.fixtures if game.status == "WALKOVER")


def test_nobody_is_sent_to_a_pitch_for_them(event):
    rows = [fixture_row(game) for game in event.fixtures]
    assert [(row["pitch"], row["state"], row["status_text"]) for row in rows if row["status"] == "WALKOVER"] == [
        ("", "FINISHED", "Walkover")
    ] * 3
    assert [game.home_name for game in next_up(event)] == ["Cedar", "Birch", "Birch"]


def test_the_game_that_is_there_instead_is_on(event, set_clock):
    moment = datetime(2026, 11, 28, 11, 1, tzinfo=UTC)
    set_clock(moment)
    run_due_jobs(moment)
    assert [(game.home_name, game.away_name) for game in on_now(event)] == [("Birch", "Cedar")]


@pytest.mark.parametrize("status", ["CANCELLED", "ABANDONED"])
def test_called_off_games_are_no_different(in_app, make_event, status):
    event = get_event(make_event(matches=[{**LEAGUE["matches"][0]}]))
    fixtures.set_status(event.fixtures[0], status, by=None)
    assert timetable(event).games == []
    assert fixture_row(event.fixtures[0])["pitch"] == ""


def test_the_late_form_and_the_timetable_do_not_name_them(app, client, admin, event):
    sign_in(client, admin)
    for path in ("late/", "timetable/"):
        page = client.get(f"/admin/events/{event.id}/{path}").text
        assert "Cedar" in page
        assert "Ash" not in page
