"""`/admin/events/<id>/timetable/plan/`: shows and saves the schedule that a background job makes."""

from typing import Any

from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.event_access import managed_event
from timely.blueprints.timetable.grid import grids, was_text
from timely.blueprints.timetable.views import bp
from timely.blueprints.undo_flash import flash_done
from timely.domain.timetable import Schedule
from timely.domain.timetable.local_times import minutes_text
from timely.domain.translation import gettext, ngettext, pgettext
from timely.models import Event, Fixture
from timely.presenters.date_text import clock_text, day_text
from timely.queries.timetables import all_fixtures, settings_of, timetable
from timely.services import timetables
from timely.services.errors import RuleBroken
from timely.services.scheduler_jobs import Job

# Small events are scheduled within this time, without a progress bar.
PATIENCE_SECONDS = 0.4


@bp.route("/timetable/plan/", methods=["GET", "POST"])
def plan(event_id: int) -> ResponseReturnValue:
    """A progress page until the job is done, then the plan; POST, with the plan's fingerprint, saves it."""
    event = managed_event(event_id)
    if event.timetable is None or not settings_of(event).days:
        flash(gettext("Say first which pitches are open, and when."), "warning")
        return redirect(url_for(".index", event_id=event.id))
    job = job_of(event)
    job.wait(PATIENCE_SECONDS)
    if not job.is_over:
        return render_template("timetable/wait.html", event=event, job=job, refresh_seconds=1)
    if job.layout is None:
        flash(job.fault or gettext("Games or pitches have changed. Lay it out again."), "error")
        return redirect(url_for(".index", event_id=event.id))
    if request.method == "POST":
        try:
            seen = request.form.get("fingerprint", "")
            saved = timetables.save_layout(event, job.layout, seen_fingerprint=seen, by=current_user)
        except RuleBroken as broken:
            flash(broken.message, "warning")
            return redirect(url_for(".plan", event_id=event.id))
        flash_done(_saved_text(saved), event)
        return redirect(url_for(".index", event_id=event.id, _anchor="games"))
    return render_template(
        "timetable/plan.html", event=event, fingerprint=job.fingerprint, **preview(event, job, job.layout)
    )


@bp.get("/timetable/plan/progress/")
def progress(event_id: int) -> ResponseReturnValue:
    job = job_of(managed_event(event_id))
    return jsonify({"percent": int(job.part * 100), "is_over": job.is_over})


def job_of(event: Event) -> Job:
    job: Job = current_app.extensions["timely.layout_jobs"].job(event.id, timetable(event))
    return job


def preview(event: Event, job: Job, layout: Schedule) -> dict[str, Any]:
    """The plan for the page; nothing is saved yet."""
    games = job.timetable.games
    fixtures: dict[object, Fixture] = {fixture.id: fixture for fixture in all_fixtures(event)}
    days = grids(event, games, fixtures, layout.bookings)
    titles = {game.key: game.title for game in games}
    pitches = {pitch.key: pitch for pitch in job.timetable.pitches}
    rests = [minutes for each in layout.rests.values() for minutes in each]
    ends = ""
    if layout.ends_at:
        local = layout.ends_at.astimezone(event.zone)
        ends = f"{day_text(local.date())}, {clock_text(layout.ends_at, event.zone)}"
    return {
        "days": days,
        "placed": len(layout.bookings),
        "moved": sum(cell.moved for day in days for line in day.lines for cells in line.cells for cell in cells),
        "staying": sum(1 for game in games if game.stays),
        "missing": [(titles[one.game], one.why, was_text(fixtures[one.game])) for one in layout.missing],
        "short": layout.short,
        "facts": [
            (gettext("The last game ends"), ends),
            (gettext("Rest between two games of a team"), _span(rests)),
            (
                pgettext("hours of play on each pitch", "Played"),
                ", ".join(f"{pitches[key].name}: {_hours(used)}" for key, used in layout.used.items() if used),
            ),
        ],
    }


def _saved_text(saved: timetables.Saved) -> str:
    if saved.missing:
        return ngettext(
            "The timetable is saved: %(num)s game moved, %(missing)s without a time.",
            "The timetable is saved: %(num)s games moved, %(missing)s without a time.",
            saved.moved,
            missing=saved.missing,
        )
    return ngettext(
        "The timetable is saved: %(num)s game moved.", "The timetable is saved: %(num)s games moved.", saved.moved
    )


def _span(rests: list[int]) -> str:
    if not rests:
        return ""
    least, most = min(rests), max(rests)
    if least == most:
        return str(minutes_text(least))
    return gettext("%(least)s to %(most)s", least=least, most=minutes_text(most))


def _hours(minutes: int) -> str:
    if minutes < 60:
        return gettext("%(minutes)s min", minutes=minutes)
    rest = f"{minutes % 60:02d}"
    return gettext("%(hours)s h %(minutes)s", hours=minutes // 60, minutes=rest)
