"""Events: created, changed, moved between states, deleted."""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from timely.clock import now
from timely.database.transactions import writing
from timely.domain.sports import find_sport
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Event, Right, User
from timely.models.entrants import ENTRANTS
from timely.models.event import COUNTING
from timely.services import audit
from timely.services.accent_colour import require_readable
from timely.services.advancement import advance_teams
from timely.services.clock_times import keep_clock_times
from timely.services.errors import RuleBroken, require_current
from timely.services.event_progress import update_progress
from timely.services.moved_days import move_games
from timely.services.rulebooks import OWN, book_for
from timely.services.slugs import free_slug
from timely.services.status_words import event_word

# Allowed steps. A finished event may be opened again: a result may turn up late.
NEXT = {
    "DRAFT": ("PUBLISHED", "LIVE"),
    "PUBLISHED": ("LIVE", "COMPLETED", "CANCELLED", "DRAFT"),
    "LIVE": ("COMPLETED", "PUBLISHED", "CANCELLED", "DRAFT"),
    "COMPLETED": ("LIVE", "DRAFT"),
    "CANCELLED": ("PUBLISHED", "DRAFT"),
}


@dataclass(frozen=True, slots=True)
class EventDetails:
    """The fields of the event form. `rulebook` is a key, "" for the sport's usual one, OWN to keep its own rules."""

    name: str
    sport: str
    season: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    timezone: str = "UTC"
    language: str = "en"
    rulebook: str = ""
    details: str = ""
    accent: str = ""
    visibility: str = "public"
    counts_from: str = "PENDING"
    entrants: str = "team"
    second_person: bool = False


PLAIN = (
    "second_person",
    "name",
    "season",
    "starts_on",
    "ends_on",
    "place",
    "details",
    "language",
    "accent",
    "visibility",
    "counts_from",
    "entrants",
)


def create_event(details: EventDetails, *, by: User | None) -> Event:
    """The new event, a draft; an organiser who creates one is given the right in it."""
    with writing():
        _check(details)
        book = book_for(details.sport, details.rulebook)
        event = Event(
            slug=free_slug(details.name),
            sport=details.sport,
            timezone=details.timezone,
            access_key=new_key(),
            rulebook=book.key,
            rules=book.rules.as_dict(),
            **{name: getattr(details, name) for name in PLAIN},
        )
        db.session.add(event)
        db.session.flush()
        if by is not None and not by.is_administrator:
            by.rights.append(Right(event_id=event.id))
        audit.record(
            gettext_noop("create event"), event.name, by=by, event_id=event.id, after=_audit_values(asdict(details))
        )
    return event


def change_event(
    event: Event,
    details: EventDetails,
    *,
    by: User | None,
    seen_version: int | None = None,
    takes_games_along: bool = False,
) -> int:
    """Saves the details, and returns how many games moved along to the new days, if it *takes_games_along*.

    The event's last day moves along too, unless another was chosen. Raises RuleBroken for another sport once there are
    results, StaleVersion.
    """
    moved = 0
    with writing():
        require_current(seen_version, event.version)
        days = (details.starts_on - event.starts_on).days if details.starts_on and event.starts_on else 0
        if takes_games_along and days:
            moved = move_games(event, days)
            if event.ends_on is not None and details.ends_on == event.ends_on:
                details = replace(details, ends_on=event.ends_on + timedelta(days=days))
        _check(details)
        before = details_of(event)
        has_results = any(fixture.result for fixture in event.fixtures)
        if details.sport != event.sport and has_results:
            raise RuleBroken(lazy_gettext("There are results already, so the sport stays as it is."), field="sport")
        _take_rules(event, details, has_results)
        if details.timezone != event.timezone:
            keep_clock_times(event, details.timezone)
        event.sport, event.timezone = details.sport, details.timezone
        for name in PLAIN:
            setattr(event, name, getattr(details, name))
        after = details_of(event)
        if after != before:
            audit.record(
                gettext_noop("change event"),
                event.name,
                by=by,
                event_id=event.id,
                before=_audit_values({key: value for key, value in before.items() if after[key] != value}),
                after=_audit_values({key: value for key, value in after.items() if before[key] != value})
                | ({"games_moved": moved} if moved else {}),
            )
            advance_teams(event)  # the rules, and which results count, decide which teams advance
    return moved


