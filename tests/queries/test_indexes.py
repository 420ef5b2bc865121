"""Statements that would go through all games or entries without their index, by SQLite's plan of them."""

import pytest
from flask import Flask
from sqlalchemy import text

from tests.conftest import LEAGUE
from tests.statements import statements
from timely.clock import now
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import Event
from timely.queries.game_states import states_to_save
from timely.queries.timetables import last_change
from timely.services.event_files import import_event

pytestmark = pytest.mark.usefixtures("in_app")


def plan_of(statement: str) -> list[str]:
    return [row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {statement.replace('?', 'NULL')}"))]


@pytest.fixture(autouse=True)
def league_on_sqlite(app: Flask, in_app: None) -> Event:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the plans are SQLite's")
    return import_event(read_event(LEAGUE))


def test_no_game_is_read_that_is_long_past_or_far_ahead() -> None:
    with statements() as asked:
        states_to_save(now())
    (games,) = (one for one in asked if "fixtures.state" in one)
    ranges = [line.partition("(")[2] for line in plan_of(games) if "fixtures" in line]
    assert len(ranges) == 5
    assert all("state=?" in one for one in ranges)
    # Games that are on or late are few; of all others only those of some times.
    assert sum("start_at" in one for one in ranges) == 4
    assert sum("start_on" in one for one in ranges) == 2


def test_the_last_change_of_a_timetable_is_found_without_the_entries_of_other_actions(league_on_sqlite: Event) -> None:
    with statements() as asked:
        last_change(league_on_sqlite)
    (entries,) = (one for one in asked if "FROM audit" in one)
    lines = [line for line in plan_of(entries) if "audit" in line]
    assert len(lines) == 2
    assert all("PRIMARY KEY (rowid=?)" in line or "(event_id=? AND deed=?)" in line for line in lines)
