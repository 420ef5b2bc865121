"""JSON columns of a parent are not repeated in the rows of its children: held-back tables cost what open ones do."""

import re
import tracemalloc
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tests.conftest import get_event, sign_in
from tests.statements import statements
from tests.web.test_security_headers import addresses
from timely.event_file.read import read_event
from timely.extensions import db
from timely.live import messages
from timely.live.topics import topics_of
from timely.models import Event, Fixture
from timely.models.base import Base
from timely.models.columns import Json
from timely.queries.parents import with_names
from timely.queries.schedule import schedule
from timely.queries.timetables import all_fixtures
from timely.services.event_files import import_event
from timely.services.freeze import freeze

JSON_COLUMNS = {
    table.name: [column.name for column in table.columns if isinstance(column.type, Json)]
    for table in Base.metadata.tables.values()
}
OF_ONE = re.compile(r"\nWHERE \w+\.(id|slug) = \S+\s*$")
TEAMS = [f"Team {number}" for number in range(12)]


def joined_json(statement: str) -> list[str]:
    """The JSON columns that a statement takes from a table of which a row may come several times."""
    selected, _, tables = statement.partition("\nFROM ")
    if OF_ONE.search(tables):
        return []  # one record has each parent once
    first = tables.split()[0] if tables else ""
    found = []
    for table, columns in JSON_COLUMNS.items():
        # Of a fixture there is one result; and what a statement is about comes once.
        if table not in (first, "results"):
            found += [one for one in columns if re.search(rf"\b{table}(_\d+)?\.{one}\b", selected)]
    return found


def test_a_statement_that_repeats_a_parent_is_known() -> None:
    names = (joinedload(Fixture.event), joinedload(Fixture.stage), joinedload(Fixture.home_team))
    assert "frozen" in joined_json(str(select(Fixture).options(*names)))
    assert joined_json(str(select(Event))) == []
    assert joined_json(str(select(Fixture).options(*with_names()))) == []


def test_no_page_and_no_message_repeats_the_json_of_a_parent(
    app: Flask, client: FlaskClient, league: int, admin: int
) -> None:
    with app.app_context():
        freeze(get_event(league), by=None)
        with statements() as asked:
            for topic in ("events", *topics_of(league)):
                messages.build(topic, 0)
    sign_in(client, admin)
    with app.app_context(), statements() as of_pages:
        for _, path in addresses(app, league):
            client.get(path)
    asked += of_pages
    assert len(asked) > 200
    assert {statement: found for statement in asked if (found := joined_json(statement))} == {}


def cup(games: int) -> int:
    """The id of an event whose tables are held back, with so many games played."""
    pairs = list(permutations(TEAMS, 2))
    matches = [
        {"home": home, "away": away, "home_score": n % 4, "away_score": n % 3, "round": f"Round {n}"}
        for n in range(games)
        for home, away in [pairs[n % len(pairs)]]
    ]
    file = {"name": f"Cup of {games}", "sport": "football", "teams": TEAMS, "matches": matches}
    event = import_event(read_event(file))
    freeze(event, by=None)
    return event.id


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("read", [schedule, all_fixtures, lambda event: messages.BUILDERS["results"][1](event, None)])
def test_memory_grows_with_the_games_and_not_with_their_square(read: Callable[[Any], Any]) -> None:
    peaks = []
    for games in (100, 400):
        event_id = cup(games)
        db.session.remove()
        event = get_event(event_id)
        tracemalloc.start()
        read(event)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 6 * peaks[0], peaks


@pytest.mark.usefixtures("in_app")
def test_an_events_games_come_in_one_statement_and_one_for_each_kind_of_parent(league: int) -> None:
    event = get_event(league)
    with statements() as asked:
        names = [(one.event.name, one.stage.kind, one.home_name, one.result) for one in schedule(event)]
    assert len(names) == db.session.query(Fixture).count()
    assert len(asked) == 5
