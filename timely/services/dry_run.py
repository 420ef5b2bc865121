"""Dry run: applies a change, compares the event before and after, and rolls back before anything is published."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from timely.database.transactions import writing
from timely.domain.knockout.source import ordinal
from timely.extensions import db
from timely.models import Event, Fixture, Result
from timely.models.fixture import source_label
from timely.queries.tables import leaderboard

STATES = {
    "SCHEDULED": "to be played",
    "LIVE": "on now",
    "FINISHED": "played",
    "POSTPONED": "postponed",
    "CANCELLED": "cancelled",
    "ABANDONED": "abandoned",
    "WALKOVER": "a walkover",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A team's position in a table; `is_certain` once the table is complete."""

    table: str
    position: int
    goes_through: bool
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class EventState:
    """What a change may affect in an event: places by (table id, team id), sides and states by fixture id."""

    places: dict[tuple[int, int], Place]
    games: dict[int, tuple[str, str, str]]  # home, away, state
    names: dict[int, str]
    titles: dict[int, str]


@dataclass(frozen=True, slots=True)
class Effects:
    """The side effects as sentences; empty lists where nothing else changes."""

    places: list[str] = field(default_factory=list)
    through: list[str] = field(default_factory=list)
    games: list[str] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        return [*self.through, *self.games, *self.places]


class _TakenBack(Exception):
    """Ends the transaction without saving it."""


@contextmanager
def dry_run(event: Event, *, fixture: Fixture | None = None) -> Iterator[Effects]:
    """A transaction that is rolled back; after it, the effects of what was done inside are filled in.

    *fixture* is the game that the change is about, and left out of the effects. Raises what is raised inside.
    """
    effects = Effects()
    event_id, about = event.id, fixture.id if fixture else None
    try:
        with writing():
            before = event_state(db.session.get_one(Event, event_id))
            yield effects
            db.session.flush()
            db.session.expire_all()
            _compare(before, event_state(db.session.get_one(Event, event_id)), effects, about)
            raise _TakenBack
    except _TakenBack:
        db.session.expire_all()


def event_state(event: Event) -> EventState:
    """The event as its tables and its schedule show it now."""
    places = {}
    names = {team.id: team.name for team in event.teams}
    for table in leaderboard(event):
        for line in table.lines:
            places[table.group.id, line.team.id] = Place(
                table.group.full_title, line.standing.position, line.zone == "through", table.is_over
            )
    games, titles = {}, {}
    # Each division has its own final, so the code alone would be ambiguous.
    divisions = {stage.id: f"{stage.division.name} " for stage in event.stages if stage.division}
    for row in _rows(event):
        home = names.get(row.home_team_id) or row.home_label or source_label(row.home_source)
        away = names.get(row.away_team_id) or row.away_label or source_label(row.away_source)
        games[row.id] = (home, away, "annulled" if row.annulled else STATES[row.status])
        titles[row.id] = f"{divisions.get(row.stage_id, '')}{row.code}" if row.code else f"{home} – {away}"
    return EventState(places, games, names, titles)


def _rows(event: Event) -> Iterable[Any]:
    """The columns of each game that are compared; loading hundreds of records would take longer than the change."""
    sides = (Fixture.home_team_id, Fixture.away_team_id, Fixture.home_label, Fixture.away_label)
    return db.session.execute(
        select(Fixture.id, Fixture.stage_id, Fixture.code, Fixture.status, *sides)
        .add_columns(Fixture.home_source, Fixture.away_source, Result.annulled)
        .outerjoin(Result, Result.fixture_id == Fixture.id)
        .where(Fixture.event_id == event.id)
        .order_by(Fixture.id)
    )


def _compare(before: EventState, after: EventState, effects: Effects, about: int | None) -> None:
    """Fills in the differences; the game *about* is left out."""
    for key, new in after.places.items():
        old = before.places.get(key)
        name = after.names.get(key[1], "")
        if old is None:
            continue
        if old.goes_through != new.goes_through:
            effects.through.append(_through(name, new))
        if old.position != new.position:
            way = "climbs" if new.position < old.position else "falls"
            effects.places.append(f"{name} {way} from {ordinal(old.position)} to {ordinal(new.position)}: {new.table}.")
    for key, old in before.places.items():
        if key not in after.places:
            effects.places.append(f"{before.names.get(key[1], '')} leaves the table: {old.table}.")
    effects.games.extend(_changed_games(before, after, about))


def _through(name: str, place: Place) -> str:
    if place.is_certain:
        return f"{name} goes through." if place.goes_through else f"{name} does not go through any more."
    return f"As it stands, {name} {'goes' if place.goes_through else 'does not go'} through; there are games to come."


def _changed_games(before: EventState, after: EventState, about: int | None) -> list[str]:
    changed = []
    for id_, new in after.games.items():
        old = before.games.get(id_)
        if id_ == about or old == new:
            continue
        title = after.titles[id_]
        if old is None:
            changed.append(f"{title}: {new[0]} – {new[1]} is played as well.")
        elif old[:2] != new[:2]:
            changed.append(f"{title} is {new[0]} – {new[1]} instead of {old[0]} – {old[1]}.")
        else:
            changed.append(f"{title} is {new[2]}; it was {old[2]}.")
    gone = [title for id_, title in before.titles.items() if id_ not in after.games]
    return changed + [f"{title} is not arranged any more." for title in gone]
