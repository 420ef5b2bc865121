"""`/admin/events/<id>/timetable/`: scheduling settings, the saved timetable, and locks."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.conflict_page import conflict_page, unchanged
from timely.blueprints.event_access import managed_event, organisers_blueprint
from timely.blueprints.timetable.forms import form_for
from timely.blueprints.timetable.grid import grids
from timely.blueprints.undo_flash import flash_done
from timely.domain.errors import ValidationError
from timely.domain.timetable import Violation, violations
from timely.domain.translation import gettext, ngettext
from timely.models import Event, Fixture
from timely.models.ids import read_id
from timely.queries.timetables import Timetable, all_fixtures, last_change, timetable
from timely.services import timetables
from timely.services.errors import StaleVersion
from timely.services.slow_work import run_slow

bp = organisers_blueprint("timetable", __name__, "/admin/events/<int:event_id>")

MOST_BREACHES = 30


@bp.route("/timetable/", methods=["GET", "POST"])
def index(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    form = form_for(event, request.form if request.method == "POST" else None)
    if request.method == "POST" and "more" not in request.form and form.validate():
        settings = form.settings()
        if "lay_out" in request.form and not settings.days:
            form["day_0"].errors = [gettext("Say at least one day, with its hours.")]
        else:
            try:
                with unchanged(form, lambda: form_for(event)):
                    timetables.set_timetable_hours(event, settings, by=current_user)
            except StaleVersion:
                return conflict_page(gettext("Timetable"), form, form_for(event), url_for(".index", event_id=event.id))
            if "lay_out" in request.form:
                return redirect(url_for(".plan", event_id=event.id))
            flash_done(gettext("Saved."), event)
            return redirect(url_for(".index", event_id=event.id))
    page = render_template(
        "timetable/index.html", event=event, form=form, last_change=last_change(event), **as_it_is(event)
    )
    return page, 422 if form.errors else 200


@bp.post("/timetable/locks/")
def locks(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    names = ("shown", "was", "locked")
    shown, was, locked = ({read_id(text) for text in request.form.getlist(name)} for name in names)
    # Only changed locks are saved: somebody else may have locked other games since.
    changed = timetables.lock_games(event, shown & (was ^ locked), locked, by=current_user)
    said = ngettext("%(num)s lock is changed.", "%(num)s locks are changed.", changed)
    flash_done(said if changed else gettext("No lock was changed."), event)
    return redirect(url_for(".index", event_id=event.id, _anchor="games"))


def as_it_is(event: Event) -> dict[str, Any]:
    """The saved timetable with its violations, for the page."""
    table = timetable(event)
    found = breaches_in(table)
    fixtures: dict[object, Fixture] = {fixture.id: fixture for fixture in all_fixtures(event)}
    bookings: dict[object, Any] = {game.key: game.booking for game in table.games if game.booking}
    return {
        "days": grids(event, table.games, fixtures, bookings),
        "breaches": found[:MOST_BREACHES],
        "more_breaches": max(len(found) - MOST_BREACHES, 0),
        "open_count": len(table.games) - len(bookings),
        "games": len(table.games),
    }


def breaches_in(table: Timetable) -> list[Violation]:
    try:
        return run_slow(violations, table.games, table.pitches, table.spacing)
    except ValidationError:
        return []  # the input is contradictory; scheduling reports why
