"""`/admin/results/`: the results desk, and the result of one game."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from timely import access
from timely.blueprints.change_preview import PendingChange, previewed
from timely.blueprints.results import pending_changes
from timely.blueprints.results.desk import desk_context, event_to_open
from timely.blueprints.results.forms import ResultForm, result_form
from timely.blueprints.undo_flash import flash_done
from timely.database.errors import NotSaved
from timely.domain.statuses import DECIDED
from timely.extensions import db
from timely.models import Fixture, Result
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.play_text import play_text
from timely.presenters.score_text import number_text, result_text, score_text
from timely.queries.audit import story_of
from timely.services import confirmations
from timely.services.advancement import NeedsRuling
from timely.services.errors import NotAllowed, RuleBroken, StaleVersion
from timely.services.four_eyes import waits_for
from timely.web.fields import read_version

bp = Blueprint("results", __name__, url_prefix="/admin/results")


@bp.get("/")
@login_required
def desk() -> ResponseReturnValue:
    event = event_to_open(current_user, request.args.get("event", ""))
    if event is None:
        return render_template("results/nothing.html")
    return render_template("results/desk.html", **desk_context(event, current_user))


@bp.get("/<int:fixture_id>/")
@login_required
def show(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    return _page(fixture, _filled(fixture))


@bp.post("/<int:fixture_id>/")
@login_required
def enter(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    form = result_form(fixture)
    from_desk, status = "on_desk" in request.form, 422
    if form.validate_on_submit():
        given = form.given_to()
        if given:
            return _answer(fixture, lambda: previewed(pending_changes.walkover(fixture, given), skip_if_free=True))
        try:
            return _save(fixture, pending_changes.correction(fixture, form))
        except StaleVersion:
            if _is_saved_already(fixture, form):  # pressed twice, or sent again because the first response was lost
                flash_done(f"Saved: {result_text(fixture)}", fixture.event)
                return redirect(pending_changes.desk_href(fixture))
            return _conflict(fixture, form)
        except (RuleBroken, NotAllowed) as broken:
            form.add_fault(broken.message, next(iter(getattr(broken, "fields", {})), ""))
        except NotSaved as kept:
            form.add_fault(f"{kept.trouble.title}. {kept.trouble.save_text}", "")
            status = kept.trouble.status
    if from_desk and not form.reason.errors:
        context = desk_context(fixture.event, current_user, refused=(fixture, form))
        return render_template("results/desk.html", **context), status
    return _page(fixture, form), status


@bp.post("/<int:fixture_id>/walkover/")
@login_required
def walkover(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    to = request.form.get("to")
    if to not in DECIDED:
        abort(400)
    return _answer(fixture, lambda: previewed(pending_changes.walkover(fixture, to)))


@bp.post("/<int:fixture_id>/status/")
@login_required
def status(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    wanted = request.form.get("status", "")
    if wanted not in ("VERIFIED", "FINAL"):
        abort(400)
    seen = read_version(request.form.get("version"))

    def confirm() -> ResponseReturnValue:
        confirmations.set_result_status(fixture, wanted, by=current_user, seen_version=seen)
        flash_done("The result is final." if wanted == "FINAL" else "The result is verified.", fixture.event)
        return redirect(pending_changes.desk_href(fixture))

    return _answer(fixture, confirm)


@bp.post("/<int:fixture_id>/take-back/")
@login_required
def take_back(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    return _answer(fixture, lambda: previewed(pending_changes.taking_back(fixture), skip_if_free=True))


def _fixture(fixture_id: int) -> Fixture:
    fixture = db.session.get(Fixture, fixture_id) or abort(404)
    if not access.may_see(current_user, fixture.event, None):
        abort(404)
    access.require(access.may_enter_result(current_user, fixture))
    return fixture


def _save(fixture: Fixture, wish: PendingChange) -> ResponseReturnValue:
    """Saves a first entry at once; a correction of a final result shows its other effects first."""
    result = fixture.result
    is_final = result is not None and result.status == "FINAL" and not result.running
    if is_final or "mark" in request.form:
        return previewed(wish, skip_if_free=True)
    try:
        wish.deed({}, "")
    except NeedsRuling:
        return previewed(wish)
    flash_done(f"Saved: {result_text(fixture)}", fixture.event)
    return redirect(wish.done_href)


def _is_saved_already(fixture: Fixture, form: ResultForm) -> bool:
    """Whether the same user has already saved exactly this."""
    result = fixture.result
    if result is None or result.annulled or result.entered_by_id != current_user.id:
        return False
    is_same_score = score_text(fixture) == pending_changes.typed_text(fixture, form.score())
    is_same_play = all(saved == typed for _, saved, typed in _details_lines(form, result))
    asked = form.status.data or result.status
    return is_same_score and is_same_play and form.running.data == result.running and asked == result.status


def _answer(fixture: Fixture, deed: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """The response of *deed*, or the game's page with the reason why it was refused."""
    form = _filled(fixture)
    try:
        return deed()
    except StaleVersion:
        flash("Somebody saved this game in the meantime. Look at it again; nothing was changed.", "error")
        return _page(fixture, _filled(fixture)), 409
    except (RuleBroken, NotAllowed) as broken:
        form.form_errors.append(broken.message)
        return _page(fixture, form), 422


def _filled(fixture: Fixture) -> ResultForm:
    """The form filled with the saved values."""
    return result_form(fixture, posted=False)


def _page(fixture: Fixture, form: ResultForm) -> str:
    is_final = fixture.result is not None and fixture.result.status == "FINAL"
    form.reason.flags.required = is_final
    form.name_sides(fixture.home_name, fixture.away_name)
    return render_template(
        "results/game.html",
        fixture=fixture_row(fixture),
        event=fixture.event,
        form=form,
        result=fixture.result,
        waits_for=waits_for(fixture, current_user),
        story=story_of(fixture),
        number=partial(number_text, fixture),
        may_manage=access.may_manage(current_user, fixture.event),
        is_knockout=fixture.is_knockout,
        # A game decided by sets has a winner; two legs together may have none.
        may_be_level=form.lines.form != "sets" or fixture.leg is not None,
        version=fixture.version,
        desk_href=url_for("results.desk", event=fixture.event_id),
    )


def _conflict(fixture: Fixture, form: ResultForm) -> ResponseReturnValue:
    """409: the saved values beside the typed ones, and a button to save those anyway."""
    row = fixture_row(fixture)
    typed = pending_changes.typed_text(fixture, form.score())
    result = fixture.result
    page = render_template(
        "results/conflict.html",
        fixture=row,
        form=form,
        saved_by=result.entered_by if result else "",
        lines=[
            ("Score", row["score_text"] or "none", typed),
            *_details_lines(form, result),
            ("State", _state(row["status"], row["result_status"]), "Live" if form.running.data else "Result"),
        ],
        needs_reason=bool(result and result.status == "FINAL" and not result.running),
        version=fixture.version,
        desk_href=pending_changes.desk_href(fixture),
    )
    return page, 409


def _details_lines(form: ResultForm, result: Result | None) -> list[tuple[str, str, str]]:
    """The sets, periods or innings, if they are saved or typed."""
    extra = form.extra()
    saved = play_text(result.extra) if result else ""
    typed = saved if extra is None else play_text(extra)
    return [("In detail", saved or "none", typed or "none")] if saved or typed else []


def _state(status: str, result_status: str | None) -> str:
    return status.capitalize() + (f", {result_status.lower()}" if result_status and status != "LIVE" else "")
