"""Lots, play-offs and other orders by hand: record the order of teams that nothing else separates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from timely.database.transactions import writing
from timely.domain.knockout.source import Place, Rank, Source, read_source
from timely.domain.rules.rules import read_rules
from timely.domain.rules.tiebreakers import by_hand
from timely.domain.translation import lazy_gettext
from timely.models import Event, Team, User
from timely.models.read_only import FixtureView
from timely.queries.comparisons import Comparison, comparisons, criteria
from timely.queries.listed_fixtures import listed_fixtures
from timely.queries.tables import Line, Table, leaderboard
from timely.services import audit
from timely.services.advancement import TO_COME, Rulings, advance_teams
from timely.services.errors import RuleBroken

CRITERION = "drawing_of_lots"


@dataclass(frozen=True, slots=True)
class Tied:
    """Teams that share a position of a table, or of a comparison across groups.

    `ways` are the tie-breakers by hand that may separate them, those of the rules first; `holds_up` the codes of the
    knockout ties that wait for one of them.
    """

    table: str
    position: int
    teams: Sequence[Team]
    ways: tuple[str, ...]
    holds_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A side of a knockout tie that has no team yet."""

    code: str
    division_id: int | None
    source: Source


def tied_teams(event: Event) -> list[Tied]:
    """Each shared position that no tie-breaker separates."""
    return _tied(event, _waiting(event))


def blocking_positions(event: Event, games: Iterable[FixtureView] | None = None) -> list[Tied]:
    """Shared positions that alone keep a knockout tie waiting: their groups are complete.

    *games* are the event's as they are recorded, if the caller has read them.
    """
    # Others wait for no table.
    waiting = [one for one in _waiting(event, games) if isinstance(one.source, Place | Rank)]
    return [one for one in _tied(event, waiting) if one.holds_up] if waiting else []


def _tied(event: Event, waiting: Sequence[_Waiting]) -> list[Tied]:
    tables = leaderboard(event)
    # Tie-breakers that the rules do not name follow those that they name, since some order has to be found.
    ways = _in_order(event.order_rules.tiebreakers, also=True)
    found = [
        Tied(table.group.full_title, at, teams, ways, _held_by_table(table, at, len(teams), waiting))
        for table in tables
        for at, teams in _shared(table.lines)
    ]
    return found + _tied_across(event, tables, waiting)


def _in_order(tiebreakers: Sequence[str], *, also: bool = False) -> tuple[str, ...]:
    """The tie-breakers by hand of those named; *also*: then all others, a lot first."""
    ways = by_hand()
    named = [one for one in tiebreakers if one in ways]
    return tuple(dict.fromkeys([*named, *([CRITERION, *ways] if also else [])]))


def _tied_across(event: Event, tables: Sequence[Table], waiting: Sequence[_Waiting]) -> list[Tied]:
    """Ties of teams of different groups, once the teams are settled: ties within a table are resolved first."""
    settled = {line.team.id for table in tables if table.is_over for line in table.lines if not line.standing.tied}
    return [
        Tied(
            one.title,
            at,
            teams,
            _in_order(criteria(event, one.position)),
            _held_across(one, at, len(teams), waiting),
        )
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


def _waiting(event: Event, games: Iterable[FixtureView] | None = None) -> list[_Waiting]:
    found = []
    known = listed_fixtures(event, is_coded=True) if games is None else games
    for fixture in sorted(known, key=lambda one: one.id):
        if not fixture.code or fixture.status not in TO_COME:
            continue
        for side in ("home", "away"):
            source = getattr(fixture, f"{side}_source")
            if source and getattr(fixture, f"{side}_team_id") is None:
                found.append(_Waiting(fixture.code, fixture.stage.division_id, read_source(source)))
    return found


def _codes(waiting: Iterable[_Waiting]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.code for one in waiting))


def _held_by_table(table: Table, at: int, count: int, waiting: Sequence[_Waiting]) -> tuple[str, ...]:
    """The codes of the ties that wait for these places of a complete group."""
    if not table.is_over:
        return ()
    division_id, name = table.group.stage.division_id, table.group.name
    return _codes(
        one
        for one in waiting
        if one.division_id == division_id
        and isinstance(one.source, Place)
        # The comparison of a place begins only when every group has settled it.
        and name in one.source.groups
        and at <= one.source.position < at + count
    )


def _held_across(one: Comparison, at: int, count: int, waiting: Sequence[_Waiting]) -> tuple[str, ...]:
    """The codes of the ties that wait for these places of a comparison, or for which teams are above the cut-off."""
    if not one.is_over:
        return ()
    own = [each for each in waiting if each.division_id == one.groups[0].stage.division_id]
    if one.position is None:
        return _codes(each for each in own if isinstance(each.source, Rank) and at <= each.source.rank < at + count)
    of_place = [each for each in own if isinstance(each.source, Place) and each.source.position == one.position]
    best = [each for each in of_place if isinstance(each.source, Place) and each.source.is_best_of]
    numbered = [
        each
        for each in of_place
        if isinstance(each.source, Place) and each.source.best and at <= each.source.best < at + count
    ]
    is_across_the_line = at <= len(best) < at + count - 1
    return _codes([*(best if is_across_the_line else ()), *numbered])


def record_lot(
    event: Event,
    order: Sequence[Team],
    *,
    way: str = CRITERION,
    by: User | None,
    reason: str = "",
    rulings: Rulings | None = None,
) -> None:
    """Records *order*, the teams of one shared position, best first; *way* says what decided.

    Rules that do not name that way name it last from now on. Raises RuleBroken, NeedsRuling.
    """
    with writing():
        ids = [team.id for team in order]
        tied = [one for one in tied_teams(event) if sorted(team.id for team in one.teams) == sorted(ids)]
        if not tied:
            raise RuleBroken(
                lazy_gettext("These teams do not share a position any more. Look at the table again."), code="stale"
            )
        if not any(way in one.ways for one in tied):
            raise RuleBroken(
                lazy_gettext("The comparison across groups of this event is not decided in that way."), field="way"
            )
        event.manual_order = _with_order(event.manual_order, way, ids)
        for name in ("third_place_ranking", "cross_group_ranking"):
            own = getattr(event, name)
            if own and way in own.get("manual_order", {}):
                setattr(event, name, {**own, "manual_order": _with_order(own["manual_order"], way, ids)})
        after: dict[str, object] = {"order": [team.name for team in order]}
        if len(tied) == 1 and _is_of_a_table(event, tied[0]) and way not in event.order_rules.tiebreakers:
            own_rules = event.order_rules.as_dict()
            rules = read_rules({**own_rules, "tiebreakers": [*event.order_rules.tiebreakers, way]})
            event.rules, event.rulebook = rules.as_dict(), ""
            after["rules"] = f"decided last by {way.replace('_', ' ')}"
        names = ", ".join(team.name for team in order)
        audit.record(by_hand()[way].action, names, by=by, event_id=event.id, after=after, reason=reason)
        advance_teams(event, rulings)


def _is_of_a_table(event: Event, tied: Tied) -> bool:
    return any(table.group.full_title == tied.table for table in leaderboard(event))


def _with_order(orders: Mapping[str, Sequence[int]], way: str, ids: Sequence[int]) -> dict[str, list[int]]:
    """Earlier orders, of other teams, stay as they are: only the order among the tied teams is ever read."""
    kept = [id_ for id_ in orders.get(way, []) if id_ not in ids]
    return {**{key: list(order) for key, order in orders.items()}, way: [*kept, *ids]}
