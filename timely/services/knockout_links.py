"""Infers the links of an imported knockout, so that results advance teams."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import selectinload

from timely.domain.knockout.link_inference import Meeting, infer_links
from timely.domain.knockout.source import SOURCES, Source, read_source
from timely.domain.knockout.tie import is_turned_leg
from timely.domain.standings.outcome import Team
from timely.extensions import db
from timely.models import Event, Fixture, Stage
from timely.models.base import Base
from timely.queries.knockouts import tie_game, who_plays
from timely.services.batches import in_batches, yield_to_others

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def link_knockouts(event: Event, *, made_by_hand: Collection[str | None] = ()) -> None:
    """Gives the games of each knockout their codes and sources, inside the running transaction.

    What the file says stays: codes, and the knockouts of the divisions in *made_by_hand* (None: of the event itself).
    In the others only links that the results confirm are kept: where another team plays a game than the one that would
    come through, the game stays as in the file and has no source.
    """
    linked = []
    for stage in event.stages:
        games = _games(stage) if stage.kind == "knockout" else []
        is_given = (stage.division.name if stage.division else None) in made_by_hand or any(one.code for one in games)
        if games and not is_given:
            _link(stage, games)
            linked.append(stage)
    if linked:
        db.session.expire_all()
        games = [one for stage in linked for one in _games(stage)]
        _drop_unfounded(event, sorted(games, key=_in_order_of_play))


def _games(stage: Stage) -> list[Fixture]:
    """The games of a knockout with their results, in the order of play."""
    games = db.session.scalars(
        select(Fixture).options(selectinload(Fixture.result)).where(Fixture.stage_id == stage.id)
    )
    return sorted(games, key=_in_order_of_play)


def _in_order_of_play(fixture: Fixture) -> tuple[date, datetime, int]:
    return fixture.start_on or date.max, fixture.start_at or LONG_AGO, fixture.id


def _link(stage: Stage, games: list[Fixture]) -> None:
    counted = stage.event.counted_statuses
    meetings = [Meeting(one.round, _who(one, "home"), _who(one, "away"), tie_game(one, counted)) for one in games]
    places: dict[Team, Source] = {}
    for one in games:
        for team_id, source in ((one.home_team_id, one.home_source), (one.away_team_id, one.away_source)):
            if team_id and source:
                places.setdefault(team_id, read_source(source))
    found = infer_links(meetings, places, away_goals=bool(stage.options.get("away_goals")))
    ties = {tie.code: tie for tie in found.ties}
    rows = []
    for one, (code, leg) in zip(games, found.meetings, strict=True):
        home, away = ties[code].home, ties[code].away
        if is_turned_leg(leg):
            home, away = away, home
        row = {"of": one.id, "new_code": code, "new_leg": leg}
        row |= {"new_home": one.home_source or _as_dict(home), "new_away": one.away_source or _as_dict(away)}
        rows.append(row)
    # These games have no subscribers yet: they are published with their event, not one by one.
    table = Base.metadata.tables[Fixture.__tablename__]
    link = (
        update(table)
        .where(table.c.id == bindparam("of"))
        .values(
            code=bindparam("new_code"),
            leg=bindparam("new_leg"),
            home_source=bindparam("new_home"),
            away_source=bindparam("new_away"),
        )
    )
    for some in in_batches(rows):
        db.session.connection().execute(link, some)


def _who(fixture: Fixture, side: str) -> Team | Source | None:
    team_id = fixture.home_team_id if side == "home" else fixture.away_team_id
    source = fixture.home_source if side == "home" else fixture.away_source
    return team_id or (read_source(source) if source else None)


def _as_dict(side: Team | Source) -> dict[str, object] | None:
    return side.as_dict() if isinstance(side, SOURCES) else None


def _drop_unfounded(event: Event, games: Sequence[Fixture]) -> None:
    """Drops contradicted links round by round: the teams that played one round decide who came to the next."""
    for _ in range(len(games) + 1):
        yield_to_others()
        wanted = who_plays(event)
        doubtful: set[tuple[int, str]] = set()
        for one in games:
            if one.id not in wanted or not _is_wrong(one, *wanted[one.id]):
                continue
            # A game that depends on one that was wrong itself is checked again in the next pass.
            if not any((one.stage_id, code) in doubtful for code in _waits_for(one)):
                _drop(one, *wanted[one.id])
            doubtful.add((one.stage_id, one.code))
        if not doubtful:
            return
        db.session.flush()


def _waits_for(fixture: Fixture) -> list[str]:
    sources = [source for source in (fixture.home_source, fixture.away_source) if source]
    return [code for source in sources if (code := source.get("winner_of") or source.get("loser_of"))]


def _is_wrong(fixture: Fixture, home_id: int | None, away_id: int | None) -> bool:
    return _is_another(fixture.home_source, fixture.home_team_id, home_id) or _is_another(
        fixture.away_source, fixture.away_team_id, away_id
    )


def _is_another(source: object, team_id: int | None, wanted: int | None) -> bool:
    """Whether the side has another team than the one that would come through."""
    return bool(source and team_id and team_id != wanted)


def _drop(fixture: Fixture, home_id: int | None, away_id: int | None) -> None:
    """Removes the sources of the sides that have another team."""
    if _is_another(fixture.home_source, fixture.home_team_id, home_id):
        fixture.home_source = None
    if _is_another(fixture.away_source, fixture.away_team_id, away_id):
        fixture.away_source = None
