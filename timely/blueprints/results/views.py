"""`/admin/results/`: the results desk, and the result of one game."""

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from timely import access
from timely.blueprints.change_preview import is_preview_sent, previewed
from timely.blueprints.event_access import signed_in_user
from timely.blueprints.results import pending_changes
from timely.blueprints.results.conflict import conflict_page, is_saved_already
from timely.blueprints.results.desk import desk_context, desk_href, event_to_open, is_final
from timely.blueprints.results.forms import ResultForm, result_form
from timely.blueprints.undo_flash import flash_done
from timely.blueprints.walkover_text import given_text
from timely.database.errors import NotSaved
from timely.database.transactions import writing
from timely.domain.statuses import DECIDED
from timely.domain.translation import gettext
from timely.models import Fixture
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.round_text import away_name, home_name
from timely.presenters.score_text import number_text, result_text
from timely.queries.audit import entries_of_fixture
from timely.queries.fixtures import load_fixture
from timely.services import confirmations, results
from timely.services.advancement import NeedsRuling
from timely.services.audit import action_text
from timely.services.errors import NotAllowed, RuleBroken, StaleVersion
from timely.services.four_eyes import waits_for
from timely.web.fields import read_version

bp = Blueprint("results", __name__, url_prefix="/admin/results")

# The reasons for which a score is not saved.
REFUSALS = (StaleVersion, RuleBroken, NotAllowed, NotSaved)


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
    """Saves a score. A correction of a final result, or one that changes later games, is previewed first."""
    fixture = _fixture(fixture_id)
    form = result_form(fixture)
    if not form.validate_on_submit():
        return _form_again(fixture, form)
    if winner := form.awarded_to():
        return _award(fixture, winner, skip_if_free=True)
    if is_final(fixture.result) or is_preview_sent():
        return _correct(fixture, form)
    try:
        with writing(keep=True):
            results.enter_score(
                fixture,
                form.score(),
                by=signed_in_user(),
                status=form.status.data or None,
                running=form.running.data,
                reason=form.reason.data or "",
                seen_version=form.version.seen(),
            )
    except NeedsRuling:
        return _correct(fixture, form)
    except REFUSALS as refusal:
        return _refused(fixture, form, refusal)
    return _done(fixture, _saved_text(fixture))


@bp.post("/<int:fixture_id>/walkover/")
@login_required
def walkover(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    to = request.form.get("to")
    if to not in DECIDED:
        abort(400)
    return _award(fixture, to)


@bp.post("/<int:fixture_id>/status/")
@login_required
def status(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    wanted = request.form.get("status", "")
    if wanted not in ("VERIFIED", "FINAL"):
        abort(400)
    try:
        confirmations.set_result_status(
            fixture, wanted, by=current_user, seen_version=read_version(request.form.get("version"))
        )
    except (StaleVersion, RuleBroken, NotAllowed) as refusal:
        return _button_refused(fixture, refusal)
    return _done(fixture, gettext("The result is final.") if wanted == "FINAL" else gettext("The result is verified."))


@bp.post("/<int:fixture_id>/take-back/")
@login_required
def take_back(fixture_id: int) -> ResponseReturnValue:
    fixture = _fixture(fixture_id)
    try:
        page = previewed(pending_changes.taking_back(fixture), skip_if_free=True)
    except (StaleVersion, RuleBroken, NotAllowed) as refusal:
        return _button_refused(fixture, refusal)
    if page is not None:
        return page
    given = given_text(fixture)
    if given:
        return _done(fixture, gettext("The score is taken back, but the game is not open: %(why)s", why=given))
    return _done(fixture, gettext("Taken back. The game is open again."))


def _fixture(fixture_id: int) -> Fixture:
    fixture, user = load_fixture(fixture_id) or abort(404), signed_in_user()
    if not access.may_see(user, fixture.event, None):
        abort(404)
    access.require(access.may_enter_result(user, fixture))
    return fixture


def _correct(fixture: Fixture, form: ResultForm) -> ResponseReturnValue:
    """Saves the score after the preview of its other effects; without any, at once."""
    try:
        page = previewed(pending_changes.correction(fixture, form), skip_if_free=True)
    except REFUSALS as refusal:
        return _refused(fixture, form, refusal)
    return page or _done(fixture, _saved_text(fixture))


def _award(fixture: Fixture, to: str, *, skip_if_free: bool = False) -> ResponseReturnValue:
    """Awards the game to the side *to* after the preview."""
    change = pending_changes.walkover(fixture, to)
    try:
        page = previewed(change, skip_if_free=skip_if_free)
    except (StaleVersion, RuleBroken, NotAllowed) as refusal:
        return _button_refused(fixture, refusal)
    return page or _done(fixture, change.done_text)


def _saved_text(fixture: Fixture) -> str:
    return gettext("Saved: %(result)s", result=result_text(fixture))


def _done(fixture: Fixture, text: str) -> ResponseReturnValue:
    flash_done(text, fixture.event)
    return redirect(desk_href(fixture))


def _refused(
    fixture: Fixture, form: ResultForm, refusal: StaleVersion | RuleBroken | NotAllowed | NotSaved
) -> ResponseReturnValue:
    """The form with the reason why its score is not saved; the conflict page if another was saved meanwhile."""
    if isinstance(refusal, StaleVersion):
        if is_saved_already(fixture, form):  # pressed twice, or sent again because the first response was lost
            return _done(fixture, _saved_text(fixture))
        return conflict_page(fixture, form), 409
    if isinstance(refusal, NotSaved):
        form.add_error(f"{refusal.trouble.title_text}. {refusal.trouble.save_text}", "")
        return _form_again(fixture, form, refusal.trouble.status)
    field = next(iter(refusal.fields), "") if isinstance(refusal, RuleBroken) else ""
    form.add_error(refusal.message, field)
    return _form_again(fixture, form)


def _form_again(fixture: Fixture, form: ResultForm, status: int = 422) -> ResponseReturnValue:
    """The page that the form was sent from, with its faults."""
    if "on_desk" in request.form and not form.reason.errors:
        context = desk_context(fixture.event, current_user, refused=(fixture, form))
        return render_template("results/desk.html", **context), status
    return _page(fixture, form), status


def _button_refused(fixture: Fixture, refusal: StaleVersion | RuleBroken | NotAllowed) -> ResponseReturnValue:
    """The game's page with the reason why a button of it did nothing."""
    form = _filled(fixture)
    if isinstance(refusal, StaleVersion):
        flash(gettext("Somebody saved this game in the meantime. Look at it again; nothing was changed."), "error")
        return _page(fixture, form), 409
    form.form_errors.append(str(refusal.message))
    return _page(fixture, form), 422


def _filled(fixture: Fixture) -> ResultForm:
    """The form filled with the saved values."""
    return result_form(fixture, posted=False)


def _page(fixture: Fixture, form: ResultForm) -> str:
    form.reason.flags.required = fixture.result is not None and fixture.result.status == "FINAL"
    form.name_sides(home_name(fixture), away_name(fixture))
    return render_template(
        "results/game.html",
        fixture=fixture_row(fixture),
        event=fixture.event,
        form=form,
        result=fixture.result,
        waits_for=waits_for(fixture, current_user),
        story=entries_of_fixture(fixture),
        action_text=action_text,
        number=partial(number_text, fixture),
        may_manage=access.may_manage(current_user, fixture.event),
        is_knockout=fixture.is_knockout,
        # A game decided by sets has a winner; two legs together may have none.
        may_be_level=form.lines.form != "sets" or fixture.leg is not None,
        version=fixture.version,
        desk_href=url_for("results.desk", event=fixture.event_id),
    )
