"""Comparisons across groups: the best third-placed teams, or the order of all teams for seeding a knockout."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from timely.domain.knockout.source import ordinal
from timely.domain.standings.across_groups import rank_across
from timely.domain.standings.columns import Column
from timely.domain.standings.ranking import Notes
from timely.domain.standings.standing import Standing
from timely.domain.statuses import WITHDRAWALS
from timely.domain.translation import Text, lazy_gettext, lazy_pgettext
from timely.models import Group
from timely.models.read_only import EventView
from timely.queries.qualifying import WaysThrough, zones
from timely.queries.tables import Line, Table

# Used where an event has no tie-breakers of its own. If all teams are compared, the place in the group comes first.
BEST_OF_A_PLACE = ("points", "goal_difference", "goals_for", "drawing_of_lots")
BY_SETS = ("wins", "points", "set_ratio", "point_ratio", "drawing_of_lots")

THIRD = 3  # the place that an event's third_place_ranking is about
PLACE_WORDS = {1: "Best group winners", 2: "Best second-placed", 3: "Best third-placed", 4: "Best fourth-placed"}
EQUALISED = {
    "drop_last": lazy_gettext("In larger groups, the results against those who came last are left out."),
    "per_game": lazy_gettext("Groups differ in size, so what adds up is divided by the games played."),
}
GROUP = Column("group", lazy_pgettext("Group", "Group"), lazy_pgettext("column of a table", "Group"), narrow=True)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One table across the groups of a division; `groups` has the group of each of the `lines`.

    `position` is the place that is compared, None for all. `note` says how groups of unequal size are made comparable.
    """

    id: str
    title: str  # in English, as `presenters/round_text.py` knows it
    position: int | None
    columns: Sequence[Column]
    lines: Sequence[Line]
    groups: Sequence[Group]
    is_over: bool
    note: Text = ""


def comparison(
    event: EventView, tables: Sequence[Table], position: int | None = None, notes: Notes | None = None
) -> list[tuple[Hashable, Standing]]:
    """(group name, line) in order: of the teams of one place, or of all (None).

    *tables* are those of one division. The tie-breakers are the event's own, else the usual ones.
    """
    said = _own_ranking(event, position)
    return rank_across(
        {table.group.name: [line.standing for line in table.lines] for table in tables},
        criteria(event, position),
        manual_order=event.manual_order | said.get("manual_order", {}),
        position=position,
        equalise=said.get("unequal_groups", "as_is"),
        outcomes=[outcome for table in tables for outcome in table.outcomes],
        rules=event.order_rules,
        notes=notes,
    )


def criteria(event: EventView, position: int | None) -> tuple[str, ...]:
    """The tie-breakers that compare teams of different groups, in order."""
    plain = BY_SETS if event.order_rules.scoring == "sets" else BEST_OF_A_PLACE
    usual = plain if position is not None else ("group_position", *plain)
    return tuple(_own_ranking(event, position).get("tiebreakers") or usual)


def comparisons(event: EventView, tables: Sequence[Table]) -> list[Comparison]:
    """The comparisons that the event needs: because a knockout uses them, or because its file defines them."""
    found = []
    divisions = dict.fromkeys(table.group.stage.division_id for table in tables)
    for division_id in divisions:
        own = [table for table in tables if table.group.stage.division_id == division_id]
        if sum(1 for table in own if table.lines) > 1:
            way = own[0].ways
            found += [_compared(event, own, position, way) for position in _positions(event, own, way)]
    return found


def _positions(event: EventView, tables: Sequence[Table], way: WaysThrough) -> list[int | None]:
    """The places to compare, then None if all teams are compared."""
    most = max(len(table.lines) for table in tables)
    places = set(way.best) | ({THIRD} if event.third_place_ranking else set())
    found: list[int | None] = [place for place in sorted(places) if place <= most]
    return [*found, None] if way.ranks or event.cross_group_ranking else found


def _compared(event: EventView, tables: Sequence[Table], position: int | None, way: WaysThrough) -> Comparison:
    lines: dict[Hashable, tuple[Table, Line]] = {
        line.team.id: (table, line) for table in tables for line in table.lines
    }
    through = range(1, len(way.best.get(position, ())) + 1) if position is not None else way.ranks
    found, groups = [], []
    compared = [standing for _, standing in comparison(event, tables, position)]
    marks = zones(compared, lambda place: "through" if place in through else "")
    for standing, zone in zip(compared, marks, strict=True):
        table, line = lines[standing.team]
        if line.zone in WITHDRAWALS:
            zone = line.zone
        elif line.standing.tied and position is not None:
            zone = ""  # it is not settled which team of its group has this place
        found.append(Line(standing, line.team, 0, zone, line.figures))
        groups.append(table.group)
    division = tables[0].group.stage.division
    title = "All groups compared" if position is None else PLACE_WORDS.get(position, f"Best {ordinal(position)}-placed")
    return Comparison(
        id=f"best-{division.id if division else 0}-{position or 'all'}",
        title=f"{division.name} · {title}" if division else title,
        position=position,
        columns=(GROUP, *tables[0].columns),
        lines=found,
        groups=groups,
        is_over=all(table.is_over for table in tables),
        note=EQUALISED.get(_own_ranking(event, position).get("unequal_groups", ""), ""),
    )


def _own_ranking(event: EventView, position: int | None) -> dict[str, Any]:
    return (event.third_place_ranking if position is not None else event.cross_group_ranking) or {}
