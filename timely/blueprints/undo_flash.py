"""Flash messages with a button that undoes the change just made."""

from flask import flash, url_for
from flask_login import current_user

from timely import access
from timely.domain.translation import gettext
from timely.models import AuditEntry, Event
from timely.services.undo_journal import undoable_entry


def flash_done(text: str, event: Event, *, button: str = "") -> None:
    """Flashes *text*, with an undo button if this request made a change to the event that can be undone.

    *button* is the button's text if it is not "Undo".
    """
    entry = undoable_entry() if access.may_manage(current_user, event) else None
    if entry is None or entry.event_id != event.id:
        flash(text, "success")
    else:
        flash_undo(text, entry, button=button)


def flash_undo(text: str, entry: AuditEntry, *, button: str = "") -> None:
    flash_button(
        text, button or gettext("Undo"), url_for("audit.take_back", event_id=entry.event_id, entry_id=entry.id)
    )


def flash_button(text: str, button: str, href: str) -> None:
    """Flashes *text*, with a button that posts to *href*."""
    flash({"text": text, "button": button, "href": href}, "success")  # type: ignore[arg-type]  # kept as JSON
