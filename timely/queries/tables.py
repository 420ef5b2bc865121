"""The tables of an event: each group's teams in order, with what moved last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from timely.domain.columns import Column, columns, own_figures
from timely.domain.outcomes import Outcome
from timely.domain.standings import Standing, standings
from timely.extensions import db
from timely.models import Deduction, Entry, Event, Fixture, Group, Result, Stage, Team

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """A standing with its team, the places it gained by the latest saved result, and its zone.

    `figures` are the keys of the row that this event's rules add to the common ones.
    """

    standing: Standing
    team: Team
    moved: int
    zone: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    group: Group
    columns: Sequence[Column]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class CountedResult:
    """One result that counts in a table, with what its place in time is known by."""

    fixture_id: int
    group_id: int
    start_on: date | None
    start_at: datetime | None
    saved_no: int
    outcome: Outcome

    @property
    def played_order(self) -> tuple[date, datetime, int]:
        return (self.start_on or date.max, self.start_at or LONG_AGO, self.fixture_id)


def leaderboard(event: Event) -> list[Table]:
    """The event's tables in order."""
    teams = {team.id: team for team in db.session.scalars(select(Team).where(Team.event_id == event.id))}
    entries: dict[int, list[int]] = {}
    for group_id, team_id in db.session.execute(
        select(Entry.group_id, Entry.team_id).where(Entry.event_id == event.id).order_by(Entry.id)
    ):
        entries.setdefault(group_id, []).append(team_id)
    results = _counted_results(event)
    orders = _orders(event)
    columns_ = columns(event.sport_kind, event.order_rules)
    through, figures = _places_through(event), own_figures(event.sport_kind, event.order_rules)
    tables = []
    for group in _groups(event):
        # The order in which an undecided tie is shown must not look like a verdict: by name, and marked as tied.
        members = sorted(entries.get(group.id, []), key=lambda team_id: teams[team_id].name.casefold())
        table = standings_of(members, results.get(group.id, []), event, orders)
        before = _positions_before_latest(members, results.get(group.id, []), event, orders)
        lines = [
            Line(
                standing=standing,
                team=teams[int(standing.team)],  # type: ignore[call-overload]  # the domain takes any key; ours are ids
                moved=before.get(standing.team, standing.position) - standing.position,
                zone="through" if (group.name, standing.position) in through else "",
                figures=figures,
            )
            for standing in table
        ]
        tables.append(Table(group, columns_, lines))
    return tables


def standings_of(
    members: list[int], results: list[CountedResult], event: Event, orders: dict[str, Any]
) -> list[Standing]:
    """The members in order, by results that stand in the order in which they were played."""
    return standings(members, [result.outcome for result in results], event.order_rules, **orders)


def _positions_before_latest(
    members: list[int], results: list[CountedResult], event: Event, orders: dict[str, Any]
) -> dict[Any, int]:
    if not results:
        return {}
    latest = max(results, key=lambda result: result.saved_no)
    earlier = [result for result in results if result is not latest]
    if not earlier:
        return {}  # before the first result there was no order to move in
    return {line.team: line.position for line in standings_of(members, earlier, event, orders)}


def _groups(event: Event) -> Iterable[Group]:
    return db.session.scalars(
        select(Group).join(Stage).where(Group.event_id == event.id).order_by(Stage.position, Group.position)
    )


def _counted_results(event: Event) -> dict[int, list[CountedResult]]:
    """{group id: its results in the order in which they were played}."""
    rows = db.session.execute(
        select(
            Fixture.id,
            Fixture.group_id,
            Fixture.start_on,
            Fixture.start_at,
            Fixture.saved_no,
            Fixture.home_team_id,
            Fixture.away_team_id,
            Result.home_score,
            Result.away_score,
            Result.extra,
        )
        .join(Result, Result.fixture_id == Fixture.id)
        .where(
            Fixture.event_id == event.id,
            Fixture.group_id.is_not(None),
            Result.running.is_(False),
            Result.status.in_(event.counted_statuses),
        )
        .order_by(Fixture.id)
    )
    found: dict[int, list[CountedResult]] = {}
    for row in rows:
        outcome = Outcome(row.home_team_id, row.away_team_id, row.home_score, row.away_score, row.extra)
        found.setdefault(row.group_id, []).append(
            CountedResult(row.id, row.group_id, row.start_on, row.start_at, row.saved_no or 0, outcome)
        )
    for results in found.values():
        results.sort(key=lambda result: result.played_order)
    return found


def _orders(event: Event) -> dict[str, Any]:
    """What decides beside the results: points taken off, lots, ranks from outside, fair-play totals."""
    deductions: dict[int, int] = {}
    for team_id, points in db.session.execute(
        select(Deduction.team_id, Deduction.points).where(Deduction.event_id == event.id)
    ):
        deductions[team_id] = deductions.get(team_id, 0) + points
    return {
        "deductions": deductions,
        "manual_order": event.manual_order,
        "fair_play_totals": {int(team): points for team, points in event.fair_play_totals.items()},
    }


def _places_through(event: Event) -> set[tuple[str, int]]:
    """The (group, position) pairs that fill a knockout slot."""
    return {(place[0], place[1]) for slot in event.slots for place in slot["teams"]}
