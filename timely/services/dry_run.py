"""Dry run: applies a change, compares the event before and after, and rolls back before anything is published."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from timely.database.transactions import writing
from timely.domain.translation import gettext, pgettext, pgettext_noop
from timely.extensions import db
from timely.models import Event, Fixture, Result
from timely.models.fixture import source_label
from timely.presenters.number_text import ordinal_text
from timely.presenters.round_text import label_text, table_text
from timely.queries.tables import leaderboard

STATES = {
    "SCHEDULED": pgettext_noop("game", "to be played"),
    "LIVE": pgettext_noop("game", "on now"),
    "FINISHED": pgettext_noop("game", "played"),
    "POSTPONED": pgettext_noop("game", "postponed"),
    "CANCELLED": pgettext_noop("game", "cancelled"),
    "ABANDONED": pgettext_noop("game", "abandoned"),
    "WALKOVER": pgettext_noop("game", "a walkover"),
    "ANNULLED": pgettext_noop("game", "annulled"),
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
                table_text(table.group.full_title), line.standing.position, line.zone == "through", table.is_over
            )
    games, titles = {}, {}
    # Each division has its own final, so the code alone would be ambiguous.
    divisions = {stage.id: f"{stage.division.name} " for stage in event.stages if stage.division}
    for row in _rows(event):
        home = names.get(row.home_team_id) or label_text(row.home_label or source_label(row.home_source))
        away = names.get(row.away_team_id) or label_text(row.away_label or source_label(row.away_source))
        games[row.id] = (home, away, "ANNULLED" if row.annulled else row.status)
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
            effects.places.append(_moved(name, old, new))
    for key, old in before.places.items():
        if key not in after.places:
            name = before.names.get(key[1], "")
            effects.places.append(gettext("%(team)s leaves the table: %(table)s.", team=name, table=old.table))
    effects.games.extend(_changed_games(before, after, about))


def _moved(name: str, old: Place, new: Place) -> str:
    values = {"team": name, "old": ordinal_text(old.position), "new": ordinal_text(new.position), "table": new.table}
    if new.position < old.position:
        return gettext("%(team)s climbs from %(old)s to %(new)s: %(table)s.", **values)
    return gettext("%(team)s falls from %(old)s to %(new)s: %(table)s.", **values)


def _through(name: str, place: Place) -> str:
    if place.is_certain and place.goes_through:
        return gettext("%(team)s goes through.", team=name)
    if place.is_certain:
        return gettext("%(team)s does not go through any more.", team=name)
    if place.goes_through:
        return gettext("As it stands, %(team)s goes through; there are games to come.", team=name)
    return gettext("As it stands, %(team)s does not go through; there are games to come.", team=name)


def _changed_games(before: EventState, after: EventState, about: int | None) -> list[str]:
    changed = []
    for id_, new in after.games.items():
        old = before.games.get(id_)
        if id_ == about or old == new:
            continue
        title = after.titles[id_]
        if old is None:
            changed.append(
                gettext("%(game)s: %(home)s – %(away)s is played as well.", game=title, home=new[0], away=new[1])
            )
        elif old[:2] != new[:2]:
            values = {"home": new[0], "away": new[1], "old_home": old[0], "old_away": old[1]}
            changed.append(
                gettext("%(game)s is %(home)s – %(away)s instead of %(old_home)s – %(old_away)s.", game=title, **values)
            )
        else:
            states = {"state": pgettext("game", STATES[new[2]]), "old_state": pgettext("game", STATES[old[2]])}
            changed.append(gettext("%(game)s is %(state)s; it was %(old_state)s.", game=title, **states))
    gone = [title for id_, title in before.titles.items() if id_ not in after.games]
    return changed + [gettext("%(game)s is not arranged any more.", game=title) for title in gone]
