"""Events: public ones, those of a user, by name and by slug."""

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import defer

from timely.domain.event_states import COMING, NOW, event_state
from timely.domain.text import same_name
from timely.extensions import db
from timely.models import Event, Pitch, Right, Team, User
from timely.queries.divisions import has_divisions, without_divisions

# Built once: asked for with each message and page.
EVENT = select(Event, has_divisions(Event.id)).where(Event.id == bindparam("id"))
EVENT_BY_SLUG = select(Event, has_divisions(Event.id)).where(Event.slug == bindparam("slug"))

# Lists show none of these, and reading them takes longer than all the rest of an event.
FOR_LISTS = [
    defer(column)
    for column in (
        *(Event.rules, Event.manual_order, Event.fair_play_totals, Event.slots, Event.timetable),
        *(Event.third_place_ranking, Event.cross_group_ranking),
    )
]
IS_PUBLIC = (Event.status != "DRAFT") & (Event.visibility == "public")
_IS_ACTIVE = IS_PUBLIC & Event.status.in_(("PUBLISHED", "LIVE"))
_LATEST_FIRST = (Event.starts_on.is_(None), Event.starts_on.desc(), Event.id.desc())


def public_events(event_ids: Collection[int] | None = None) -> Sequence[Event]:
    """The events that everybody may see, latest start first, those without a start last; all, or those of the ids."""
    query = select(Event).options(*FOR_LISTS).where(IS_PUBLIC).order_by(*_LATEST_FIRST)
    if event_ids is not None:
        query = query.where(Event.id.in_(event_ids))
    return db.session.scalars(query).all()


def active_events(most: int) -> Sequence[Event]:
    """The first *most* of the public events that may get games, in the same order."""
    query = select(Event).options(*FOR_LISTS).where(_IS_ACTIVE).order_by(*_LATEST_FIRST)
    return db.session.scalars(query.limit(most)).all()


def usual_zone() -> str | None:
    """The time zone of most public events that are on or to come; None if there are none."""
    rows = db.session.execute(
        select(Event.timezone, Event.status, Event.progress).where(_IS_ACTIVE).order_by(*_LATEST_FIRST)
    )
    zones = Counter(zone for zone, status, progress in rows if event_state(status, progress) in (NOW, COMING))
    return zones.most_common(1)[0][0] if zones else None


def is_known(kind: type[Team | Pitch], name: str) -> bool:
    """Whether a public event has a team, or a pitch, of that name."""
    public = select(Event.id).where(IS_PUBLIC)
    found = db.session.scalar(select(kind.id).where(kind.name == name, kind.event_id.in_(public)).limit(1))
    return found is not None


def events_of(user: User) -> Sequence[Event]:
    """The events in which the user has a right, for a list; for an administrator all of them."""
    query = select(Event).options(*FOR_LISTS).order_by(*_LATEST_FIRST)
    if not user.is_administrator:
        query = query.where(Event.id.in_(select(Right.event_id).where(Right.user_id == user.id)))
    return db.session.scalars(query).all()


def undefer(events: Collection[Event]) -> None:
    """Reads what lists leave out, in one statement, of the events of a list whose own pages are shown."""
    db.session.scalars(select(Event).where(Event.id.in_([event.id for event in events]))).all()


def events_called(name: str, season: str, user: User | None) -> list[Event]:
    """The events of that name and season that are public, or in which the user has a right; all, without a user.

    Case, blanks and how an accent was typed make no difference.
    """
    wanted = (same_name(name), same_name(season))
    known = {event.id: event for event in public_events()}
    known |= {event.id: event for event in (events_of(user) if user else db.session.scalars(select(Event)))}
    return [one for one in known.values() if (same_name(one.name), same_name(one.season)) == wanted]


def event_names(most: int = 500) -> list[str]:
    """The names of the newest events, and their places."""
    rows = db.session.execute(select(Event.name, Event.place).order_by(Event.id.desc()).limit(most))
    return [text for row in rows for text in row if text]


def event_of_id(event_id: int) -> Event | None:
    return _event(EVENT, id=event_id)


def event_by_slug(slug: str) -> Event | None:
    return _event(EVENT_BY_SLUG, slug=slug)


def _event(statement: Select[Event, bool], **asked: int | str) -> Event | None:
    found = db.session.execute(statement, asked).one_or_none()
    if found is None:
        return None
    event, is_divided = found
    if not is_divided:
        without_divisions(event)
    return event
