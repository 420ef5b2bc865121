"""`/admin/events/<id>/deductions/`: deduct points, and give them back."""

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from timely.blueprints.change_preview import PendingChange, previewed_if_asked
from timely.blueprints.deductions.forms import DeductionForm
from timely.blueprints.event_access import managed_event, organisers_blueprint, part_of
from timely.blueprints.undo_flash import flash_done
from timely.domain.translation import gettext, ngettext
from timely.models import Deduction, Event, Team, User
from timely.queries.teams import team_names
from timely.services import deductions
from timely.services.advancement import Rulings
from timely.services.errors import RuleBroken

bp = organisers_blueprint("deductions", __name__, "/admin/events/<int:event_id>/deductions")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsOff(PendingChange):
    team: Team
    points: int
    reason: str

    def make(self, *, by: User, reason: str = "", rulings: Rulings | None = None) -> None:
        deductions.deduct(self.event, self.team, self.points, reason=self.reason, by=by, rulings=rulings)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsBack(PendingChange):
    deduction: Deduction

    def make(self, *, by: User, reason: str = "", rulings: Rulings | None = None) -> None:
        deductions.give_back(self.deduction, by=by, rulings=rulings)


@bp.route("/", methods=["GET", "POST"])
def index(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    form = DeductionForm()
    form.for_event(event)
    if form.validate_on_submit():
        team = part_of(event, Team, int(form.team.data))
        try:
            preview = previewed_if_asked(points_off(event, team, form.points.number, form.reason.data or ""))
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            return preview or done(event, gettext("Saved. The table counts with it."))
    names = team_names(event)
    page = render_template("deductions/index.html", event=event, form=form, names=names)
    return page, 422 if form.errors else 200


@bp.post("/<int:deduction_id>/delete/")
def delete(event_id: int, deduction_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    change = PointsBack(
        event=event,
        deduction=part_of(event, Deduction, deduction_id),
        title=gettext("The points count again"),
        button=gettext("Give them back"),
        back_href=url_for(".index", event_id=event.id),
    )
    return previewed_if_asked(change) or done(event, gettext("The points count again."))


def points_off(event: Event, team: Team, points: int, reason: str) -> PointsOff:
    return PointsOff(
        event=event,
        team=team,
        points=points,
        reason=reason,
        title=ngettext(
            "%(team)s: %(num)s point off", "%(team)s: %(num)s points off", points, team=team_names(event)[team.id]
        ),
        lead=gettext("Why: %(reason)s", reason=reason) if reason else "",
        button=gettext("Take them off"),
        back_href=url_for(".index", event_id=event.id),
    )


def done(event: Event, text: str) -> ResponseReturnValue:
    flash_done(text, event)
    return redirect(url_for(".index", event_id=event.id))
