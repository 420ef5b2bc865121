"""`/admin/events/<id>/deductions/`: deduct points, and give them back."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.change_preview import PendingChange, previewed
from timely.blueprints.deductions.forms import DeductionForm
from timely.blueprints.event_access import managed_event, organisers_blueprint, part_of
from timely.blueprints.undo_flash import flash_done
from timely.models import Deduction, Event, Team
from timely.queries.teams import team_names
from timely.services import deductions
from timely.services.advancement import NeedsRuling
from timely.services.errors import RuleBroken

bp = organisers_blueprint("deductions", __name__, "/admin/events/<int:event_id>/deductions")


@bp.route("/", methods=["GET", "POST"])
def index(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    form = DeductionForm()
    form.for_event(event)
    if form.validate_on_submit():
        try:
            team = part_of(event, Team, int(form.team.data))
            return at_once(taking_off(event, team, form.points.number, form.reason.data or ""))
        except RuleBroken as broken:
            form.add_fault(broken)
    names = team_names(event)
    page = render_template("deductions/index.html", event=event, form=form, names=names)
    return page, 422 if form.errors else 200


@bp.post("/<int:deduction_id>/delete/")
def delete(event_id: int, deduction_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    deduction = part_of(event, Deduction, deduction_id)
    back = url_for(".index", event_id=event.id)
    wish = PendingChange(
        event=event,
        title="The points count again",
        button="Give them back",
        deed=lambda rulings, why: deductions.give_back(deduction, by=current_user, rulings=rulings),
        done="The points count again.",
        back_href=back,
        done_href=back,
    )
    return at_once(wish)


def taking_off(event: Event, team: Team, points: int, reason: str) -> PendingChange:
    back = url_for(".index", event_id=event.id)
    return PendingChange(
        event=event,
        title=f"{team_names(event)[team.id]}: {points} point{'' if points == 1 else 's'} off",
        lead=f"Why: {reason}" if reason else "",
        button="Take them off",
        deed=lambda rulings, why: deductions.deduct(
            event, team, points, reason=reason, by=current_user, rulings=rulings
        ),
        done="Saved. The table counts with it.",
        back_href=back,
        done_href=back,
    )


def at_once(wish: PendingChange) -> ResponseReturnValue:
    """Makes the change without a preview, unless it changes who should have played in a game that has begun."""
    if "mark" not in request.form:
        try:
            wish.deed({}, "")
        except NeedsRuling:
            return previewed(wish)
        flash_done(wish.said, wish.event)
        return redirect(wish.done_href)
    return previewed(wish)
