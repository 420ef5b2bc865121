"""`/admin/events/<id>/format/`: choose, preview and create a format; again while nothing has been played."""

from collections.abc import Hashable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.event_access import managed_event, organisers_blueprint
from timely.blueprints.formats.forms import FORMS, FormatForm, hidden_values, suggested
from timely.blueprints.formats.preview import shown
from timely.blueprints.formats.team_list import as_lines
from timely.blueprints.undo_flash import flash_done
from timely.domain.translation import ngettext
from timely.models import Division, Event, Team
from timely.presenters.format_text import format_text
from timely.services import formats
from timely.services.errors import RuleBroken
from timely.services.formats import FormatChoice
from timely.services.stages import fixtures_of

bp = organisers_blueprint("formats", __name__, "/admin/events/<int:event_id>/format")


@bp.get("/")
def index(event_id: int) -> ResponseReturnValue:
    """The present format, and the kinds to choose from."""
    event = managed_event(event_id)
    division = chosen_division(event)
    return render_template("formats/index.html", **about(event, division))


@bp.route("/<kind>/", methods=["GET", "POST"])
def make(event_id: int, kind: str) -> ResponseReturnValue:
    event = managed_event(event_id)
    division = chosen_division(event)
    cls = FORMS.get(kind) or abort(404)
    if division is None and event.divisions:
        return redirect(url_for(".index", event_id=event.id))
    form = cls(data=None if request.method == "POST" else suggested(event, division, kind))
    if form.validate_on_submit():
        try:
            if "redraw" in request.form:
                form.draw_again()
            choice = form.choice(event, division)
            if "make" in request.form:
                return made(event, division, form, choice)
            if "hand" in request.form:
                form = by_hand(event, division, form, choice)
            elif "again" not in request.form:
                return preview(event, division, form, choice)
        except RuleBroken as broken:
            form.add_error(broken)
    page = render_template("formats/form.html", form=form, kind=kind, **about(event, division))
    return page, 422 if form.errors else 200


def chosen_division(event: Event) -> Division | None:
    """The division named in the address; None if none is named, 404 if the event does not have it."""
    asked = request.args.get("division", "")
    if not asked:
        return None
    return next((one for one in event.divisions if str(one.id) == asked), None) or abort(404)


def about(event: Event, division: Division | None) -> dict[str, Any]:
    """Template context that all pages of a format share."""
    teams = formats.teams_of(event, division)
    games = fixtures_of(event, division.id if division else None)
    try:
        formats.require_unplayed(event, division)
        refused = ""
    except RuleBroken as broken:
        refused = broken.message
    return {
        "event": event,
        "division": division,
        "teams": teams,
        "ungrouped": len([team for team in event.teams if team.division_id is None]) if event.divisions else 0,
        "games": games,
        "refused": refused,
        "words": format_text(event, division),
        "places": sum(1 for game in games if game.start_at or game.pitch_id),
        "divisions": [(one, len(formats.teams_of(event, one)), format_text(event, one)) for one in event.divisions],
    }


def preview(event: Event, division: Division | None, form: FormatForm, choice: FormatChoice) -> str:
    """All groups, rounds and byes; nothing is saved yet."""
    formats.require_unplayed(event, division)
    planned = formats.plan(event, division, choice)
    return render_template(
        "formats/preview.html",
        **about(event, division) | shown(event, choice, planned),
        form=form,
        kind=form.kind,
        chosen=choice.format,
        fingerprint=formats.fingerprint_of(event, division, choice),
        again=hidden_values(form),
    )


def made(event: Event, division: Division | None, form: FormatForm, choice: FormatChoice) -> ResponseReturnValue:
    try:
        games = formats.make_format(
            event, division, choice, by=current_user, seen_fingerprint=form.fingerprint.data or ""
        )
    except RuleBroken as broken:
        if broken.code != "stale":
            raise
        flash(broken.message, "warning")
        return preview(event, division, form, choice)
    said = ngettext("%(num)s game is made.", "%(num)s games are made, without times yet.", len(games))
    flash_done(said, event)
    return redirect(url_for(".index", event_id=event.id, division=division.id if division else None))


def by_hand(event: Event, division: Division | None, form: FormatForm, choice: FormatChoice) -> FormatForm:
    """The form with the previewed groups written into its list."""
    planned = formats.plan(event, division, choice)
    teams: dict[Hashable, Team] = {team.id: team for team in choice.teams}
    form["order"].data = as_lines([[teams[id_] for id_ in group.teams] for group in planned.groups])
    form["draw"].data = "listed"
    return form
