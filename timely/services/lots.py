"""Lots: who of teams that nothing else separates comes first, drawn by hand and recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from timely.database import writing
from timely.models import Event, Team, User
from timely.queries.comparisons import comparisons, criteria
from timely.queries.tables import Line, Table, leaderboard
from timely.services import audit
from timely.services.faults import RuleBroken
from timely.services.progress import Rulings, follow

CRITERION = "drawing_of_lots"


@dataclass(frozen=True, slots=True)
class Tied:
    """Teams that share a position of a table, or of a comparison across groups. `by_lot`: the rules draw lots there."""

    table: str
    position: int
    teams: Sequence[Team]
    by_lot: bool


def tied_teams(event: Event) -> list[Tied]:
    """Each position that is shared and nothing separates."""
    tables = leaderboard(event)
    by_lot = CRITERION in event.order_rules.tiebreakers
    found = [Tied(table.group.full_title, at, teams, by_lot) for table in tables for at, teams in _shared(table.lines)]
    return found + _tied_across(event, tables)


def _tied_across(event: Event, tables: Sequence[Table]) -> list[Tied]:
    """Those of different groups, once it is settled who they are: those level in a table come first."""
    settled = {line.team.id for table in tables if table.is_over for line in table.lines if not line.standing.tied}
    return [
        Tied(one.title, at, teams, CRITERION in criteria(event, one.position))
        for one in comparisons(event, tables)
        for at, teams in _shared(one.lines)
        if settled.issuperset(team.id for team in teams)
    ]


def _shared(lines: Sequence[Line]) -> list[tuple[int, list[Team]]]:
    shared: dict[int, list[Team]] = {}
    for line in lines:
        if line.standing.tied and line.standing.played and not line.team.withdrawn:
            shared.setdefault(line.standing.position, []).append(line.team)
    return [(at, teams) for at, teams in shared.items() if len(teams) > 1]


def record_lot(
    event: Event, order: Sequence[Team], *, by: User | None, reason: str = "", rulings: Rulings | None = None
) -> None:
    """*order* are the teams of one shared position, the winner of the lot first. Raises RuleBroken, NeedsRuling."""
    with writing():
        ids = [team.id for team in order]
        tied = [one for one in tied_teams(event) if sorted(team.id for team in one.teams) == sorted(ids)]
        if not tied:
            raise RuleBroken("These teams do not share a position any more. Look at the table again.", code="stale")
        if not any(one.by_lot for one in tied):
            raise RuleBroken("The rules of this event draw no lots. Add “drawing of lots” to their order first.")
        before = event.manual_order.get(CRITERION, [])
        # Earlier lots, of other teams, stay as they are: only the order among the tied is asked for.
        kept = [id_ for id_ in before if id_ not in ids]
        event.manual_order = {**event.manual_order, CRITERION: [*kept, *ids]}
        names = [team.name for team in order]
        audit.record("record a lot", ", ".join(names), by=by, event_id=event.id, after={"order": names}, reason=reason)
        follow(event, rulings)
