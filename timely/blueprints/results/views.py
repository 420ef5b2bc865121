"""`/admin/results/`: the desk, and one game's result."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from timely import access
from timely.blueprints.fields import read_version
from timely.blueprints.results.desk import desk_context, event_to_open
from timely.blueprints.results.forms import ResultForm
from timely.extensions import db
from timely.models import Fixture
from timely.queries.audit import story_of
from timely.rows import fixture_row
from timely.services import results
from timely.services.faults import NotAllowed, RuleBroken, SeenOld
from timely.texts import DASH, result_text

bp = Blueprint("results", __name__, url_prefix="/admin/results")


@bp.get("/")
@login_required
def desk() -> ResponseReturnValue:
    event = event_to_open(current_user, request.args.get("event", ""))
    if event is None:
        return render_template("results/nothing.html")
    return render_template("results/desk.html", **desk_context(event, current_user, request.args.get("after", "")))


@bp.get("/<int:fixture_id>/")
@login_required
def show(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    return _page(fixture, _filled(fixture))


@bp.post("/<int:fixture_id>/")
@login_required
def enter(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    form = ResultForm()
    from_desk = "on_desk" in request.form
    if form.validate_on_submit():
        try:
            results.enter_score(
                fixture,
                form.score(),
                by=current_user,
                status=form.status.data or None,
                running=form.running.data,
                reason=form.reason.data or "",
                seen_version=form.seen_version(),
            )
        except SeenOld:
            return _conflict(fixture, form)
        except (RuleBroken, NotAllowed) as broken:
            form.add_fault(broken.message, next(iter(getattr(broken, "fields", {})), ""))
        else:
            flash(f"Saved: {result_text(fixture)}", "success")
            return redirect(_desk(fixture))
    if from_desk and not form.reason.errors:
        context = desk_context(fixture.event, current_user, "", refused=(fixture, form))
        return render_template("results/desk.html", **context), 422
    return _page(fixture, form), 422


@bp.post("/<int:fixture_id>/walkover/")
@login_required
def walkover(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    to = request.form.get("to")
    if to not in ("home", "away"):
        abort(400)
    return _deed(
        fixture,
        lambda seen: results.award_walkover(fixture, to, by=current_user, seen_version=seen),
        "Walkover saved.",
    )


@bp.post("/<int:fixture_id>/status/")
@login_required
def status(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    wanted = request.form.get("status", "")
    if wanted not in ("VERIFIED", "FINAL"):
        abort(400)
    return _deed(
        fixture,
        lambda seen: results.set_result_status(fixture, wanted, by=current_user, seen_version=seen),
        "The result is final." if wanted == "FINAL" else "The result is verified.",
    )


@bp.post("/<int:fixture_id>/take-back/")
@login_required
def take_back(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    return _deed(
        fixture,
        lambda seen: results.take_back(
            fixture, by=current_user, reason=request.form.get("reason", "")[:300], seen_version=seen
        ),
        "Taken back. The game is open again.",
    )


def _fixture(fixture_id: int) -> Fixture:
    fixture = db.session.get(Fixture, fixture_id) or abort(404)
    if not access.may_see(current_user, fixture.event, None):
        abort(404)
    access.require(access.may_enter_result(current_user, fixture))
    return fixture


def _deed(fixture: Fixture, deed, done: str) -> ResponseReturnValue:  # type: ignore[no-untyped-def]
    """Does it, or says why not on the game's page."""
    form = _filled(fixture)
    try:
        deed(read_version(request.form.get("version")))
    except SeenOld:
        flash("Somebody saved this game in the meantime. Look at it again; nothing was changed.", "error")
        return _page(fixture, _filled(fixture)), 409
    except (RuleBroken, NotAllowed) as broken:
        form.form_errors.append(broken.message)
        return _page(fixture, form), 422
    flash(done, "success")
    return redirect(_desk(fixture))


def _filled(fixture: Fixture) -> ResultForm:
    """The form as the game stands now."""
    result = fixture.result
    form = ResultForm(formdata=None, obj=result, data={"version": str(fixture.version)})
    form.status.data = ""  # whatever it was before, saving again is a decision of its own
    return form


def _page(fixture: Fixture, form: ResultForm) -> str:
    is_final = fixture.result is not None and fixture.result.status == "FINAL"
    form.reason.flags.required = is_final
    form.home_score.label.text, form.away_score.label.text = fixture.home_name, fixture.away_name
    return render_template(
        "results/game.html",
        fixture=fixture_row(fixture),
        event=fixture.event,
        form=form,
        result=fixture.result,
        story=story_of(fixture),
        may_manage=access.may_manage(current_user, fixture.event),
        is_knockout=fixture.is_knockout,
        version=fixture.version,
        desk_href=url_for("results.desk", event=fixture.event_id),
    )


def _conflict(fixture: Fixture, form: ResultForm) -> ResponseReturnValue:
    """409: what is saved now beside what was typed, and one button to save that over it."""
    row = fixture_row(fixture)
    pens = form.home_pens.data is not None
    typed = f"{form.home_score.data}{DASH}{form.away_score.data}" + (
        f" ({form.home_pens.data}{DASH}{form.away_pens.data} pens)" if pens else ""
    )
    result = fixture.result
    page = render_template(
        "results/conflict.html",
        fixture=row,
        form=form,
        saved_by=result.entered_by if result else "",
        lines=[
            ("Score", row["score_text"] or "none", typed),
            ("State", _state(row["status"], row["result_status"]), "Live" if form.running.data else "Result"),
        ],
        needs_reason=bool(result and result.status == "FINAL" and not result.running),
        version=fixture.version,
        desk_href=_desk(fixture),
    )
    return page, 409


def _state(status: str, result_status: str | None) -> str:
    return status.capitalize() + (f", {result_status.lower()}" if result_status and status != "LIVE" else "")


def _desk(fixture: Fixture) -> str:
    return url_for("results.desk", event=fixture.event_id, after=fixture.id)
