"""`/admin/events/<id>/standings/`: the true tables and knockout; hold them back, show them, record lots."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.change_preview import PendingChange, previewed
from timely.blueprints.event_access import managed_event, organisers_blueprint
from timely.blueprints.lot_form import LotForm, lot_forms
from timely.blueprints.undo_flash import flash_done
from timely.domain.rules.tiebreakers import by_hand
from timely.domain.translation import gettext, gettext_noop
from timely.models import Event, Team, User
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.leaderboard_rows import tied_text
from timely.presenters.rules_text import legend
from timely.presenters.table_rows import table_row
from timely.queries.schedule import schedule
from timely.queries.tables import leaderboard
from timely.services import freeze, lots
from timely.services.advancement import Rulings
from timely.services.errors import RuleBroken

bp = organisers_blueprint("standings", __name__, "/admin/events/<int:event_id>/standings")

# By the tie-breaker that is decided by hand.
LEADS = {
    "external_rank": gettext_noop("%(table)s, %(place)s: in this order, by an order of the organiser."),
    "play_off": gettext_noop("%(table)s, %(place)s: in this order, by a play-off."),
    "drawing_of_lots": gettext_noop("%(table)s, %(place)s: in this order, by lot."),
}


def return_pages(event: Event) -> dict[str, str]:
    """{value of the form's `from` field: page to return to}."""
    return {"today": url_for("admin.index"), "desk": url_for("results.desk", event=event.id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot(PendingChange):
    order: list[Team]
    way: str
    reason: str

    def make(self, *, by: User, reason: str = "", rulings: Rulings | None = None) -> None:
        lots.record_lot(self.event, self.order, way=self.way, by=by, reason=self.reason, rulings=rulings)


@bp.get("/")
def index(event_id: int) -> ResponseReturnValue:
    return page(managed_event(event_id))


@bp.post("/hold/")
def hold(event_id: int) -> ResponseReturnValue:
    return _hold_or_show(event_id, freeze.freeze, gettext("The public sees the tables as they are now."))


@bp.post("/show/")
def reveal(event_id: int) -> ResponseReturnValue:
    return _hold_or_show(event_id, freeze.reveal, gettext("Everybody sees the tables now."))


def _hold_or_show(event_id: int, change: Callable[..., object], done_text: str) -> ResponseReturnValue:
    """*change* is a service of `freeze`, which takes the event and who did it."""
    event = managed_event(event_id)
    try:
        change(event, by=current_user)
    except RuleBroken as broken:
        flash(broken.message, "error")
    else:
        flash_done(done_text, event)
    return redirect(url_for(".index", event_id=event.id))


@bp.post("/lots/")
def draw(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    forms = lot_forms(event)
    form = next((one for one in forms if one.key == request.form.get("tied")), None)
    if form is None:
        flash(gettext("These teams do not share a position any more. Look at the table again."), "warning")
        return redirect(url_for(".index", event_id=event.id))
    form.read(request.form)
    order = form.order()
    if order is None:
        return page(event, forms), 422
    names = ", ".join(team.name for team in order)
    back = return_pages(event).get(request.form.get("from", ""), url_for(".index", event_id=event.id))
    change = Lot(
        event=event,
        order=order,
        way=form.way,
        reason=form.reason,
        title=f"{form.title}: {names}"[:120],
        lead=lead_text(form),
        button=gettext("Record it"),
        back_href=back,
    )
    try:
        preview = previewed(change)
    except RuleBroken as broken:
        form.errors.append(broken.message)
        return page(event, forms), 422
    if preview is not None:
        return preview
    flash_done(gettext("Recorded: %(teams)s", teams=names), event)
    return redirect(back)


def lead_text(form: LotForm) -> str:
    if form.way in LEADS:
        return gettext(LEADS[form.way], table=form.table, place=form.position_text)
    way = gettext(by_hand()[form.way].choice)
    return gettext(
        "%(table)s, %(place)s: in this order (%(way)s).", table=form.table, place=form.position_text, way=way
    )


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
