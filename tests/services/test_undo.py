"""Undo: any sequence of actions, taken back from the last to the first, leaves the same event file, byte for byte."""

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.conftest import get_event
from timely.extensions import db
from timely.models import AuditEntry, Event, Fixture
from timely.queries.event_files import event_file_text
from timely.services import announcements, deductions, events, fixtures, pitches, results, stages, teams, walkovers
from timely.services.errors import RuleBroken
from timely.services.results import Score
from timely.services.teams import TeamDetails
from timely.services.undo import undo


def last_entry() -> AuditEntry:
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()


def test_a_result_is_undone_and_done_again(in_app, league):
    event = get_event(league)
    before = event_file_text(event)
    results.enter_score(event.fixtures[0], Score(2, 1), by=None)
    with_result = event_file_text(event)
    entry = undo(last_entry(), by=None)
    assert event_file_text(event) == before
    assert entry.action == "undo enter result"
    undo(entry, by=None)
    assert event_file_text(event) == with_result


def test_what_was_undone_is_not_undone_again(in_app, league):
    results.enter_score(get_event(league).fixtures[0], Score(2, 1), by=None)
    entry = last_entry()
    undo(entry, by=None)
    with pytest.raises(RuleBroken, match="undone already"):
        undo(entry, by=None)


def test_a_later_action_on_the_same_game_is_named(in_app, league):
    fixture = get_event(league).fixtures[0]
    results.enter_score(fixture, Score(2, 1), by=None)
    first = last_entry()
    results.enter_score(fixture, Score(3, 1), by=None, reason="miscounted")
    with pytest.raises(RuleBroken, match="Undo “correct result: Ash – Birch” first"):
        undo(first, by=None)
    assert fixture.result.home_score == 3


def test_other_games_do_not_hinder(in_app, league):
    event = get_event(league)
    results.enter_score(event.fixtures[0], Score(2, 1), by=None)
    first = last_entry()
    results.enter_score(event.fixtures[1], Score(0, 0), by=None)
    undo(first, by=None)
    assert [fixture.result is None for fixture in event.fixtures[:2]] == [True, False]


def test_a_deleted_team_comes_back_with_its_place_in_the_table(in_app, league):
    event = get_event(league)
    fixtures.delete_unplayed(event, by=None)
    before = event_file_text(event)
    teams.delete_team(event.teams[2], by=None)
    assert event_file_text(event) != before
    undo(last_entry(), by=None)
    assert event_file_text(event) == before


ACTIONS = (
    *("score", "correct", "take back", "walkover", "move", "postpone", "delete"),
    *("deduct", "announce", "rename", "pitch"),
)


def do(kind: str, event: Event, random: Random) -> None:
    """One action of that kind on something of the event; RuleBroken where the rules say no."""
    games: list[Fixture] = list(event.fixtures)
    game = random.choice(games) if games else None
    if kind == "deduct":
        deductions.deduct(event, random.choice(event.teams), random.randint(1, 6), reason="late kit", by=None)
    elif kind == "announce":
        announcements.announce(event, **note(random), by=None)
    elif kind == "rename":
        team = random.choice(event.teams)
        teams.change_teams(event, {team.id: TeamDetails(f"Name {random.random()}", "#123456")}, by=None)
    elif kind == "pitch":
        pitches.add_pitches(event, f"Court {random.random()}", by=None)
    elif game is None:
        raise RuleBroken("no game is left")
    elif kind in ("score", "correct"):
        results.enter_score(game, Score(random.randint(0, 9), random.randint(0, 9)), by=None, reason="seen again")
    elif kind == "take back":
        results.take_back(game, by=None)
    elif kind == "walkover":
        walkovers.award_walkover(game, random.choice(["home", "away"]), by=None)
    elif kind == "move":
        at = datetime(2026, 11, 28, random.randint(8, 20), tzinfo=UTC)
        fixtures.reschedule(game, start_at=at, pitch=random.choice(event.pitches), by=None)
    elif kind == "postpone":
        fixtures.set_status(game, "POSTPONED", by=None)
    elif kind == "delete":
        fixtures.delete_fixture(game, by=None)


def note(random: Random) -> dict[str, Any]:
    return {"title": f"Note {random.random()}", "message": "Read it", "priority": random.choice(["normal", "urgent"])}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=12), seed=st.integers(0, 10**6))
def test_any_sequence_of_actions_is_undone_to_the_byte(in_app, make_event, kinds, seed):
    event = get_event(make_event())
    random = Random(seed)
    files = [event_file_text(event)]
    entries = []
    for kind in kinds:
        before = last_entry().id
        try:
            do(kind, event, random)
        except RuleBroken:
            continue
        if last_entry().id != before:
            entries.append(last_entry().id)
            files.append(event_file_text(event))
    for entry_id, file in zip(reversed(entries), reversed(files[:-1]), strict=True):
        undo(db.session.get_one(AuditEntry, entry_id), by=None)
        assert event_file_text(event) == file


def test_nothing_that_deleted_a_whole_event_is_offered(in_app, league):
    event = get_event(league)
    events.delete_event(event, name=event.name, by=None)
    with pytest.raises(RuleBroken, match="cannot be undone"):
        undo(last_entry(), by=None)


def test_groups_made_anew_are_undone(in_app, league):
    event = get_event(league)
    fixtures.delete_unplayed(event, by=None)
    before = event_file_text(event)
    stages.split_into_groups(event, {"A": event.teams[:2], "B": event.teams[2:]}, by=None)
    undo(last_entry(), by=None)
    assert event_file_text(event) == before


def test_two_names_that_were_swapped_are_swapped_back(in_app, league):
    event = get_event(league)
    before = event_file_text(event)
    one, other = event.teams[:2]
    teams.change_teams(event, {one.id: TeamDetails(other.name), other.id: TeamDetails(one.name)}, by=None)
    assert (one.name, other.name) == ("Birch", "Ash")
    undo(last_entry(), by=None)
    assert event_file_text(event) == before


def test_what_was_changed_without_a_deed_since_is_said_to_have_changed(in_app, league):
    event = get_event(league)
    pitches.change_pitch(event.pitches[0], "Court 1", by=None)
    entry = last_entry()
    event.pitches[0].name = "Centre court"
    db.session.commit()
    with pytest.raises(RuleBroken, match="has been changed since, so it cannot be undone any more") as broken:
        undo(entry, by=None)
    assert broken.value.code == "built_upon"
