"""Export and import of event files."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely import access
from timely.blueprints.admin_events.forms import ImportForm
from timely.blueprints.admin_events.views import bp, flash_made
from timely.blueprints.event_access import managed_event
from timely.domain.errors import ValidationError
from timely.domain.translation import gettext, ngettext
from timely.event_file.limits import MOST_BYTES
from timely.event_file.read import read_event_file
from timely.models import Event
from timely.queries.event_files import event_file_text
from timely.queries.events import events_called
from timely.services.event_files import import_event
from timely.services.slow_work import run_slow

MOST_NAMED = 12


@bp.get("/<int:event_id>/export/")
def export(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    answer = Response(event_file_text(event), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.json"'
    return answer


@bp.route("/import/", methods=["GET", "POST"], endpoint="import_")
def import_file() -> ResponseReturnValue:
    access.require(access.may_make_event(current_user))
    form = ImportForm()
    if form.validate_on_submit():
        try:
            file = run_slow(read_event_file, form.file.data.read(MOST_BYTES + 1))
            twins = events_called(file.name, file.season, current_user)
            if twins:  # perhaps imported twice by mistake: hidden from the public until that is clear
                file.status = "DRAFT"
            event = import_event(file, by=current_user, owner=None if current_user.is_administrator else current_user)
        except ValidationError as fault:
            where = f"{fault.path[0].upper()}{fault.path[1:]}" if fault.path else gettext("The file")
            form.file.errors = [gettext("%(where)s: %(fault)s.", where=where, fault=fault.message)]
        else:
            said = gettext(
                "%(event)s is here: %(teams)s teams, %(games)s games.",
                event=event.name,
                teams=len(file.teams),
                games=len(file.matches),
            )
            flash_made(said, event)
            if twins:
                flash(same_name_text(twins), "warning")
            if file.ignored:
                flash(ignored_text(file.ignored), "warning")
            return redirect(url_for(".edit", event_id=event.id))
    return render_template("admin_events/import.html", form=form), 422 if form.errors else 200


def same_name_text(twins: list[Event]) -> str:
    """A warning that an event of the same name exists already."""
    return ngettext(
        "An event of this name was here already (%(name)s). This one is a draft, which only its organisers see: "
        "publish it if there are to be two, or delete it.",
        "An event of this name was here already (%(name)s, %(num)s times). This one is a draft, which only its "
        "organisers see: publish it if there are to be two, or delete it.",
        len(twins),
        name=twins[0].name,
    )


def ignored_text(keys: list[str]) -> str:
    named, more = ", ".join(keys[:MOST_NAMED]), len(keys) - MOST_NAMED
    if more <= 0:
        return gettext("Timely does not know these keys and has left them out: %(keys)s.", keys=named)
    return gettext(
        "Timely does not know these keys and has left them out: %(keys)s and %(more)s more.", keys=named, more=more
    )
