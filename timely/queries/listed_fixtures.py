"""Fixtures as plain records, for lists of hundreds: the ORM takes several times as long to make its objects of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import selectinload

from timely.extensions import db
from timely.models import Event, Fixture, Group, Pitch, Result, Stage, Team
from timely.models.fixture import DerivedFields
from timely.models.read_only import EventView
from timely.queries import row_order
from timely.queries.events import FOR_LISTS, IS_PUBLIC

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
_ALL = (
    select(*(getattr(Fixture, name) for name in OF_FIXTURE), *(getattr(Result, name) for name in OF_RESULT))
    .outerjoin(Fixture.result)
    .order_by(*row_order.FIXTURES)
)
LISTED = _ALL.where(Fixture.event_id == bindparam("event_id"))
CODED = LISTED.where(Fixture.code != "")
ON_DAY = _ALL.where(Fixture.start_on == bindparam("day"), Fixture.event_id.in_(select(Event.id).where(IS_PUBLIC)))
EVENTS = (
    select(Event)
    .where(Event.id.in_(bindparam("ids", expanding=True)))
    .options(*FOR_LISTS, selectinload(Event.divisions))
)
PARENTS: dict[type[Any], Select[Any]] = {
    kind: select(kind).where(kind.event_id == bindparam("event_id")) for kind in (Stage, Group, Team, Pitch)
}
NAMED: dict[type[Any], Select[Any]] = {
    kind: select(kind).where(kind.id.in_(bindparam("ids", expanding=True))) for kind in PARENTS
}


def listed_fixtures(event: EventView, *, is_coded: bool = False) -> list[ListedFixture]:
    """All fixtures of the event in order, or those of knockout ties, as they are recorded; in five statements."""
    rows = db.session.execute(CODED if is_coded else LISTED, {"event_id": event.id}).all()

    def of_event(kind: type[Parent], *names: str) -> dict[int | None, Parent]:
        return {one.id: one for one in db.session.scalars(PARENTS[kind], {"event_id": event.id})}

    return _records(rows, {event.id: event}, of_event)


def listed_on(day: date) -> list[ListedFixture]:
    """The fixtures of a day over all public events, in order, as they are recorded; only what they name is loaded."""
    rows = db.session.execute(ON_DAY, {"day": day}).all()

    def named(kind: type[Parent], *names: str) -> dict[int | None, Parent]:
        ids = {getattr(row, name) for row in rows for name in names} - {None}
        return {one.id: one for one in db.session.scalars(NAMED[kind], {"ids": list(ids)})} if ids else {}

    events = db.session.scalars(EVENTS, {"ids": list({row.event_id for row in rows})})
    return _records(rows, {one.id: one for one in events}, named)


def _records(
    rows: Sequence[Row[Any]], events: Mapping[int, EventView], load: Callable[..., dict[int | None, Any]]
) -> list[ListedFixture]:
    """*load(kind, *columns)* gives the records of a kind that these columns name, by id."""
    stages, groups, pitches = load(Stage, "stage_id"), load(Group, "group_id"), load(Pitch, "pitch_id")
    teams = load(Team, "home_team_id", "away_team_id")
    last = len(OF_FIXTURE)
    fixture: Callable[..., ListedFixture] = ListedFixture  # whose columns mypy cannot count
    return [
        fixture(
            *row[:last],
            event=events[row.event_id],
            stage=stages[row.stage_id],
            group=groups.get(row.group_id),
            home_team=teams.get(row.home_team_id),
            away_team=teams.get(row.away_team_id),
            pitch=pitches.get(row.pitch_id),
            result=None if row.fixture_id is None else ListedResult(*row[last:]),
        )
        for row in rows
    ]
