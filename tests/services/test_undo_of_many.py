"""Undo among many later actions: what is read of them has a bound, and the one that is built upon is named."""

import pytest
from sqlalchemy import insert, select

from tests.conftest import get_event
from tests.statements import statements
from timely.extensions import db
from timely.models import AuditEntry, Event, Fixture
from timely.services import results, teams
from timely.services.errors import RuleBroken
from timely.services.score_validation import Score
from timely.services.teams import TeamDetails
from timely.services.undo import MOST_LOOKED_AT, undo

pytestmark = pytest.mark.usefixtures("in_app")


def newest() -> AuditEntry:
    return db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()


def add_entries(event: Event, count: int) -> None:
    """Later actions on rows that are nobody else's."""
    changed = {"table": "pitches", "before": {"name": "A"}, "after": {"name": "B"}}
    rows = [
        {
            "by": "Ada",
            "action": "change pitch",
            "event_id": event.id,
            "subject": "B",
            "changes": [changed | {"id": 900 + n}],
        }
        for n in range(count)
    ]
    db.session.execute(insert(AuditEntry), rows)
    db.session.commit()


def refusal(entry: AuditEntry) -> tuple[str, int]:
    """The sentence, and how many statements it took."""
    with statements() as asked, pytest.raises(RuleBroken) as broken:
        undo(entry, by=None)
    return broken.value.message, len(asked)


@pytest.mark.parametrize("others", [1, 5, MOST_LOOKED_AT + 5])
def test_the_later_result_of_a_game_is_named_however_much_came_after_it(league: int, others: int) -> None:
    event = get_event(league)
    fixture: Fixture = event.fixtures[0]
    results.enter_score(fixture, Score(2, 1), by=None)
    first = newest()
    results.enter_score(fixture, Score(3, 1), by=None, reason="miscounted")
    add_entries(event, others)
    assert refusal(first)[0] == "Something later builds on this. Undo “correct result: Ash – Birch” first."


def test_entries_are_not_read_one_by_one_nor_all_of_them(league: int) -> None:
    event = get_event(league)
    team = event.teams[0]
    teams.change_teams(event, {team.id: TeamDetails("Oak")}, by=None)
    first = newest()
    teams.change_teams(event, {team.id: TeamDetails("Elm")}, by=None)
    add_entries(event, MOST_LOOKED_AT - 1)
    found, few = refusal(first)
    assert "Undo “" in found
    add_entries(event, 1)
    found, many = refusal(first)
    assert "has been changed since, so it cannot be undone any more" in found
    assert many == few
