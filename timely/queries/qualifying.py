"""Places of the tables that lead into the knockout, by division."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select

from timely.domain.knockout.source import Place, Rank, Source, read_source
from timely.domain.knockout.tree import first_place_of
from timely.domain.standings.standing import Standing
from timely.extensions import db
from timely.models import Fixture, Stage
from timely.models.base import table_of
from timely.models.read_only import EventView


@dataclass(slots=True)
class WaysThrough:
    """The places of one division that qualify.

    `places` are the (group, position) pairs that go through. `best` has, for a position of which only the best go
    through, the groups that each of the sides may be filled from; `ranks` are the places of the comparison of all
    teams.
    """

    places: set[tuple[str, int]] = field(default_factory=set)
    best: dict[int, list[tuple[str, ...]]] = field(default_factory=dict)
    ranks: set[int] = field(default_factory=set)

    def zone(self, group: str, position: int) -> str:
        """The zone of a place in that group's table."""
        if (group, position) in self.places:
            return "through"
        return "playoff" if any(group in groups for groups in self.best.get(position, ())) else ""

    def add(self, source: Source) -> None:
        if isinstance(source, Rank):
            self.ranks.add(source.rank)
        elif isinstance(source, Place) and source.is_best_of:
            self.best.setdefault(source.position, []).append(source.groups)
        elif isinstance(source, Place):
            self.places.add((source.groups[0], source.position))

    def __bool__(self) -> bool:
        return bool(self.places or self.best or self.ranks)


def zones_to_come(ways: Sequence[WaysThrough]) -> list[str]:
    """The zones that tables have once games are played, by the ways of their divisions."""
    through = any(way.places or way.ranks for way in ways)
    return [*(["through"] if through else []), *(["playoff"] if any(way.best for way in ways) else [])]


def zones(lines: Sequence[Standing], zone_of: Callable[[int], str]) -> list[str]:
    """The zone of each line; *zone_of* gives the zone of a place.

    There is none before the first game, and teams that share a place have one only if it is the same for every order
    among them.
    """
    if not any(line.played for line in lines):
        return [""] * len(lines)
    sharing = Counter(line.position for line in lines)
    found = []
    for line in lines:
        possible = {zone_of(place) for place in range(line.position, line.position + sharing[line.position])}
        found.append(possible.pop() if len(possible) == 1 else "")
    return found


# Built once: asked for with each result, and each table that is drawn.
_fixtures, _stages = table_of(Fixture), table_of(Stage)
_fixture, _stage = _fixtures.c, _stages.c
SOURCES = (
    select(_stage.division_id, _fixture.code, _fixture.leg, _fixture.home_source, _fixture.away_source)
    .select_from(_fixtures.join(_stages, _fixture.stage_id == _stage.id))
    .where(
        _fixture.event_id == bindparam("event_id"),
        _fixture.home_source.is_not(None) | _fixture.away_source.is_not(None),
    )
)


def ways_through(event: EventView) -> dict[int | None, WaysThrough]:
    """{division id: its ways}; None is an event without divisions.

    Where no game has a source, the event's slots are used.
    """
    found: dict[int | None, WaysThrough] = {}
    for division_id, code, leg, *sources in db.session.execute(SOURCES, {"event_id": event.id}):
        # The second leg repeats both sides, and a play-off for seventh place, say, is not going through.
        if leg == 2 or first_place_of(code):
            continue
        for source in sources:
            if source is not None:
                found.setdefault(division_id, WaysThrough()).add(read_source(source))
    if not any(found.values()) and event.slots:
        found[None] = _by_slots(event)
    return found


def _by_slots(event: EventView) -> WaysThrough:
    ways = WaysThrough()
    names = {group.name for stage in event.stages for group in stage.groups}
    for slot in event.slots:
        for name, position in slot["teams"]:
            groups = (name,) if name in names else tuple(name.split("/"))
            ways.add(Place(groups, position))
    return ways
