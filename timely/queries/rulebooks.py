"""Rulebook of an event."""

from timely.domain.rulebooks import RULEBOOKS, Rulebook
from timely.domain.rules.rules import Rules
from timely.models.read_only import EventView


def book_of(event: EventView) -> Rulebook | None:
    """The rulebook whose rules the event has; None if the rules are its own."""
    book = RULEBOOKS.get(event.rulebook)
    return book if book is not None and book.rules.as_dict() == event.order_rules.as_dict() else None


def same_order(event: EventView) -> Rulebook | None:
    """A rulebook for this sport that orders a table as the event's own rules do; None if there is none."""
    own = _order(event.order_rules)
    books = [book for book in RULEBOOKS.values() if not book.sports or event.sport_kind.key in book.sports]
    return next((book for book in books if _order(book.rules) == own), None)


def _order(rules: Rules) -> tuple[object, ...]:
    return rules.tiebreakers, rules.order(complete=False), rules.head_to_head_restart
