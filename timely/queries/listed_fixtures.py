"""Fixtures as plain records, for lists of hundreds: the ORM takes several times as long to make its objects of them."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select

from timely.extensions import db
from timely.models import Fixture, Group, Pitch, Result, Stage, Team
from timely.models.fixture import DerivedFields
from timely.models.read_only import EventView
from timely.queries import row_order

Parent = TypeVar("Parent", Team, Stage, Group, Pitch)


@dataclass(slots=True)
class ListedResult:
    """A result, with the columns of its table."""

    event_id: int
    fixture_id: int
    home_score: int
    away_score: int
    home_pens: int | None
    away_pens: int | None
    extra: dict[str, Any]
    status: str
    running: bool
    annulled: bool
    decided: str
    decided_by: str
    entered_by: str
    entered_at: datetime


@dataclass(slots=True)
class ListedFixture(DerivedFields):
    """A fixture, with the columns of its table first, then the records that it names."""

    id: int
    event_id: int
    stage_id: int
    group_id: int | None
    round: str
    code: str
    leg: int | None
    home_team_id: int | None
    away_team_id: int | None
    home_source: dict[str, Any] | None
    away_source: dict[str, Any] | None
    home_label: str
    away_label: str
    start_on: date | None
    start_at: datetime | None
    venue: str
    venue_timezone: str
    pitch_id: int | None
    locked: bool
    ruling: str
    saved_no: int | None
    status: str
    state: str
    version: int
    event: EventView
    stage: Stage
    group: Group | None
    home_team: Team | None
    away_team: Team | None
    pitch: Pitch | None
    result: ListedResult | None


OF_FIXTURE = [one.name for one in fields(ListedFixture) if one.name in Fixture.__table__.c]
OF_RESULT = [one.name for one in fields(ListedResult)]
# Built once: building it takes longer than reading a short list.
LISTED = (
    select(*(getattr(Fixture, name) for name in OF_FIXTURE), *(getattr(Result, name) for name in OF_RESULT))
    .outerjoin(Fixture.result)
    .where(Fixture.event_id == bindparam("event_id"))
    .order_by(*row_order.FIXTURES)
)
CODED = LISTED.where(Fixture.code != "")
PARENTS: dict[type[Any], Select[Any]] = {
    kind: select(kind).where(kind.event_id == bindparam("event_id")) for kind in (Stage, Group, Team, Pitch)
}


def listed_fixtures(event: EventView, *, is_coded: bool = False) -> list[ListedFixture]:
    """All fixtures of the event in order, or those of knockout ties, as they are recorded; in five statements."""
    stages, groups = _by_id(Stage, event), _by_id(Group, event)
    teams, pitches = _by_id(Team, event), _by_id(Pitch, event)
    last = len(OF_FIXTURE)
    fixture: Callable[..., ListedFixture] = ListedFixture  # whose columns mypy cannot count
    return [
        fixture(
            *row[:last],
            event=event,
            stage=stages[row.stage_id],
            group=groups.get(row.group_id),
            home_team=teams.get(row.home_team_id),
            away_team=teams.get(row.away_team_id),
            pitch=pitches.get(row.pitch_id),
            result=None if row.fixture_id is None else ListedResult(*row[last:]),
        )
        for row in db.session.execute(CODED if is_coded else LISTED, {"event_id": event.id})
    ]


def _by_id(kind: type[Parent], event: EventView) -> dict[int | None, Parent]:
    return {one.id: one for one in db.session.scalars(PARENTS[kind], {"event_id": event.id})}
