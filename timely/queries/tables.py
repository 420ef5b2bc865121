"""Tables of an event: each group's teams in order, with the places gained by the latest result."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from sqlalchemy import case, func, select

from timely.domain.rules.rules import Rules
from timely.domain.scores.score import winner
from timely.domain.scores.sets import given_sets
from timely.domain.standings.columns import Column, columns, own_figures
from timely.domain.standings.outcome import Outcome, forfeited_by
from timely.domain.standings.standings import Standing, standings
from timely.extensions import db
from timely.models import Deduction, Division, Entry, Event, Fixture, Group, Result, Stage, Team
from timely.models.columns import note_unreadable
from timely.queries.public_view import HeldEvent, held
from timely.queries.qualifying import WaysThrough, ways_through, zones

# A group is complete when all its games have one of these states.
OVER = ("FINISHED", "WALKOVER", "CANCELLED")
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
    """A group's table. `outcomes` are the games that count, in the order of play.

    `is_over`: it has games, and none of them is left. `ways` are the places of its division that qualify.
    """

    group: Group
    columns: Sequence[Column]
    lines: list[Line]
    is_over: bool = False
    outcomes: Sequence[Outcome] = ()
    ways: WaysThrough = field(default_factory=WaysThrough)


@dataclass(frozen=True, slots=True)
class CountedResult:
    """One result that counts in a table, with the keys that order it by time of play."""

    fixture_id: int
    group_id: int
    start_on: date | None
    start_at: datetime | None
    saved_no: int
    outcome: Outcome

    @property
    def played_order(self) -> tuple[date, datetime, int]:
        return (self.start_on or date.max, self.start_at or LONG_AGO, self.fixture_id)


def leaderboard(event: Event, rules: Rules | None = None) -> list[Table]:
    """The event's tables in order; with *rules*, as they would be under those."""
    rules = rules or event.order_rules
    teams = {team.id: team for team in db.session.scalars(select(Team).where(Team.event_id == event.id))}
    entries: dict[int, list[int]] = {}
    for group_id, team_id in db.session.execute(
        select(Entry.group_id, Entry.team_id).where(Entry.event_id == event.id).order_by(Entry.id)
    ):
        entries.setdefault(group_id, []).append(team_id)
    results = counted_results(event, rules)
    orders = deciding_orders(event)
    over = groups_over(event)
    columns_, figures = columns(event.sport_kind, rules), own_figures(event.sport_kind, rules)
    ways = ways_through(event)
    as_held = held(event)
    tables = []
    for group in _groups(event):
        # A tie that nothing has decided must not look decided: such teams are shown by name, and marked as tied.
        members = sorted(entries.get(group.id, []), key=lambda team_id: teams[team_id].name.casefold())
        is_over = over.get(group.id, False)
        played = results.get(group.id, [])
        members, gone = _without_the_gone(members, played, {id_ for id_ in members if _left(teams[id_], as_held)})
        table = standings_of(members, played, rules, orders, complete=is_over)
        table += _at_the_end(gone, len(members), rules, orders)
        before = _positions_before_latest(members, played, rules, orders)
        way = ways.get(group.stage.division_id, WaysThrough())
        through = zones(table, partial(way.zone, group.name))
        lines = [
            Line(
                standing=standing,
                team=teams[int(standing.team)],  # type: ignore[call-overload]  # the domain takes any key; ours are ids
                moved=before.get(standing.team, standing.position) - standing.position,
                zone=_left(teams[int(standing.team)], as_held)  # type: ignore[call-overload]
                or zone,
                figures=figures,
            )
            for standing, zone in zip(table, through, strict=True)
        ]
        tables.append(Table(group, columns_, lines, is_over, [one.outcome for one in played], way))
    return tables


def standings_of(
    members: list[int], results: list[CountedResult], rules: Rules, orders: dict[str, Any], *, complete: bool
) -> list[Standing]:
    """The standings of the members, by results in the order of play.

    *complete*: no game of the table is left; some rulebooks rank differently until then.
    """
    return standings(members, [result.outcome for result in results], rules, complete=complete, **orders)


def _without_the_gone(members: list[int], results: list[CountedResult], left: set[int]) -> tuple[list[int], list[int]]:
    """(members, gone): withdrawn teams without counted results are not ranked."""
    left = left - {id_ for one in results for id_ in (one.outcome.home, one.outcome.away)}
    return [id_ for id_ in members if id_ not in left], [id_ for id_ in members if id_ in left]


def _at_the_end(gone: list[int], after: int, rules: Rules, orders: dict[str, Any]) -> list[Standing]:
    """Lines of the withdrawn teams, below all others, each with a position of its own since nothing could rank them."""
    lines = standings_of(gone, [], rules, orders, complete=True) if gone else []
    return [replace(line, position=after + number, tied=False) for number, line in enumerate(lines, 1)]


