"""`/admin/events/<id>/divisions/`: add, rename and delete divisions."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.conflict_page import conflict_page, marked, unchanged
from timely.blueprints.divisions.forms import DivisionForm, DivisionsForm
from timely.blueprints.event_access import managed_event, organisers_blueprint, part_of
from timely.blueprints.name_lists import take_names
from timely.blueprints.undo_flash import flash_done
from timely.domain.translation import gettext
from timely.models import Division
from timely.presenters.format_text import format_text
from timely.services import divisions
from timely.services.errors import RuleBroken, StaleVersion
from timely.services.formats import teams_of
from timely.services.stages import fixtures_of

bp = organisers_blueprint("divisions", __name__, "/admin/events/<int:event_id>/divisions")


@bp.route("/", methods=["GET", "POST"])
def index(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    form = DivisionsForm()
    if done := take_names(event, form, divisions.add_divisions):
        return done
    rows = [
        (one, len(teams_of(event, one)), len(fixtures_of(event, one.id)), format_text(event, one))
        for one in event.divisions
    ]
    ungrouped = [team for team in event.teams if team.division_id is None] if event.divisions else []
    page = render_template("divisions/index.html", event=event, form=form, rows=rows, ungrouped=len(ungrouped))
    return page, 422 if form.errors else 200


@bp.route("/<int:division_id>/", methods=["GET", "POST"])
def edit(event_id: int, division_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    division = part_of(event, Division, division_id)
    form = filled(division) if request.method == "GET" else DivisionForm()
    if form.validate_on_submit():
        try:
            with unchanged(form, lambda: filled(division)):
                divisions.rename_division(division, form.name.data or "", by=current_user)
        except StaleVersion:
            here = url_for(".edit", event_id=event.id, division_id=division.id)
            return conflict_page(division.name, form, filled(division), here)
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash_done(gettext("Saved."), event)
            return redirect(url_for(".index", event_id=event.id))
    page = render_template("divisions/edit.html", event=event, form=form, division=division)
    return page, 422 if form.errors else 200


@bp.post("/<int:division_id>/delete/")
def delete(event_id: int, division_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    division = part_of(event, Division, division_id)
    name = division.name
    try:
        divisions.delete_division(division, by=current_user)
    except RuleBroken as broken:
        flash(broken.message, "error")
        return redirect(url_for(".edit", event_id=event.id, division_id=division.id))
    flash_done(gettext("%(name)s is deleted.", name=name), event)
    return redirect(url_for(".index", event_id=event.id))


def filled(division: Division) -> DivisionForm:
    """The form filled with the saved values."""
    return marked(DivisionForm(formdata=None, data={"name": division.name}))
