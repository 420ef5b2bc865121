"""Audit entries of changes to a fixture."""

from typing import Any

from timely.domain.translation import gettext_noop
from timely.models import Fixture, User
from timely.services import audit
from timely.services.fixture_details import audit_values

RESCHEDULED = gettext_noop("reschedule game")
ACTIONS = {
    "SCHEDULED": gettext_noop("restore game"),
    "POSTPONED": gettext_noop("postpone game"),
    "CANCELLED": gettext_noop("cancel game"),
    "ABANDONED": gettext_noop("abandon game"),
}
STARTED = gettext_noop("start game")


def action_of(before: dict[str, Any], fixture: Fixture) -> str:
    """The action that led from the values *before* to the present ones."""
    return RESCHEDULED if before["status"] == fixture.status else ACTIONS.get(fixture.status, STARTED)


def record_change(action: str, subject: str, fixture: Fixture, by: User | None, before: dict[str, Any]) -> None:
    """Records what differs from the values *before*; nothing if nothing does."""
    after = audit_values(fixture)
    changed = [key for key in after if after[key] != before[key]]
    if changed:
        audit.record(
            action,
            subject,
            by=by,
            event_id=fixture.event_id,
            before={key: before[key] for key in changed},
            after={key: after[key] for key in changed},
        )
