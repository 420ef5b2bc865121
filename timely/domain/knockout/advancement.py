"""Advancement: the teams that fill the sides of a knockout, as far as they are certain."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from timely.domain.knockout.source import LoserOf, Place, Rank, Source, WinnerOf
from timely.domain.knockout.third_place_tables import assign_third_places
from timely.domain.knockout.tie import Side, Tie, Won, in_order
from timely.domain.standings.outcome import Team
from timely.domain.standings.standing import Standing

# The comparison across the groups, of the teams of one place or (None) of all: across_groups.rank_across.
Compare = Callable[[int | None], Sequence[tuple[Hashable, Standing]]]
Sides = dict[str, tuple[Team | None, Team | None]]


@dataclass(frozen=True, slots=True)
class Table:
    """A group's table; `is_over` when none of its games is left, cancelled ones aside."""

    lines: Sequence[Standing]
    is_over: bool


def who_plays(
    ties: Sequence[Tie],
    winners: Mapping[str, Won | None],
    tables: Mapping[str, Table] | None = None,
    compare: Compare | None = None,
) -> Sides:
    """{code: (home, away)} of every tie, None for a side that is not certain yet.

    *winners* has the side that won each tie that is decided. A place of a group is certain when the group is complete
    and no tie in the table affects it; a best third when all groups are complete and it is clear which of them go on.
    The order of the ties and of the results makes no difference.
    """
    groups = _Groups(tables or {}, compare)
    best = _best_placed(ties, groups)
    sides: Sides = {tie.code: (None, None) for tie in ties}

    def team(side: Team | Source, of: tuple[str, Side]) -> Team | None:
        if isinstance(side, Place):
            if side.best is not None:
                return groups.one_of_place(side.position, side.best)
            return best.get(of) if side.is_best_of else groups.at(side.groups[0], side.position)
        if isinstance(side, Rank):
            return groups.ranked(side.rank)
        if isinstance(side, WinnerOf | LoserOf):
            won = winners.get(side.code)
            if won is None or won == "none" or side.code not in sides:
                return None
            first = (won == "home") == isinstance(side, WinnerOf)
            return sides[side.code][0 if first else 1]
        return side

    for tie in in_order(ties):
        sides[tie.code] = team(tie.home, (tie.code, "home")), team(tie.away, (tie.code, "away"))
    return sides


def nobody_comes(ties: Sequence[Tie], winners: Mapping[str, Won | None]) -> set[tuple[str, Side]]:
    """(code, side) of sides that stay empty: neither team of the earlier tie went on, or it had no team to lose it."""
    empty: set[tuple[str, Side]] = set()

    def is_empty(source: Team | Source) -> bool:
        if not isinstance(source, WinnerOf | LoserOf):
            return False
        if winners.get(source.code) == "none":
            return True
        there = [(source.code, "home") in empty, (source.code, "away") in empty]
        return all(there) if isinstance(source, WinnerOf) else any(there)

    for tie in in_order(ties):
        if is_empty(tie.home):
            empty.add((tie.code, "home"))
        if is_empty(tie.away):
            empty.add((tie.code, "away"))
    return empty


class _Groups:
    """The certain places in the tables."""

    def __init__(self, tables: Mapping[str, Table], compare: Compare | None) -> None:
        self.tables, self.compare = tables, compare
        self.all_over = bool(tables) and all(table.is_over for table in tables.values())
        self._compared: dict[int | None, Sequence[tuple[Hashable, Standing]]] = {}

    def at(self, group: str, position: int) -> Team | None:
        table = self.tables.get(group)
        if table is None or not table.is_over or position > len(table.lines):
            return None
        line = table.lines[position - 1]
        return None if line.tied else line.team

    def ranked(self, rank: int) -> Team | None:
        return self._at(None, rank)

    def one_of_place(self, position: int, best: int) -> Team | None:
        """The team at rank *best* in the comparison of that place."""
        return self._at(position, best)

    def _at(self, position: int | None, number: int) -> Team | None:
        """The team at rank *number* in the comparison of a place, or of all (None)."""
        if not self.all_over or self.compare is None:
            return None
        if position not in self._compared:
            self._compared[position] = self.compare(position)
        order = self._compared[position]
        if number > len(order):
            return None
        group, line = order[number - 1]
        # A team that is tied in its own table has no certain place in a comparison of tables either.
        own = self.tables.get(str(group))
        unsettled = own is not None and any(one.tied and one.team == line.team for one in own.lines)
        return None if line.tied or unsettled else line.team

    def best(self, position: int, count: int) -> dict[str, Team] | None:
        """{group: team} of the best *count* teams of that place; None while they are not certain."""
        if not self.all_over or self.compare is None:
            return None
        order = self.compare(position)
        through, out = order[:count], order[count:]
        # A tie across the cut-off leaves open which teams go on; a tie above it does not.
        if len(through) < count or (out and through[-1][1].position == out[0][1].position):
            return None
        if any(self.at(str(group), position) is None for group, _ in order):
            return None
        return {str(group): line.team for group, line in through}


def _best_placed(ties: Sequence[Tie], groups: _Groups) -> dict[tuple[str, Side], Team]:
    """The teams of the sides that one of the best of a place fills."""
    wanted: dict[int, list[tuple[str, Side, Place]]] = {}
    for tie in ties:
        if isinstance(tie.home, Place) and tie.home.is_best_of:
            wanted.setdefault(tie.home.position, []).append((tie.code, "home", tie.home))
        if isinstance(tie.away, Place) and tie.away.is_best_of:
            wanted.setdefault(tie.away.position, []).append((tie.code, "away", tie.away))
    found: dict[tuple[str, Side], Team] = {}
    for position, sides in wanted.items():
        sides.sort(key=lambda side: side[:2])
        through = groups.best(position, len(sides))
        shared = assign_third_places([place.groups for _, _, place in sides], list(through)) if through else None
        if through and shared:
            for (code, side, _), group in zip(sides, shared, strict=True):
                found[code, side] = through[group]
    return found
