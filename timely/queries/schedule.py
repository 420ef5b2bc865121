"""Fixtures of an event or a day in chronological order."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from timely.domain.game_states import NOW, TO_COME
from timely.domain.statuses import CALLED_OFF
from timely.extensions import db
from timely.models import Event, Fixture, Result, Stage
from timely.models.base import table_of
from timely.models.read_only import EventView, FixtureView
from timely.queries import row_order
from timely.queries.events import IS_PUBLIC
from timely.queries.held_event import HeldEvent
from timely.queries.listed_fixtures import listed_fixtures, listed_on
from timely.queries.parents import with_names
from timely.queries.public_view import held, public_fixtures

NEXT_SHOWN = 12


class Pairing(NamedTuple):
    """Who meets in a game, and in which round."""

    round: str
    leg: int | None
    home_team_id: int | None
    away_team_id: int | None


# Built once: asked for with each result that is saved, and each page that is drawn.
GAMES = select(Fixture).options(*with_names(), joinedload(Fixture.result)).order_by(*row_order.FIXTURES)
OF_EVENT = GAMES.where(Fixture.event_id == bindparam("event_id"))
OF_IDS = OF_EVENT.where(Fixture.id.in_(bindparam("ids", expanding=True)))
OF_STATES = OF_EVENT.where(Fixture.state.in_(bindparam("states", expanding=True)))
FIRST_OF_STATES = OF_STATES.limit(bindparam("most"))
LATEST = (
    select(Fixture)
    .join(Fixture.result)
    .options(*with_names(), contains_eager(Fixture.result))
    .where(Fixture.event_id == bindparam("event_id"))
    .order_by(Fixture.saved_no.desc(), Fixture.id.desc())
    .limit(bindparam("most"))
)
_games, _results = table_of(Fixture), table_of(Result)
_game, _result = _games.c, _results.c
NEWEST = (
    select(_game.id)
    .select_from(_games.join(_results, _result.fixture_id == _game.id))
    .where(_game.event_id == bindparam("event_id"))
    .order_by(_game.saved_no.desc(), _game.id.desc())
    .limit(1)
)
OF_STAGE = (
    select(_game.round, _game.leg, _game.home_team_id, _game.away_team_id)
    .where(_game.stage_id == bindparam("stage_id"))
    .order_by(_game.id)
)
GAMES_OF_STAGE = select(func.count()).select_from(_games).where(_game.stage_id == bindparam("stage_id"))
_is_played = (_result.event_id == bindparam("event_id")) & _result.running.is_(False)
_is_game = (_game.event_id == bindparam("event_id")) & _game.status.not_in(CALLED_OFF)
COUNTS = select(
    select(func.count()).select_from(_results).where(_is_played).scalar_subquery(),
    select(func.count()).select_from(_games).where(_is_game).scalar_subquery(),
)


def recorded_fixtures(event: Event, fixture_ids: Iterable[int] | None = None) -> Sequence[Fixture]:
    """All fixtures of the event in order, or those of the ids, as they are recorded: for its organisers and scorers."""
    if fixture_ids is None:
        return db.session.scalars(OF_EVENT, {"event_id": event.id}).all()
    return db.session.scalars(OF_IDS, {"event_id": event.id, "ids": list(fixture_ids)}).all()


def schedule(event: EventView, fixture_ids: Iterable[int] | None = None) -> Sequence[FixtureView]:
    """All fixtures of the event in order, or those of the ids that exist; for a held-back event their public views."""
    if fixture_ids is None:
        return public_fixtures(listed_fixtures(event), event)
    found = db.session.scalars(OF_IDS, {"event_id": event.id, "ids": list(fixture_ids)})
    return public_fixtures(found, event)


def coded_games(event: EventView) -> Sequence[FixtureView]:
    """The games of a knockout's ties, in the order in which they were made."""
    games = listed_fixtures(event, is_coded=True)
    return public_fixtures(sorted(games, key=lambda one: one.id), event)


def pairings(event: EventView, stage: Stage) -> list[Pairing]:
    """The games of the stage in the order in which they were made; no fixture is loaded for it."""
    if held(event):
        games = (one for one in event.fixtures if one.stage_id == stage.id)
        return [Pairing(one.round, one.leg, one.home_team_id, one.away_team_id) for one in games]
    return [Pairing(*row) for row in db.session.execute(OF_STAGE, {"stage_id": stage.id})]


def game_count(stage: Stage) -> int:
    """The number of games that are arranged in the stage."""
    return db.session.scalar(GAMES_OF_STAGE, {"stage_id": stage.id}) or 0


def on_now(event: EventView) -> Sequence[FixtureView]:
    return _in_state(event, db.session.scalars(OF_STATES, {"event_id": event.id, "states": (NOW,)}), (NOW,))


def next_up(event: EventView, most: int = NEXT_SHOWN) -> Sequence[FixtureView]:
    """The first fixtures that have yet to begin, including late ones, but not those whose time is long past."""
    found = db.session.scalars(FIRST_OF_STATES, {"event_id": event.id, "states": TO_COME, "most": most})
    return _in_state(event, found, TO_COME)


def _in_state(event: EventView, found: Iterable[Fixture], states: Collection[str]) -> Sequence[FixtureView]:
    """Those of the fixtures *found* that are in the states for the public too."""
    return [fixture for fixture in public_fixtures(found, event) if fixture.state in states]


def games_of_day(day: date) -> Sequence[FixtureView]:
    """The fixtures of a day, over all public events."""
    return public_fixtures(listed_on(day))


def day_nearest(day: date) -> tuple[date | None, date | None]:
    """The last day with public games before *day*, and the first after it."""
    public = select(Event.id).where(IS_PUBLIC)
    days = select(Fixture.start_on).where(Fixture.event_id.in_(public))
    before = db.session.scalar(days.where(Fixture.start_on < day).order_by(Fixture.start_on.desc()).limit(1))
    after = db.session.scalar(days.where(Fixture.start_on > day).order_by(Fixture.start_on).limit(1))
    return before, after


def latest_results(event: EventView, most: int = 10) -> Sequence[FixtureView]:
    """The fixtures whose results were saved last, newest first."""
    if as_held := held(event):
        return _latest_held(event, as_held, most)
    return db.session.scalars(LATEST, {"event_id": event.id, "most": most}).all()


def latest_result(event: EventView, known: Sequence[FixtureView] = ()) -> FixtureView | None:
    """The fixture whose result was saved last; taken from *known*, fixtures of the event, if it is among them."""
    if held(event) is None:
        newest = db.session.scalar(NEWEST, {"event_id": event.id})
        for fixture in known:
            if fixture.id == newest:
                return fixture
    found = latest_results(event, 1)
    return found[0] if found else None


def _latest_held(event: EventView, as_held: HeldEvent, most: int) -> Sequence[FixtureView]:
    ids = as_held.held_ids
    found = {one.id: one for one in schedule(event, ids[: 2 * most])}  # some may have been deleted since
    return [found[id_] for id_ in ids if id_ in found][:most]


def played_count(event: EventView) -> tuple[int, int]:
    """(games with a result that is not a running score, games in all without cancelled and abandoned ones)."""
    played, games = db.session.execute(COUNTS, {"event_id": event.id}).one()
    as_held = held(event)
    return len(as_held.held_ids) if as_held else played, games
