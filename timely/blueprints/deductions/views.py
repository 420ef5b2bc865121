"""`/admin/events/<id>/deductions/`: points taken off, and given back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.deductions.forms import DeductionForm
from timely.blueprints.managed import managed_event, organisers_blueprint, part_of
from timely.models import Deduction, Team
from timely.services import deductions
from timely.services.faults import RuleBroken

bp = organisers_blueprint("deductions", __name__, "/admin/events/<int:event_id>/deductions")


@bp.route("/", methods=["GET", "POST"])
def index(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    form = DeductionForm()
    form.for_event(event)
    if form.validate_on_submit():
        try:
            team = part_of(event, Team, int(form.team.data))
            deductions.deduct(event, team, form.points.number, reason=form.reason.data or "", by=current_user)
        except RuleBroken as broken:
            form.add_fault(broken)
        else:
            flash("Saved. The table counts with it.", "success")
            return redirect(url_for(".index", event_id=event.id))
    names = {team.id: team.name for team in event.teams}
    page = render_template("deductions/index.html", event=event, form=form, names=names)
    return page, 422 if form.errors else 200


@bp.post("/<int:deduction_id>/delete/")
def delete(event_id: int, deduction_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    deductions.give_back(part_of(event, Deduction, deduction_id), by=current_user)
    flash("The points count again.", "success")
    return redirect(url_for(".index", event_id=event.id))
