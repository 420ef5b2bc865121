"""`/admin/notifications/`: send and withdraw notifications."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely import access
from timely.blueprints.event_access import organisers_blueprint, record_or_404
from timely.blueprints.notifications.forms import NotificationForm
from timely.blueprints.undo_flash import flash_button
from timely.domain.translation import gettext
from timely.extensions import db
from timely.models import AuditEntry, Event, Notification
from timely.presenters.date_text import time_text
from timely.presenters.notification_rows import notification_row
from timely.queries.notifications import sent_notifications
from timely.queries.people import people
from timely.services import notifications
from timely.services.errors import RuleBroken
from timely.services.undo import undo
from timely.services.undo_journal import undoable_entry
from timely.web.redirect_targets import LONGEST_BACK, local_path

bp = organisers_blueprint("notifications", __name__, "/admin/notifications")


@bp.before_request
def _organisers_only() -> None:
    access.require(access.may_notify(current_user))


@bp.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    form = NotificationForm()
    form.for_people(people())
    if form.validate_on_submit():
        try:
            sent = notifications.notify(**form.values(), by=current_user)
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash_done(
                gettext("Sent. It is in the header of everybody's pages.") if sent.user_id is None else gettext("Sent.")
            )
            return redirect(url_for(".index"))
    return render_template("notifications/index.html", form=form, rows=shown_rows()), 422 if form.errors else 200


@bp.post("/<int:notification_id>/withdraw/")
def withdraw(notification_id: int) -> ResponseReturnValue:
    notification = record_or_404(Notification, notification_id)
    access.require(access.may_withdraw(current_user, notification))
    notifications.withdraw_notification(notification, by=current_user)
    flash_done(gettext("Withdrawn. It is gone from every page."))
    return redirect(url_for(".index"))


@bp.post("/undo/<int:entry_id>/", endpoint="take_back")
def take_back(entry_id: int) -> ResponseReturnValue:
    """Undoes the sending or withdrawing of a notification; for the user who did it, and for administrators."""
    entry = record_or_404(AuditEntry, entry_id)
    if not entry.action.endswith(notifications.ACTIONS):
        abort(404)
    event = db.session.get(Event, entry.event_id) if entry.event_id else None
    is_own = entry.user_id == current_user.id and (event is None or access.may_manage(current_user, event))
    access.require(is_own or access.may_administer(current_user))
    try:
        taken_back = undo(entry, by=current_user)
    except RuleBroken as broken:
        flash(broken.message, "error")
    else:
        stands = any(change["after"] for change in taken_back.changes or ())
        if stands:
            said = gettext("Undone. “%(title)s” is shown again.", title=entry.subject)
        else:
            said = gettext("Undone. “%(title)s” is gone from every page.", title=entry.subject)
        flash_done(said, gettext("Do it again"))
    return redirect(local_path(request.form.get("back", "")[:LONGEST_BACK]) or url_for(".index"))


def flash_done(text: str, button: str = "") -> None:
    """Flashes *text*, with a button to undo the change made by this request, if there is one.

    *button* is the button's text if it is not "Undo".
    """
    entry = undoable_entry()
    if entry is None:
        flash(text, "success")
    else:
        flash_button(text, button or gettext("Undo"), url_for(".take_back", entry_id=entry.id))


def shown_rows() -> list[dict[str, Any]]:
    """Current notifications: to everybody, to this user, and others that they may withdraw.

    Those of events that the user may not see are left out: they are in no header of theirs either.
    """
    names = {user.id: user.name for user in people()}
    rows = []
    for one in sent_notifications():
        if one.event is not None and not access.may_see(current_user, one.event, None):
            continue
        may_withdraw = access.may_withdraw(current_user, one)
        if may_withdraw or one.user_id in (None, current_user.id):
            end = one.expires_at.astimezone(one.event.zone if one.event else None) if one.expires_at else None
            rows.append(
                {
                    **notification_row(one),
                    "to_text": names.get(one.user_id, "") if one.user_id else gettext("Everybody"),
                    "from_text": names.get(one.sent_by_id or 0, "Timely"),
                    "event_text": one.event.name if one.event else "",
                    "is_seen": one.event is None or one.event.is_public,
                    "ends_text": time_text(end) if end else "",
                    "may_withdraw": may_withdraw,
                }
            )
    return rows