def _positions_before_latest(
    members: list[int], results: list[CountedResult], rules: Rules, orders: dict[str, Any]
) -> dict[Any, int]:
    if not results:
        return {}
    latest = max(results, key=lambda result: result.saved_no)
    earlier = [result for result in results if result is not latest]
    if not earlier:
        return {}  # before the first result there was no order to move in
    return {line.team: line.position for line in standings_of(members, earlier, rules, orders, complete=False)}


def groups_over(event: Event) -> dict[int, bool]:
    """{group id: whether none of its games is left}; a game whose result does not count yet is left."""
    if as_held := held(event):
        return as_held.groups_over
    counts = (
        (Result.fixture_id == Fixture.id)
        & Result.running.is_(False)
        & Result.status.in_(event.counted_statuses)
        & Fixture.status.in_(OVER)
    )
    is_left = Result.id.is_(None) & (Fixture.status != "CANCELLED")
    rows = db.session.execute(
        select(Fixture.group_id, func.sum(case((is_left, 1), else_=0)))
        .outerjoin(Result, counts)
        .where(Fixture.event_id == event.id, Fixture.group_id.is_not(None))
        .group_by(Fixture.group_id)
    )
    return {group_id: left == 0 for group_id, left in rows if group_id is not None}


def _left(team: Team, as_held: HeldEvent | None) -> str:
    """How the team has left the event, which is also its zone: "withdrawn" or "expelled"; "" while it plays."""
    return as_held.withdrawn_of(team.id) if as_held else team.withdrawn


def _groups(event: Event) -> Iterable[Group]:
    return db.session.scalars(
        select(Group)
        .join(Stage)
        .outerjoin(Division, Stage.division_id == Division.id)
        .where(Group.event_id == event.id)
        .order_by(func.coalesce(Division.position, 0), Stage.position, Group.position)
    )


def counted_results(event: Event, rules: Rules | None = None) -> dict[int, list[CountedResult]]:
    """{group id: its results in the order of play}; with *rules*, as they count under those."""
    as_held, rules, sport = held(event), rules or event.order_rules, event.sport_kind
    found: dict[int, list[CountedResult]] = {}
    for row in as_held.counted_rows() if as_held else _counted_rows(event):
        if not (isinstance(row.home_score, int) and isinstance(row.away_score, int)):
            note_unreadable("score", (row.home_score, row.away_score))
            continue
        score = row.home_score, row.away_score
        forfeit = forfeited_by(*score) if row.status == "WALKOVER" else ""
        extra = row.extra
        if forfeit and not extra.get("sets"):
            extra = extra | {"sets": given_sets(score, sport, rules)}
        late = winner(*score, row.home_pens, row.away_pens) if score[0] == score[1] else None
        outcome = Outcome(row.home_team_id, row.away_team_id, *score, extra, forfeit, late or "")
        found.setdefault(row.group_id, []).append(
            CountedResult(row.id, row.group_id, row.start_on, row.start_at, row.saved_no or 0, outcome)
        )
    for results in found.values():
        results.sort(key=lambda result: result.played_order)
    return found


def _counted_rows(event: Event) -> Iterable[Any]:
    return db.session.execute(
        select(
            Fixture.id,
            Fixture.group_id,
            Fixture.start_on,
            Fixture.start_at,
            Fixture.saved_no,
            Fixture.status,
            Fixture.home_team_id,
            Fixture.away_team_id,
            Result.home_score,
            Result.away_score,
            Result.home_pens,
            Result.away_pens,
            Result.extra,
        )
        .join(Result, Result.fixture_id == Fixture.id)
        .where(
            Fixture.event_id == event.id,
            Fixture.group_id.is_not(None),
            Result.running.is_(False),
            Result.annulled.is_(False),
            Result.status.in_(event.counted_statuses),
        )
        .order_by(Fixture.id)
    )


def deciding_orders(event: Event) -> dict[str, Any]:
    """What decides beside the results: deducted points, orders by hand such as lots, fair-play totals."""
    deductions: dict[int, int] = {}
    as_held = held(event)
    for team_id, points in as_held.points_off if as_held else _points_off(event):
        deductions[team_id] = deductions.get(team_id, 0) + points
    return {
        "deductions": deductions,
        "manual_order": event.manual_order,
        "fair_play_totals": {int(team): points for team, points in event.fair_play_totals.items()},
    }


def _points_off(event: Event) -> Iterable[Any]:
    return db.session.execute(select(Deduction.team_id, Deduction.points).where(Deduction.event_id == event.id))
