"""Audit log: one entry for each action, with who, when, the state before and after, and why."""

from typing import Any

from timely.domain.translation import LazyText, gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import AuditEntry, User
from timely.services.undo_journal import latest_entry, note_entry

# The name that stands for the command line, the demo and the clock.
BY_TIMELY = "Timely"
PREFIXES = {"undo ": gettext_noop("undo %(action)s"), "redo ": gettext_noop("redo %(action)s")}


def record(
    action: str,
    subject: str,
    *,
    by: User | None,
    event_id: int | None = None,
    fixture_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """The entry, added to the running transaction. *by* is None for the command line and the demo."""
    entry = AuditEntry(
        action=action,
        subject=subject[:160],
        by=name_of(by),
        user_id=by.id if by else None,
        event_id=event_id,
        fixture_id=fixture_id,
        before=before,
        after=after,
        reason=reason[:300],
    )
    db.session.add(entry)
    note_entry(entry)
    return entry


def action_text(action: str) -> LazyText:
    """The stored word of an action, "undo" and "redo" before it, in the reader's language."""
    for prefix, message in PREFIXES.items():
        if action.startswith(prefix):
            return lazy_gettext(message, action=action_text(action.removeprefix(prefix)))
    return lazy_gettext(action)


def name_of(by: User | None) -> str:
    """The name that is stored for the person who made a change."""
    return by.name if by else BY_TIMELY


def add_to_entry(key: str, value: Any) -> None:
    """Adds a consequence to the last entry of the running transaction."""
    entry = latest_entry()
    if entry is not None:
        entry.after = {**(entry.after or {}), key: value}
