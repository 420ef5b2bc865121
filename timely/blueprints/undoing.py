"""The button that takes back what was just done."""

from flask import flash, url_for
from flask_login import current_user

from timely import access
from timely.models import AuditEntry, Event
from timely.queries.audit import latest_deed


def flash_done(text: str, event: Event, *, button: str = "Undo") -> None:
    """Says *text*, with a button that takes back the deed that this person has just done on the event."""
    entry = latest_deed(event, current_user) if access.may_manage(current_user, event) else None
    if entry is None:
        flash(text, "success")
    else:
        flash_undo(text, entry, button=button)


def flash_undo(text: str, entry: AuditEntry, *, button: str = "Undo") -> None:
    href = url_for("audit.take_back", event_id=entry.event_id, entry_id=entry.id)
    flash({"text": text, "button": button, "href": href}, "success")  # type: ignore[arg-type]  # kept as JSON
