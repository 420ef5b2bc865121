"""Holds the tables back from the public before the prize-giving, and shows them again."""

from datetime import datetime
from typing import Any

from timely.clock import now, stamp
from timely.database.transactions import writing
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.models import Event, Fixture, Result, User
from timely.queries.held_event import ORDERS
from timely.queries.held_fixture import RESULT
from timely.queries.tables import groups_over
from timely.queries.timetables import all_fixtures
from timely.services import audit
from timely.services.errors import RuleBroken


def freeze(event: Event, *, by: User | None) -> None:
    """Holds tables, results and bracket back: the public sees them as they are now. Raises RuleBroken."""
    with writing():
        if event.frozen is not None:
            raise RuleBroken(lazy_gettext("The tables are held back already."), code="frozen")
        event.frozen = frozen_state(event, now())
        audit.record(gettext_noop("hold the tables back"), event.name, by=by, event_id=event.id)


def reveal(event: Event, *, by: User | None) -> None:
    """Shows everything to everybody again: one message on each topic. Raises RuleBroken."""
    with writing():
        if event.frozen is None:
            raise RuleBroken(lazy_gettext("The tables are not held back."), code="not_frozen")
        event.frozen = None
        audit.record(gettext_noop("show the tables"), event.name, by=by, event_id=event.id)


def frozen_state(event: Event, at: datetime) -> dict[str, Any]:
    """The value of `Event.frozen`: what orders the tables, and every game whose score or sides come from results."""
    return {
        "at": stamp(at),
        **{name: getattr(event, name) for name in ORDERS},
        "groups_over": {str(id_): is_over for id_, is_over in groups_over(event).items()},
        "deductions": [[one.team_id, one.points] for one in event.deductions],
        "withdrawn": {str(team.id): team.withdrawn for team in event.teams if team.withdrawn},
        "fixtures": {str(one.id): _held(one) for one in all_fixtures(event) if _reveals_result(one)},
    }


def _reveals_result(fixture: Fixture) -> bool:
    is_filled = (fixture.home_source and fixture.home_team_id) or (fixture.away_source and fixture.away_team_id)
    return bool(is_filled or _counts(fixture.result))


def _counts(result: Result | None) -> bool:
    return result is not None and not result.running


def _held(fixture: Fixture) -> dict[str, Any]:
    data: dict[str, Any] = {
        "home_id": fixture.home_team_id,
        "away_id": fixture.away_team_id,
        "group_id": fixture.group_id,
        "start_on": fixture.start_on.isoformat() if fixture.start_on else None,
        "start_at": fixture.start_at.isoformat() if fixture.start_at else None,
        "ruling": fixture.ruling,
    }
    result = fixture.result
    if result is not None and not result.running:
        data |= {"status": fixture.status, "saved_no": fixture.saved_no}
        data["result"] = {
            **{name: getattr(result, name) for name in RESULT},
            "entered_by": result.entered_by,
            "entered_at": result.entered_at.isoformat(),
        }
    return data
