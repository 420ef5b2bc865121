"""`/admin/events/<id>/audit/`: who changed what, when and why, with undo."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.audit.change_text import change_lines
from timely.blueprints.event_access import managed_event, organisers_blueprint, record_or_404
from timely.blueprints.undo_flash import flash_undo
from timely.blueprints.walkover_text import given_text
from timely.domain.translation import gettext
from timely.extensions import db
from timely.models import AuditEntry, Event, Fixture
from timely.models.ids import read_id
from timely.presenters.date_text import day_and_time_text, day_text, time_with_seconds_text
from timely.queries.audit import entries_of, undoable
from timely.services.audit import action_text
from timely.services.errors import RuleBroken
from timely.services.undo import undo
from timely.web.redirect_targets import LONGEST_BACK, local_path

SHOWN = 50

bp = organisers_blueprint("audit", __name__, "/admin/events/<int:event_id>/audit")


@bp.get("/")
def index(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    before = read_id(request.args.get("before", "")) or None
    entries = entries_of(event, before, SHOWN + 1)
    shown = entries[:SHOWN]
    can_undo = undoable(shown)
    return render_template(
        "audit/index.html",
        event=event,
        entries=[line(entry, event, entry.id in can_undo) for entry in shown],
        is_first=before is None,
        older=shown[-1].id if len(entries) > SHOWN else None,
    )


@bp.post("/<int:entry_id>/undo/", endpoint="take_back")
def take_back(event_id: int, entry_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    entry = record_or_404(AuditEntry, entry_id)
    if entry.event_id != event.id:
        abort(404)
    try:
        taken_back = undo(entry, by=current_user)
    except RuleBroken as broken:
        flash(broken.message, "error")
    else:
        is_redone = taken_back.action.startswith("redo ")
        game = db.session.get(Fixture, entry.fixture_id) if entry.fixture_id else None
        text = _said(entry, given_text(game) if game is not None else "", is_redone=is_redone)
        flash_undo(text, taken_back, button=gettext("Undo") if is_redone else gettext("Do it again"))
    # Return to the page with the button; from the audit page itself, to its list.
    return redirect(local_path(request.form.get("back", "")[:LONGEST_BACK]) or url_for(".index", event_id=event.id))


def _said(entry: AuditEntry, given: str, *, is_redone: bool) -> str:
    """The message of what was taken back; *given* says if the rules gave the game away."""
    words = {"action": action_text(entry.action), "subject": entry.subject}
    if is_redone and given:
        return gettext("Done again: %(action)s: %(subject)s. But %(why)s", **words, why=given)
    if is_redone:
        return gettext("Done again: %(action)s: %(subject)s", **words)
    if given:
        return gettext("Undone: %(action)s: %(subject)s. But %(why)s", **words, why=given)
    return gettext("Undone: %(action)s: %(subject)s", **words)


def _with_capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def line(entry: AuditEntry, event: Event, can_undo: bool) -> dict[str, Any]:
    """One audit entry for the page."""
    at = entry.at.astimezone(event.zone)
    undone = db.session.get(AuditEntry, entry.undone_by_id) if entry.undone_by_id else None
    return {
        "id": entry.id,
        "when": day_and_time_text(day_text(at.date()), time_with_seconds_text(at)),
        "by": entry.by,
        "action": _with_capital(str(action_text(entry.action))),
        "subject": entry.subject,
        "reason": entry.reason,
        "lines": change_lines(entry, event.zone),
        "can_undo": can_undo,
        "button": gettext("Do it again") if entry.action.startswith("undo ") else gettext("Undo"),
        "undone_by": undone.by if undone else "",
    }
