"""Fixture dependencies in one division: the games behind each source, and the teams that could come out of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from timely.domain.knockout.source import LoserOf, Place, Rank, Source, WinnerOf, read_source
from timely.models.read_only import FixtureView


def source_of(fixture: FixtureView, side: str) -> Source | None:
    data = fixture.home_source if side == "home" else fixture.away_source
    return read_source(data) if data else None


class Dependencies:
    """Dependencies of *fixtures*.

    *members* are the ids of the teams by group; of the whole division under EVERYBODY.
    """

    EVERYBODY = "\0"

    def __init__(self, fixtures: Iterable[FixtureView], members: Mapping[str, frozenset[int]]) -> None:
        self.members = members
        self.everybody = frozenset[int]().union(*members.values())
        self._ties: dict[str, list[FixtureView]] = defaultdict(list)
        self._tables: dict[str, list[int]] = defaultdict(list)
        for fixture in fixtures:
            if fixture.group is not None:
                self._tables[fixture.group.name].append(fixture.id)
            elif fixture.code:
                self._ties[fixture.code].append(fixture)
        self._depths = self._measured()
        self._could: dict[str, frozenset[int]] = {}
        for code in sorted(self._ties, key=lambda code: self._depths.get(code, 0)):
            self._could[code] = frozenset[int]().union(*(self._sides(one) for one in self._ties[code]))

    def for_(self, fixture: FixtureView) -> tuple[int, ...]:
        """The ids of the games that must be over before *fixture*; the first leg is before the second."""
        found: dict[int, None] = {}
        for side in ("home", "away"):
            found |= dict.fromkeys(self._behind(source_of(fixture, side), self.depth(fixture)))
        if fixture.code and fixture.leg:
            found |= {one.id: None for one in self._ties[fixture.code] if one.leg and one.leg < fixture.leg}
        return tuple(found)

    def could(self, source: Source | None) -> frozenset[int]:
        """The teams that may come from *source*; all teams of the division if it does not limit them."""
        if isinstance(source, Place):
            return frozenset[int]().union(*(self.members.get(name, frozenset()) for name in source.groups))
        if isinstance(source, WinnerOf | LoserOf):
            return self._could.get(source.code, self.everybody)
        return self.everybody

    def depth(self, fixture: FixtureView) -> int:
        """The number of rounds of ties before it; 0 for one that waits for no other tie."""
        return self._depths.get(fixture.code, 0)

    def _sides(self, fixture: FixtureView) -> frozenset[int]:
        found = frozenset[int]()
        for side, team_id in (("home", fixture.home_team_id), ("away", fixture.away_team_id)):
            found |= {team_id} if team_id is not None else self.could(source_of(fixture, side))
        return found

    def _behind(self, source: Source | None, depth: int) -> Sequence[int]:
        if isinstance(source, Place):
            return [id_ for name in source.groups for id_ in self._tables.get(name, ())]
        if isinstance(source, Rank):
            return [id_ for ids in self._tables.values() for id_ in ids]
        # In a file ties may wait for each other in a circle: then none of them waits.
        if isinstance(source, WinnerOf | LoserOf) and self._depths.get(source.code, depth) < depth:
            return [one.id for one in self._ties[source.code]]
        return ()

    def _measured(self) -> dict[str, int]:
        before = {
            code: {
                source.code
                for one in games
                for source in (source_of(one, "home"), source_of(one, "away"))
                if isinstance(source, WinnerOf | LoserOf) and source.code in self._ties
            }
            for code, games in self._ties.items()
        }
        depths = {code: 0 for code, sources in before.items() if not sources}
        grown = True
        while grown:
            grown = False
            for code, sources in before.items():
                if code not in depths and all(one in depths for one in sources):
                    depths[code] = 1 + max(depths[one] for one in sources)
                    grown = True
        return depths


def round_numbers(fixtures: Sequence[FixtureView], waiting: Dependencies) -> dict[int, int]:
    """{fixture id: its round among those of the division, from 1}; 0 for a game whose round implies no order.

    Table games go by the number in "Round 3", knockout games by their dependencies; the final comes after all others.
    """
    keys: dict[int, tuple[int, int, int] | None] = {}
    first: dict[str, int] = {}
    deepest: dict[str, int] = {}
    for fixture in fixtures:
        if fixture.group is None:
            first.setdefault(fixture.round, fixture.id)
            deepest[fixture.round] = max(deepest.get(fixture.round, 0), waiting.depth(fixture))
    for fixture in fixtures:
        if fixture.group is not None:
            number = re.search(r"([0-9]{1,4})\s*$", fixture.round, re.ASCII)
            keys[fixture.id] = (0, int(number[1]), 0) if number else None
        elif fixture.code == "F":
            keys[fixture.id] = (2, 0, 0)
        elif fixture.code:
            keys[fixture.id] = (1, deepest[fixture.round], 0)
        else:
            keys[fixture.id] = (1, 0, first[fixture.round]) if fixture.round else None
    order = {key: number for number, key in enumerate(sorted({key for key in keys.values() if key}), 1)}
    return {id_: order[key] if key else 0 for id_, key in keys.items()}
