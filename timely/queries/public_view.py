"""Public view of an event while the tables are held back: the event and its games as they stood at the freeze.

Every public read calls `as_public`; the queries accept its answer in place of an event.
"""

from collections.abc import Iterable

from timely.domain.translation import lazy_gettext
from timely.models import Event, Fixture
from timely.models.read_only import EventView, FixtureView
from timely.queries.held_event import HeldEvent

HELD_TEXT = lazy_gettext("The tables are held back until the prize-giving.")


def as_public(event: EventView) -> EventView:
    """The event for the public: itself, or as it stood when the tables were frozen."""
    return HeldEvent(event) if isinstance(event, Event) and event.frozen is not None else event


def held(event: EventView) -> HeldEvent | None:
    """The event if it is a held-back view, None if it is the event itself."""
    return event if isinstance(event, HeldEvent) else None


def public_fixture(fixture: Fixture) -> FixtureView:
    """The fixture for the public: itself, or as it stood when the tables were frozen."""
    as_held = held(as_public(fixture.event))
    return as_held.view_of(fixture) if as_held else fixture


def public_fixtures(fixtures: Iterable[FixtureView], event: EventView | None = None) -> list[FixtureView]:
    """The fixtures for the public: by *event*, which may be a held-back view, or each by its own event."""
    games = list(fixtures)
    if event is not None:
        events = {event.id: event}
    else:
        events = {id_: as_public(one) for id_, one in {game.event_id: game.event for game in games}.items()}
    return [of.view_of(one) if (of := held(events[one.event_id])) else one for one in games]
