"""`/admin/events/<id>/pitches/`: add, change and delete pitches."""

from collections import Counter

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely import timezones
from timely.blueprints.conflict_page import conflict_page, marked, unchanged
from timely.blueprints.event_access import managed_event, organisers_blueprint, part_of
from timely.blueprints.name_lists import take_names
from timely.blueprints.pitches.forms import PitchesForm, PitchForm
from timely.blueprints.undo_flash import flash_done
from timely.domain.translation import gettext
from timely.models import Pitch
from timely.services import pitches
from timely.services.errors import RuleBroken, StaleVersion

bp = organisers_blueprint("pitches", __name__, "/admin/events/<int:event_id>/pitches")


@bp.route("/", methods=["GET", "POST"])
def index(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    form = PitchesForm()
    if done := take_names(event, form, pitches.add_pitches):
        return done
    games = Counter(fixture.pitch_id for fixture in event.fixtures)
    return render_template("pitches/index.html", event=event, form=form, games=games), 422 if form.errors else 200


@bp.route("/<int:pitch_id>/", methods=["GET", "POST"])
def edit(event_id: int, pitch_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    pitch = part_of(event, Pitch, pitch_id)
    form = filled(pitch) if request.method == "GET" else PitchForm()
    if form.validate_on_submit():
        try:
            with unchanged(form, lambda: filled(pitch)):
                pitches.change_pitch(pitch, form.name.data or "", form.timezone.data or "", by=current_user)
        except StaleVersion:
            here = url_for(".edit", event_id=event.id, pitch_id=pitch.id)
            return conflict_page(pitch.name, form, filled(pitch), here)
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash_done(gettext("Saved."), event)
            return redirect(url_for(".index", event_id=event.id))
    page = render_template("pitches/edit.html", event=event, form=form, pitch=pitch, timezones=timezones.names())
    return page, 422 if form.errors else 200


@bp.post("/<int:pitch_id>/delete/")
def delete(event_id: int, pitch_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    pitch = part_of(event, Pitch, pitch_id)
    name = pitch.name
    try:
        pitches.delete_pitch(pitch, by=current_user)
    except RuleBroken as broken:
        flash(broken.message, "error")
    else:
        flash_done(gettext("%(name)s is deleted.", name=name), event)
    return redirect(url_for(".index", event_id=event.id))


def filled(pitch: Pitch) -> PitchForm:
    """The form filled with the saved values."""
    return marked(PitchForm(formdata=None, data={"name": pitch.name, "timezone": pitch.timezone}))
