"""Numbers of teams and games of many events, in as many statements as of one."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func, select

from timely.domain.statuses import CALLED_OFF
from timely.extensions import db
from timely.models import Fixture, Result, Team
from timely.models.read_only import EventView
from timely.queries.public_view import held


@dataclass(frozen=True, slots=True)
class EventCounts:
    """*games* are those of *arranged* that were not called off, *played* have a result that is not a running score."""

    teams: int
    arranged: int
    games: int
    played: int


def event_counts(events: Collection[EventView]) -> dict[int, EventCounts]:
    """{event id: its numbers}; of a held-back event the games that the public sees as played."""
    ids = [event.id for event in events]
    teams = dict(
        db.session.execute(
            select(Team.event_id, func.count()).where(Team.event_id.in_(ids)).group_by(Team.event_id)
        ).all()
    )
    played, games = _played(events), _games(ids)
    return {id_: EventCounts(teams.get(id_, 0), *games.get(id_, (0, 0)), played.get(id_, 0)) for id_ in ids}


def played_counts(events: Collection[EventView]) -> dict[int, tuple[int, int]]:
    """{event id: (games that are played, games that were not called off)}, as `played_count` of one event."""
    played, games = _played(events), _games([event.id for event in events])
    return {event.id: (played.get(event.id, 0), games.get(event.id, (0, 0))[1]) for event in events}


def _played(events: Collection[EventView]) -> dict[int, int]:
    rows = db.session.execute(
        select(Result.event_id, func.count())
        .where(Result.event_id.in_([event.id for event in events]), Result.running.is_(False))
        .group_by(Result.event_id)
    )
    held_back = {event.id: len(as_held.held_ids) for event in events if (as_held := held(event))}
    return dict(rows.all()) | held_back


def _games(event_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """{event id: (all games, games that were not called off)}"""
    rows = db.session.execute(
        select(Fixture.event_id, func.count(), func.sum(case((Fixture.status.in_(CALLED_OFF), 0), else_=1)))
        .where(Fixture.event_id.in_(event_ids))
        .group_by(Fixture.event_id)
    )
    return {event_id: (arranged, games) for event_id, arranged, games in rows}
