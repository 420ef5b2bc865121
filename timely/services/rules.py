"""Rules of an event: taken from a rulebook, or its own."""

from typing import Any

from timely.database.transactions import writing
from timely.domain.errors import ValidationError
from timely.domain.rulebooks import RULEBOOKS
from timely.domain.rules.rules import Rules, read_rules, require_small
from timely.domain.rules.tiebreakers import TIEBREAKERS
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.models import Event, User
from timely.services import audit
from timely.services.advancement import Rulings, advance_teams
from timely.services.errors import RuleBroken, require_current
from timely.services.rulebooks import book_for


def take_rulebook(
    event: Event, key: str, *, by: User | None, seen_version: int | None = None, rulings: Rulings | None = None
) -> None:
    """Takes all rules of that rulebook. Raises RuleBroken for one that does not fit, StaleVersion, NeedsRuling."""
    book = book_for(event.sport, key)
    _take(event, book.rules, book.key, by, seen_version, rulings)


def make_own_rules(
    event: Event,
    data: dict[str, Any],
    *,
    by: User | None,
    seen_version: int | None = None,
    rulings: Rulings | None = None,
) -> None:
    """Takes rules in the shape of the event file.

    Raises RuleBroken, whose field is the path of the faulty key, StaleVersion, NeedsRuling.
    """
    rules = own_rules(data)
    same = next((book.key for book in RULEBOOKS.values() if book.rules == rules), "")
    _take(event, rules, same, by, seen_version, rulings)


def own_rules(data: dict[str, Any]) -> Rules:
    """The rules in *data*, which must be complete. Raises RuleBroken."""
    try:
        require_small(data)
        return read_rules(data)
    except ValidationError as fault:
        raise RuleBroken(fault.sentence, field=fault.path.removeprefix("rules.")) from None


def require_readable(event: Event, rules: Rules) -> None:
    """Raises RuleBroken if these rules could not count results that are there."""
    if rules.scoring != event.order_rules.scoring and any(fixture.result for fixture in event.fixtures):
        raise RuleBroken(lazy_gettext("There are results already that these rules could not read."), field="rulebook")


def _take(
    event: Event, rules: Rules, key: str, by: User | None, seen_version: int | None, rulings: Rulings | None
) -> None:
    with writing():
        require_current(seen_version, event.version)
        require_readable(event, rules)
        before = audit_values(event)
        if (rules, key) == (event.order_rules, event.rulebook):
            return
        event.rules, event.rulebook = rules.as_dict(), key
        audit.record(
            gettext_noop("change rules"), event.name, by=by, event_id=event.id, before=before, after=audit_values(event)
        )
        advance_teams(event, rulings)


def audit_values(event: Event) -> dict[str, str]:
    """The rules in short, as the audit log stores them."""
    book = RULEBOOKS.get(event.rulebook)
    order = ", ".join(TIEBREAKERS[one].title.lower() for one in event.order_rules.tiebreakers)
    return {"rulebook": book.name if book else "its own", "order": order}
