"""`/admin/events/<id>/standings/`: the true tables and knockout; hold them back, show them, record lots."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.change_preview import PendingChange, previewed
from timely.blueprints.event_access import managed_event, organisers_blueprint
from timely.blueprints.lot_form import WAYS, LotForm, lot_forms
from timely.blueprints.undo_flash import flash_done
from timely.models import Event
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.leaderboard_rows import tied_text
from timely.presenters.rules_text import legend
from timely.presenters.table_rows import table_row
from timely.queries.schedule import schedule
from timely.queries.tables import leaderboard
from timely.services import freeze, lots
from timely.services.errors import RuleBroken

bp = organisers_blueprint("standings", __name__, "/admin/events/<int:event_id>/standings")


def doors(event: Event) -> dict[str, str]:
    """{value of the form's `from` field: page to return to}."""
    return {"today": url_for("admin.index"), "desk": url_for("results.desk", event=event.id)}


@bp.get("/")
def index(event_id: int) -> ResponseReturnValue:
    return page(managed_event(event_id))


@bp.post("/hold/")
def hold(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    return answer(event, lambda: freeze.freeze(event, by=current_user), "The public sees the tables as they are now.")


@bp.post("/show/")
def reveal(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    return answer(event, lambda: freeze.reveal(event, by=current_user), "Everybody sees the tables now.")


@bp.post("/lots/")
def draw(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    forms = lot_forms(event)
    form = next((one for one in forms if one.key == request.form.get("tied")), None)
    if form is None:
        flash("These teams do not share a position any more. Look at the table again.", "warning")
        return redirect(url_for(".index", event_id=event.id))
    form.read(request.form)
    order = form.order()
    if order is None:
        return page(event, forms), 422
    names = ", ".join(team.name for team in order)
    back = doors(event).get(request.form.get("from", ""), url_for(".index", event_id=event.id))
    wish = PendingChange(
        event=event,
        title=f"{form.title}: {names}"[:120],
        lead=f"{form.table}, {form.position_text}: in this order, {WAYS[form.way][0].lower()}{WAYS[form.way][1:]}.",
        button="Record it",
        deed=lambda rulings, why: lots.record_lot(
            event, order, way=form.way, by=current_user, reason=form.reason, rulings=rulings
        ),
        done=f"Recorded: {names}",
        back_href=back,
        done_href=back,
    )
    try:
        return previewed(wish)
    except RuleBroken as broken:
        form.errors.append(broken.message)
        return page(event, forms), 422


def answer(event: Event, deed: Callable[[], Any], done: str) -> ResponseReturnValue:
    try:
        deed()
    except RuleBroken as broken:
        flash(broken.message, "error")
    else:
        flash_done(done, event)
    return redirect(url_for(".index", event_id=event.id))


def page(event: Event, forms: list[LotForm] | None = None) -> str:
    tables = [table_row(table) for table in leaderboard(event)]
    return render_template(
        "standings/index.html",
        event=event,
        tables=tables,
        legend=legend(tables),
        tied_text=tied_text(tables),
        knockout=[fixture_row(one) for one in schedule(event) if one.is_knockout],
        lots=lot_forms(event) if forms is None else forms,
    )
