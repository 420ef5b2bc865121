"""`/admin/events/`: list, create, edit and delete events, and change their status."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely import access, timezones
from timely.blueprints.admin_events.forms import DeleteForm, EventForm, has_own_rules
from timely.blueprints.conflict_page import conflict_page
from timely.blueprints.event_access import managed_event, organisers_blueprint
from timely.blueprints.event_urls import page_address
from timely.blueprints.undo_flash import flash_button, flash_done
from timely.clock import now
from timely.domain.statuses import EVENT_STATUSES
from timely.domain.translation import gettext, gettext_noop, ngettext
from timely.models import Event
from timely.presenters.date_text import clock_text
from timely.presenters.event_rows import event_row
from timely.presenters.next_step import next_step, question_before, status_buttons
from timely.presenters.state_text import EVENT_STATE_TEXT
from timely.queries.event_counts import EventCounts, event_counts
from timely.queries.events import events_called, events_of
from timely.services import events
from timely.services.errors import RuleBroken, StaleVersion
from timely.services.moved_days import left_behind
from timely.services.rulebooks import OWN
from timely.web.fields import colours
from timely.web.redirect_targets import LONGEST_BACK, local_path

bp = organisers_blueprint("admin_events", __name__, "/admin/events")

STATE_SAID = {
    "DRAFT": gettext_noop("%(event)s: draft."),
    "COMING": gettext_noop("%(event)s: coming up."),
    "NOW": gettext_noop("%(event)s: on now."),
    "AWAITED": gettext_noop("%(event)s: results awaited."),
    "FINISHED": gettext_noop("%(event)s: finished."),
    "CANCELLED": gettext_noop("%(event)s: cancelled."),
}


@bp.get("/")
def index() -> ResponseReturnValue:
    managed = [event for event in events_of(current_user) if access.may_manage(current_user, event)]
    counts = event_counts(managed)
    rows = [listed(event, counts[event.id]) for event in managed]
    return render_template("admin_events/index.html", rows=rows)


@bp.route("/new/", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    access.require(access.may_make_event(current_user))
    form = EventForm(
        data={
            "sport": "football",
            "timezone": timezones.local_name(),
            "counts_from": "PENDING",
        }
    )
    form.for_event(None)
    if request.method == "GET":
        # The laptop may be set to UTC, so the browser's time zone is proposed if it is known (time_zone.js).
        form.timezone.render_kw = {**form.timezone.render_kw, "data-zone": "propose"}
    if form.validate_on_submit():
        try:
            twins = events_called(form.name.data or "", form.season.data or "", current_user)
            event = events.create_event(form.event_details(), by=current_user)
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash_made(gettext("%(event)s is made. It is a draft: only you see it.", event=event.name), event)
            if twins:
                twin = twins[0].name
                said = gettext("Another event is called %(name)s. Give this one a season or another name.", name=twin)
                flash(said, "warning")
            return redirect(url_for("teams.index", event_id=event.id))
    return page("admin_events/new.html", form)


@bp.route("/<int:event_id>/", methods=["GET", "POST"])
def edit(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    form = filled(event) if request.method == "GET" else EventForm()
    form.for_event(event)
    if form.validate_on_submit() and is_games_question_answered(event, form):
        try:
            moved = events.change_event(
                event,
                form.event_details(),
                by=current_user,
                seen_version=form.version.seen(),
                takes_games_along=form.games.data == "move",
            )
        except StaleVersion:
            return conflict_page(event.name, form, filled(event), url_for(".edit", event_id=event.id))
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash_done(saved_text(moved), event)
            return redirect(url_for(".edit", event_id=event.id))
    return page(
        "admin_events/edit.html",
        form,
        event=event,
        step=next_step(event, event_counts([event])[event.id]),
        buttons=status_buttons(event, events.NEXT[event.status]),
        status_text=EVENT_STATE_TEXT[event.state],
        share_url=page_address(event, as_chosen=True),
    )


@bp.post("/<int:event_id>/status/")
def status(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    wanted = request.form.get("status", "")
    here = url_for(".edit", event_id=event.id)
    back = local_path(request.form.get("back", "")[:LONGEST_BACK]) or here
    question = question_before(event, wanted) if wanted in events.NEXT[event.status] else None
    if question and "sure" not in request.form:
        return render_template("admin_events/status.html", event=event, status=wanted, question=question, back=back)
    try:
        if wanted not in EVENT_STATUSES:
            raise RuleBroken(gettext("There is no such step."))
        events.set_event_status(event, wanted, by=current_user)
    except RuleBroken as broken:
        flash(broken.message, "error")
        return redirect(here)
    flash_done(gettext(STATE_SAID[event.state], event=event.name), event)
    return redirect(back)


@bp.route("/<int:event_id>/link/", methods=["GET", "POST"])
def renew_link(event_id: int) -> ResponseReturnValue:
    """Renews the private link: GET asks for confirmation, POST does it."""
    event = managed_event(event_id)
    if request.method == "GET" and event.visibility == "private":
        return render_template("admin_events/link.html", event=event)
    try:
        events.renew_key(event, by=current_user)
    except RuleBroken as broken:
        flash(broken.message, "error")
    else:
        flash(gettext("The link is renewed. The old one opens nothing any more: send round the new one."), "success")
    return redirect(url_for(".edit", event_id=event.id))


@bp.route("/<int:event_id>/delete/", methods=["GET", "POST"])
def delete(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    form = DeleteForm()
    name = event.name
    results = sum(1 for fixture in event.fixtures if fixture.result)
    form.name.flags.required = results > 0
    # The undo button after creation posts here without a name, so the name is checked again once there are results.
    if form.validate_on_submit() and (not results or form.name.name in request.form):
        try:
            events.delete_event(event, by=current_user, name=form.name.data or "")
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash(gettext("%(name)s is deleted.", name=name), "success")
            return redirect(url_for(".index"))
    return page("admin_events/delete.html", form, event=event, results=results)


def flash_made(text: str, event: Event) -> None:
    """Flashes *text* about a new event, with an Undo button that leads to its deletion."""
    flash_button(text, gettext("Undo"), url_for("admin_events.delete", event_id=event.id))


def is_games_question_answered(event: Event, form: EventForm) -> bool:
    """Whether the games need no decision, or it was made; if the event moves without one, the form asks for it."""
    left = left_behind(event, form.starts_on.data)
    if left is None:
        form.games.data = None
        return True
    form.ask_for_games(left, form.starts_on.data)
    return not form.games.errors


def saved_text(moved: int) -> str:
    """*moved* is the number of games that went along with the event."""
    if not moved:
        return gettext("Saved.")
    return ngettext("Saved. %(num)s game went along.", "Saved. %(num)s games went along.", moved)


def filled(event: Event) -> EventForm:
    """The form filled with the saved values."""
    details = events.details_of(event)
    if has_own_rules(event):
        details["rulebook"] = OWN
    form = EventForm(formdata=None, data={**details, "version": str(event.version)})
    form.for_event(event)
    return form


def listed(event: Event, counts: EventCounts) -> dict[str, Any]:
    return {
        **event_row(event, (counts.played, counts.games)),
        "team_count": counts.teams,
        "step": next_step(event, counts),
    }


def time_there(zone: str | None) -> str:
    """The current time in the zone; "" if there is no such zone."""
    return clock_text(now(), ZoneInfo(zone)) if zone and timezones.is_timezone(zone) else ""


def page(template: str, form: Any, **more: Any) -> ResponseReturnValue:
    """The page; with status 422 if the form has errors."""
    time_text = time_there(form.timezone.data) if "timezone" in form else ""
    html = render_template(
        template, form=form, timezones=timezones.names(), colours=colours(), time_there=time_text, **more
    )
    return html, 422 if form.errors else 200
