"""Knockouts of an event: their ties, the winners, and which teams play each other as far as it is certain."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import joinedload

from timely.domain.knockout import advancement
from timely.domain.knockout.source import Place, Rank, Source, read_source
from timely.domain.knockout.tie import DECISIONS, Tie, TieGame, Won, is_turned_leg, tie_winner, unwound
from timely.domain.standings.outcome import Team
from timely.extensions import db
from timely.models import Fixture, Result, Stage
from timely.models.base import table_of
from timely.models.read_only import EventView, FixtureView
from timely.queries.comparisons import comparison
from timely.queries.tables import Table, leaderboard


@dataclass(frozen=True, slots=True)
class PlayedTie:
    """One tie with its games, by leg; the sides of `tie` are teams where these were chosen by hand, else sources."""

    tie: Tie
    fixtures: Sequence[FixtureView]
    winner: Won | None

    @property
    def winner_id(self) -> int | None:
        first = self.fixtures[0]
        return {"home": first.home_team_id, "away": first.away_team_id}.get(self.winner or "")


@dataclass(frozen=True, slots=True)
class Knockout:
    stage: Stage
    ties: Sequence[PlayedTie]


def knockouts(event: EventView, games: Sequence[FixtureView] | None = None) -> list[Knockout]:
    """The knockout of each division, in order; games without a code are not part of a bracket.

    *games* are the event's, if the caller has loaded them already.
    """
    by_stage: defaultdict[int, list[FixtureView]] = defaultdict(list)
    for one in event.fixtures if games is None else games:
        if one.code:
            by_stage[one.stage_id].append(one)
    return [
        Knockout(stage, _ties(by_stage[stage.id], counts=event.counted_statuses, options=stage.options))
        for stage in event.stages
        if stage.kind == "knockout"
    ]


def who_plays(event: EventView) -> dict[int, tuple[int | None, int | None]]:
    """{fixture id: (home, away)} of every game that has a source; None for a side that is not certain."""
    waiting = [
        knockout
        for knockout in knockouts(event, _coded(event))
        if any(one.home_source or one.away_source for tie in knockout.ties for one in tie.fixtures)
    ]
    boards = leaderboard(event) if any(_asks_tables(knockout) for knockout in waiting) else []
    return {id_: sides for knockout in waiting for id_, sides in _sides_of(event, knockout, boards).items()}


def _asks_tables(knockout: Knockout) -> bool:
    sides = (side for played in knockout.ties for side in (played.tie.home, played.tie.away))
    return any(isinstance(side, Place | Rank) for side in sides)


def _coded(event: EventView) -> Sequence[FixtureView]:
    """The games of brackets with their results, in one query instead of one for each game."""
    return db.session.scalars(
        select(Fixture)
        .options(joinedload(Fixture.result))
        .where(Fixture.event_id == event.id, Fixture.code != "")
        .order_by(Fixture.id)
    ).all()


def nobody_comes(event: EventView) -> dict[int, set[str]]:
    """{fixture id: its sides that stay empty}, because neither team of an earlier tie went on."""
    is_none = (Result.event_id == event.id) & (Result.decided == "none")
    if not db.session.scalar(select(exists().where(is_none))):
        return {}
    found: dict[int, set[str]] = {}
    for knockout in knockouts(event, _coded(event)):
        empty = advancement.nobody_comes(
            [played.tie for played in knockout.ties], {played.tie.code: played.winner for played in knockout.ties}
        )
        for played in knockout.ties:
            sides = [side for side in ("home", "away") if (played.tie.code, side) in empty]
            for fixture in played.fixtures:
                turned = {"home": "away", "away": "home"} if is_turned_leg(fixture.leg) else {}
                found[fixture.id] = {turned.get(side, side) for side in sides}
    return found


_fixtures, _stages = table_of(Fixture), table_of(Stage)
# Built once, of the table and not of the class: a save would take longer to build and map it than to run it.
HAS_SOURCES = select(
    exists().where(
        _fixtures.c.event_id == bindparam("event_id"),
        _fixtures.c.home_source.is_not(None) | _fixtures.c.away_source.is_not(None),
    )
)


HAS_KNOCKOUT = select(exists().where(_stages.c.event_id == bindparam("event_id"), _stages.c.kind == "knockout"))


def has_knockout(event: EventView) -> bool:
    return bool(db.session.scalar(HAS_KNOCKOUT, {"event_id": event.id}))


def has_sources(event: EventView) -> bool:
    """Whether any side has a source. Asked after every result, mostly of leagues: so no game is loaded for it."""
    return bool(db.session.scalar(HAS_SOURCES, {"event_id": event.id}))


def has_labels(event: EventView) -> bool:
    """Whether any side has only a label: no team and no source."""
    home = (Fixture.home_label != "") & Fixture.home_team_id.is_(None) & Fixture.home_source.is_(None)
    away = (Fixture.away_label != "") & Fixture.away_team_id.is_(None) & Fixture.away_source.is_(None)
    return bool(db.session.scalar(select(exists().where(Fixture.event_id == event.id, home | away))))


def _sides_of(
    event: EventView, knockout: Knockout, boards: Sequence[Table]
) -> dict[int, tuple[int | None, int | None]]:
    tables = {
        table.group.name: table for table in boards if table.group.stage.division_id == knockout.stage.division_id
    }
    sides = advancement.who_plays(
        [played.tie for played in knockout.ties],
        {played.tie.code: played.winner for played in knockout.ties},
        {name: _table(table) for name, table in tables.items()},
        lambda position: comparison(event, list(tables.values()), position),
    )
    found: dict[int, tuple[int | None, int | None]] = {}
    for played in knockout.ties:
        home, away = (_id(side) for side in sides[played.tie.code])
        for fixture in played.fixtures:
            found[fixture.id] = (away, home) if is_turned_leg(fixture.leg) else (home, away)
    return found


def _table(table: Table) -> advancement.Table:
    return advancement.Table([line.standing for line in table.lines], table.is_over)


def _ties(fixtures: Sequence[FixtureView], *, counts: Sequence[str], options: dict[str, Any]) -> list[PlayedTie]:
    by_code: dict[str, list[FixtureView]] = {}
    for fixture in fixtures:
        by_code.setdefault(fixture.code, []).append(fixture)
    found = []
    numbers: dict[str, int] = {}
    for code, legs in by_code.items():
        legs.sort(key=lambda one: (one.leg or 1, one.id))
        first = legs[0]
        numbers[first.round] = numbers.get(first.round, 0) + 1
        tie = Tie(code, first.round, numbers[first.round], _side(first, "home"), _side(first, "away"), len(legs))
        games = [tie_game(one, counts) for one in legs]
        turned = [is_turned_leg(one.leg) for one in legs]
        won = tie_winner(games, away_goals=bool(options.get("away_goals")), turned=turned)
        found.append(PlayedTie(tie, legs, won))
    return _unwound(found)


def _unwound(found: list[PlayedTie]) -> list[PlayedTie]:
    ties = unwound([played.tie for played in found])
    return [replace(played, tie=tie) for played, tie in zip(found, ties, strict=True)]


def _side(fixture: FixtureView, side: str) -> Team | Source:
    """The team if it was chosen by hand, or stays by a ruling; else the source."""
    source = fixture.home_source if side == "home" else fixture.away_source
    team_id = fixture.home_team_id if side == "home" else fixture.away_team_id
    if source is None or fixture.ruling == "keep":
        return team_id if team_id is not None else (side, fixture.id)  # no team yet: a side equal to no other
    return read_source(source)


def tie_game(fixture: FixtureView, counts: Sequence[str]) -> TieGame | None:
    """The fixture's result as the tie counts it; None as long as it has none that counts."""
    result = fixture.result
    if result is None or result.running or result.annulled or result.status not in counts:
        return None
    decided = DECISIONS.get(result.decided, "")
    return TieGame(result.home_score, result.away_score, result.home_pens, result.away_pens, decided)


def _id(side: Team | None) -> int | None:
    return side if isinstance(side, int) else None
