"""Fixtures of an event or a day in chronological order."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from timely.domain.game_states import NOW, TO_COME
from timely.extensions import db
from timely.models import Event, Fixture, Result, Stage
from timely.queries import row_order
from timely.queries.parents import with_names
from timely.queries.public_view import HeldEvent, held, public_fixtures

NEXT_SHOWN = 12


def schedule(event: Event, fixture_ids: Iterable[int] | None = None) -> Sequence[Fixture]:
    """All fixtures of the event in order, or those of the ids that exist."""
    where = [Fixture.event_id == event.id]
    if fixture_ids is not None:
        where.append(Fixture.id.in_(list(fixture_ids)))
    return public_fixtures(_fixtures(*where), event)


def coded_games(event: Event) -> Sequence[Fixture]:
    """The games of a knockout's ties, in the order in which they were made."""
    games = _fixtures(Fixture.event_id == event.id, Fixture.code != "")
    return public_fixtures(sorted(games, key=lambda one: one.id), event)


def has_games(stage: Stage) -> bool:
    return bool(db.session.scalar(select(exists().where(Fixture.stage_id == stage.id))))


def on_now(event: Event) -> Sequence[Fixture]:
    return _in_state(event, (NOW,))


def next_up(event: Event, most: int = NEXT_SHOWN) -> Sequence[Fixture]:
    """The first fixtures that have yet to begin, including late ones, but not those whose time is long past."""
    return _in_state(event, TO_COME, most)


def _in_state(event: Event, states: Collection[str], most: int | None = None) -> Sequence[Fixture]:
    found = public_fixtures(_fixtures(Fixture.event_id == event.id, Fixture.state.in_(states), most=most), event)
    return [fixture for fixture in found if fixture.state in states]


def games_of_day(day: date) -> Sequence[Fixture]:
    """The fixtures of a day, over all public events."""
    return public_fixtures(
        _fixtures(
            Fixture.start_on == day,
            Fixture.event_id.in_(select(Event.id).where(Event.status != "DRAFT", Event.visibility == "public")),
            options=[selectinload(Fixture.event)],
        )
    )


def day_nearest(day: date) -> tuple[date | None, date | None]:
    """The last day with public games before *day*, and the first after it."""
    public = select(Event.id).where(Event.status != "DRAFT", Event.visibility == "public")
    days = select(Fixture.start_on).where(Fixture.event_id.in_(public))
    before = db.session.scalar(days.where(Fixture.start_on < day).order_by(Fixture.start_on.desc()).limit(1))
    after = db.session.scalar(days.where(Fixture.start_on > day).order_by(Fixture.start_on).limit(1))
    return before, after


def latest_results(event: Event, most: int = 10) -> Sequence[Fixture]:
    """The fixtures whose results were saved last, newest first."""
    if as_held := held(event):
        return _latest_held(event, as_held, most)
    return (
        db.session.scalars(
            select(Fixture)
            .join(Fixture.result)
            .options(*with_names(), contains_eager(Fixture.result))
            .where(Fixture.event_id == event.id)
            .order_by(Fixture.saved_no.desc(), Fixture.id.desc())
            .limit(most)
        )
        .unique()
        .all()
    )


def latest_result(event: Event, known: Sequence[Fixture] = ()) -> Fixture | None:
    """The fixture whose result was saved last; taken from *known*, fixtures of the event, if it is among them."""
    if held(event) is None:
        newest = db.session.scalar(
            select(Fixture.id)
            .join(Fixture.result)
            .where(Fixture.event_id == event.id)
            .order_by(Fixture.saved_no.desc(), Fixture.id.desc())
            .limit(1)
        )
        for fixture in known:
            if fixture.id == newest:
                return fixture
    found = latest_results(event, 1)
    return found[0] if found else None


def _latest_held(event: Event, as_held: HeldEvent, most: int) -> Sequence[Fixture]:
    ids = as_held.held_ids
    found = {one.id: one for one in schedule(event, ids[: 2 * most])}  # some may have been deleted since
    return [found[id_] for id_ in ids if id_ in found][:most]


def played_count(event: Event) -> tuple[int, int]:
    """(games with a result that is not a running score, games in all without cancelled and abandoned ones)."""
    as_held = held(event)
    played = (
        len(as_held.held_ids)
        if as_held
        else db.session.scalar(
            select(func.count()).select_from(Result).where(Result.event_id == event.id, Result.running.is_(False))
        )
    )
    games = db.session.scalar(
        select(func.count())
        .select_from(Fixture)
        .where(Fixture.event_id == event.id, Fixture.status.not_in(("CANCELLED", "ABANDONED")))
    )
    return played or 0, games or 0


def _fixtures(
    *where: ColumnElement[bool], most: int | None = None, options: Iterable[ExecutableOption] = ()
) -> Sequence[Fixture]:
    query = select(Fixture).options(*with_names(), joinedload(Fixture.result), *options)
    query = query.where(*where).order_by(*row_order.FIXTURES)
    if most is not None:
        query = query.limit(most)
    return db.session.scalars(query).unique().all()
