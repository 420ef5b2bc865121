"""The games that may be in another state by now: what the database reads to find them, every second."""

import pytest
from flask import Flask
from sqlalchemy import text

from tests.conftest import LEAGUE
from tests.statements import statements
from timely.clock import now
from timely.event_file.read import read_event
from timely.extensions import db
from timely.queries.game_states import states_to_save
from timely.services.event_files import import_event


def plan_of(statement: str) -> list[str]:
    return [row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {statement.replace('?', 'NULL')}"))]


@pytest.mark.usefixtures("in_app")
def test_no_game_is_read_that_is_long_past_or_far_ahead(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    import_event(read_event(LEAGUE))
    with statements() as asked:
        states_to_save(now())
    (games,) = (one for one in asked if "fixtures.state" in one)
    ranges = [line.partition("(")[2] for line in plan_of(games) if "fixtures" in line]
    assert len(ranges) == 5
    assert all("state=?" in one for one in ranges)
    # Games that are on or late are few; of all others only those of some times.
    assert sum("start_at" in one for one in ranges) == 4
