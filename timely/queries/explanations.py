"""Explains why a row of an event's tables has its position."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from timely.domain.standings.explanation import Explanation, explain, explain_lines
from timely.domain.standings.ranking import Notes
from timely.domain.statuses import WITHDRAWALS
from timely.models import Group, Team
from timely.models.read_only import EventView
from timely.queries.comparisons import Comparison, comparison, comparisons, criteria
from timely.queries.counted_results import counted_results
from timely.queries.rulebooks import book_of
from timely.queries.tables import Line, Table, deciding_orders, leaderboard


@dataclass(frozen=True, slots=True)
class Explained:
    """One row, its explanation, and the teams of its table by id. `compared` is set for a row of a comparison.

    `is_over`: no game that could change it is left.
    """

    explanation: Explanation
    line: Line
    group: Group
    teams: Mapping[Hashable, Team]
    is_over: bool
    compared: Comparison | None = None


def explanation(event: EventView, table_id: str, team_id: int) -> Explained | None:
    """The row of that team in that table, whose id is a group's or a comparison's; None if there is none."""
    tables = leaderboard(event)
    for table in tables:
        if str(table.group.id) == table_id:
            return _of_group(event, table, team_id)
    for compared in comparisons(event, tables):
        if compared.id == table_id:
            return _across(event, compared, tables, team_id)
    return None


def _of_group(event: EventView, table: Table, team_id: int) -> Explained | None:
    line = _line(table.lines, team_id)
    if line is None:
        return None
    # A withdrawn team without counted results stands below the others and is not ranked.
    if is_gone(line):
        alone = Explanation(team_id, line.standing.position, ())
        return Explained(alone, line, table.group, {team_id: line.team}, table.is_over)
    compared = [one for one in table.lines if not is_gone(one)]
    members = sorted((one.team for one in compared), key=lambda team: team.name.casefold())
    outcomes = [result.outcome for result in counted_results(event).get(table.group.id, [])]
    book = book_of(event)
    found = explain(
        [team.id for team in members],
        outcomes,
        event.order_rules,
        complete=table.is_over,
        source=book.source if book else "",
        **deciding_orders(event),
    )
    return Explained(found[team_id], line, table.group, {team.id: team for team in members}, table.is_over)


def _across(event: EventView, compared: Comparison, tables: Sequence[Table], team_id: int) -> Explained | None:
    line = _line(compared.lines, team_id)
    if line is None:
        return None
    group = compared.groups[compared.lines.index(line)]
    own = [table for table in tables if table.group.stage.division_id == group.stage.division_id]
    notes: Notes = []
    order = [one for _, one in comparison(event, own, compared.position, notes)]
    found = explain_lines(order, notes, criteria(event, compared.position), complete=compared.is_over)
    teams: dict[Hashable, Team] = {one.team.id: one.team for one in compared.lines}
    return Explained(found[team_id], line, group, teams, compared.is_over, compared)


def is_gone(line: Line) -> bool:
    """Whether the team has withdrawn and none of its results counts."""
    return line.zone in WITHDRAWALS and not line.standing.played


def _line(lines: Sequence[Line], team_id: int) -> Line | None:
    return next((line for line in lines if line.team.id == team_id), None)
