"""Tables of an event: each group's teams in order, with the places gained by the latest result."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import contains_eager, defer

from timely.domain.rules.rules import Rules
from timely.domain.standings.columns import Column, columns, own_figures
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standings import Standing, standings
from timely.extensions import db
from timely.models import Deduction, Division, Entry, Fixture, Group, Result, Stage, Team
from timely.models.base import table_of
from timely.models.read_only import EventView
from timely.queries.counted_results import CountedResult, counted_results
from timely.queries.held_event import HeldEvent
from timely.queries.public_view import held
from timely.queries.qualifying import WaysThrough, ways_through, zones

# A group is complete when all its games have one of these states.
OVER = ("FINISHED", "WALKOVER", "CANCELLED")

# Built once: asked for with each result, and each table that is drawn.
TEAMS = select(Team).where(Team.event_id == bindparam("event_id"))
_fixtures, _results = table_of(Fixture), table_of(Result)
_entry, _deduction, _fixture, _result = table_of(Entry).c, table_of(Deduction).c, _fixtures.c, _results.c
ENTRIES = select(_entry.group_id, _entry.team_id).where(_entry.event_id == bindparam("event_id")).order_by(_entry.id)
DEDUCTIONS = select(_deduction.team_id, _deduction.points).where(_deduction.event_id == bindparam("event_id"))
GROUPS = (
    select(Group)
    .join(Group.stage)
    .outerjoin(Stage.division)
    .options(contains_eager(Group.stage).options(defer(Stage.options), contains_eager(Stage.division)))
    .where(Group.event_id == bindparam("event_id"))
    .order_by(func.coalesce(Division.position, 0), Stage.position, Group.position)
)
_counts = (
    (_result.fixture_id == _fixture.id)
    & _result.running.is_(False)
    & _result.status.in_(bindparam("statuses", expanding=True))
    & _fixture.status.in_(OVER)
)
_is_left = _result.id.is_(None) & (_fixture.status != "CANCELLED")
GAMES_LEFT = (
    select(_fixture.group_id, func.sum(case((_is_left, 1), else_=0)))
    .select_from(_fixtures.outerjoin(_results, _counts))
    .where(_fixture.event_id == bindparam("event_id"), _fixture.group_id.is_not(None))
    .group_by(_fixture.group_id)
)


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


def leaderboard(event: EventView, rules: Rules | None = None) -> list[Table]:
    """The event's tables in order; with *rules*, as they would be under those."""
    return list(each_table(event, rules))


def groups_in_order(event: EventView) -> Sequence[Group]:
    """The groups of its tables."""
    return db.session.scalars(GROUPS, {"event_id": event.id}).all()


def each_table(event: EventView, rules: Rules | None = None, groups: Sequence[Group] | None = None) -> Iterator[Table]:
    """The tables of `leaderboard`, each made when it is asked for; of *groups*, if the caller has read them."""
    groups = groups_in_order(event) if groups is None else groups
    if not groups:
        return  # as in a knockout: there is nothing to count
    rules = rules or event.order_rules
    # The domain takes any key for a team; here it is the id.
    teams: dict[Hashable, Team] = {team.id: team for team in db.session.scalars(TEAMS, {"event_id": event.id})}
    entries: dict[int, list[int]] = {}
    for group_id, team_id in db.session.execute(ENTRIES, {"event_id": event.id}):
        entries.setdefault(group_id, []).append(team_id)
    results = counted_results(event, rules)
    orders = deciding_orders(event)
    over = groups_over(event)
    columns_, figures = columns(event.sport_kind, rules), own_figures(event.sport_kind, rules)
    ways = ways_through(event)
    as_held = held(event)
    for group in groups:
        # A tie that nothing has decided must not look decided: such teams are shown by name, and marked as tied.
        members = sorted(entries.get(group.id, []), key=lambda team_id: teams[team_id].name.casefold())
        is_over = over.get(group.id, False)
        played = results.get(group.id, [])
        members, gone = _without_withdrawn(members, played, {id_ for id_ in members if _left(teams[id_], as_held)})
        table = standings_of(members, played, rules, orders, complete=is_over)
        table += _withdrawn_lines(gone, len(members), rules, orders)
        before = _positions_before_latest(members, played, rules, orders)
        way = ways.get(group.stage.division_id, WaysThrough())
        through = zones(table, partial(way.zone, group.name))
        lines = [
            Line(
                standing=standing,
                team=teams[standing.team],
                moved=before.get(standing.team, standing.position) - standing.position,
                zone=_left(teams[standing.team], as_held) or zone,
                figures=figures,
            )
            for standing, zone in zip(table, through, strict=True)
        ]
        yield Table(group, columns_, lines, is_over, [one.outcome for one in played], way)


def standings_of(
    members: list[int], results: list[CountedResult], rules: Rules, orders: dict[str, Any], *, complete: bool
) -> list[Standing]:
    """The standings of the members, by results in the order of play.

    *complete*: no game of the table is left; some rulebooks rank differently until then.
    """
    return standings(members, [result.outcome for result in results], rules, complete=complete, **orders)


def _without_withdrawn(members: list[int], results: list[CountedResult], left: set[int]) -> tuple[list[int], list[int]]:
    """(members, gone): withdrawn teams without counted results are not ranked."""
    left = left - {id_ for one in results for id_ in (one.outcome.home, one.outcome.away)}
    return [id_ for id_ in members if id_ not in left], [id_ for id_ in members if id_ in left]


def _withdrawn_lines(gone: list[int], after: int, rules: Rules, orders: dict[str, Any]) -> list[Standing]:
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


def groups_over(event: EventView) -> dict[int, bool]:
    """{group id: whether none of its games is left}; a game whose result does not count yet is left."""
    if as_held := held(event):
        return as_held.groups_over
    rows = db.session.execute(GAMES_LEFT, {"event_id": event.id, "statuses": event.counted_statuses})
    return {group_id: left == 0 for group_id, left in rows if group_id is not None}


def _left(team: Team, as_held: HeldEvent | None) -> str:
    """The team's withdrawal, which is also its zone: "withdrawn" or "expelled"; "" while it plays."""
    return as_held.withdrawn_of(team.id) if as_held else team.withdrawn


def deciding_orders(event: EventView) -> dict[str, Any]:
    """The orders that decide beside the results: deducted points, orders by hand such as lots, fair-play totals."""
    deductions: dict[int, int] = {}
    as_held = held(event)
    off = as_held.points_off if as_held else db.session.execute(DEDUCTIONS, {"event_id": event.id})
    for team_id, points in off:
        deductions[team_id] = deductions.get(team_id, 0) + points
    return {
        "deductions": deductions,
        "manual_order": event.manual_order,
        "fair_play_totals": {int(team): points for team, points in event.fair_play_totals.items()},
    }