def set_event_status(event: Event, status: str, *, by: User | None, seen_version: int | None = None) -> None:
    """Moves the event to another state. Raises RuleBroken for a step that is not allowed."""
    with writing():
        require_current(seen_version, event.version)
        if status == event.status:
            return
        if status not in NEXT[event.status]:
            raise RuleBroken(
                lazy_gettext(
                    "An event that is %(state)s cannot become %(wanted)s.",
                    state=event_word(event.status),
                    wanted=event_word(status),
                )
            )
        before = event.status
        event.status = status
        update_progress(now(), [event.id])
        audit.record(
            gettext_noop("event status"),
            event.name,
            by=by,
            event_id=event.id,
            before={"status": before},
            after={"status": status},
        )


def new_key() -> str:
    """A random key, with which a private event's link ends."""
    return secrets.token_urlsafe(12)


def renew_key(event: Event, *, by: User | None) -> None:
    """Gives a private event's link a new key; the old one no longer opens it. Raises RuleBroken."""
    with writing():
        if event.visibility != "private":
            raise RuleBroken(lazy_gettext("This event has no private link: everybody may see it."))
        event.access_key = new_key()
        audit.record(gettext_noop("renew private link"), event.name, by=by, event_id=event.id)


def delete_event(event: Event, *, by: User | None, name: str = "") -> None:
    """Deletes the event and all that belongs to it. Once it has results, *name* has to match. Raises RuleBroken."""
    with writing():
        results = sum(1 for fixture in event.fixtures if fixture.result)
        if results and name.strip().casefold() != event.name.casefold():
            raise RuleBroken(lazy_gettext("Type the event's name exactly as it stands above."), field="name")
        counts = {"teams": len(event.teams), "games": len(event.fixtures), "results": results}
        audit.record(gettext_noop("delete event"), event.name, by=by, event_id=event.id, before=counts)
        # Children first: a cascade in the database would not be seen by the session, and so not be published.
        for children in (event.notifications, event.announcements, event.deductions, event.fixtures, event.stages):
            for child in list(children):
                db.session.delete(child)
            db.session.flush()  # one kind after the other: the notification of an announcement is gone before it
        db.session.expire(event)  # its lists still hold the deleted children
        db.session.delete(event)


def details_of(event: Event) -> dict[str, Any]:
    """The saved values, by the names of EventDetails."""
    return {name: getattr(event, name) for name in EventDetails.__dataclass_fields__}


def _check(details: EventDetails) -> None:
    if not details.name:
        raise RuleBroken(lazy_gettext("An event needs a name."), field="name")
    if details.starts_on and details.ends_on and details.ends_on < details.starts_on:
        raise RuleBroken(lazy_gettext("The last day is before the first."), field="ends_on")
    if details.counts_from not in COUNTING:
        raise RuleBroken(lazy_gettext("Choose which results count."), field="counts_from")
    if details.visibility not in ("public", "private"):
        raise RuleBroken(lazy_gettext("Choose who may see it."), field="visibility")
    if details.entrants not in ENTRANTS:
        raise RuleBroken(lazy_gettext("Choose who enters."), field="entrants")
    require_readable(details.accent)


def _take_rules(event: Event, details: EventDetails, has_results: bool) -> None:
    wanted = details.rulebook
    if wanted == OWN or (wanted == event.rulebook and details.sport == event.sport):
        if wanted == OWN and find_sport(details.sport) is not event.sport_kind:
            raise RuleBroken(lazy_gettext("Another sport needs a rulebook that fits it."), field="rulebook")
        return
    book = book_for(details.sport, wanted)
    if has_results and book.rules.scoring != event.order_rules.scoring:
        raise RuleBroken(lazy_gettext("There are results already that this rulebook could not read."), field="rulebook")
    event.rulebook, event.rules = book.key, book.rules.as_dict()


def _audit_values(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
