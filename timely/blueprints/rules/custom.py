"""`/admin/events/<id>/rules/own/`: an event's own rules, edited tie-breaker by tie-breaker."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from timely.blueprints.conflict_page import compared, conflict_lines_page
from timely.blueprints.event_access import managed_event
from timely.blueprints.rules.form import CARDS, SETS, OwnRulesForm, saved
from timely.blueprints.rules.views import OWN_NAME, TAKE, RulesChange, bp, compared_or_taken, taken
from timely.domain.rulebooks import RULEBOOKS
from timely.domain.rules.rules import Rules
from timely.domain.translation import gettext, pgettext
from timely.fingerprint import fingerprint
from timely.models import Event, User
from timely.presenters.tiebreaker_text import order_text
from timely.services import rules as rules_service
from timely.services.advancement import Rulings
from timely.services.errors import RuleBroken
from timely.services.rulebooks import fits

OURS = ("csrf_token", "take", "show", "again", "version", "order-do", "running-do", "order-add", "running-add")
PRESSED = {"take", "again", "fingerprint"}  # buttons of the pages that follow the form


@bp.route("/own/", methods=["GET", "POST"])
def own(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    base = begun_with(event)
    drawn = fingerprint(event.order_rules.as_dict())
    form = OwnRulesForm(data=None if request.method == "POST" else {**saved(base), "was": drawn})
    form.for_event(event, base)
    # A list's button only changes the list: other input is kept, and validated later.
    if not form.is_being_changed and form.validate_on_submit():
        try:
            data = form.rules()
            if not PRESSED & request.form.keys() and (form.was.data or drawn) != drawn:
                return conflict_answer(event, form, data, drawn)
            if "again" not in request.form:
                page = compared_or_taken(own_rules(event, data), seen=form.version.seen())
                return page or taken(event, gettext("The table goes by these rules now."))
        except RuleBroken as broken:
            refuse(form, broken)
    page = render_template(
        "rules/own.html", event=event, form=form, cards=CARDS, set_fields=SETS, book=RULEBOOKS.get(begun_key())
    )
    return page, 422 if form.errors else 200


def conflict_answer(event: Event, typed: OwnRulesForm, data: dict[str, Any], drawn: str) -> ResponseReturnValue:
    """409: the rules saved since the form was rendered, field_for those that were typed."""
    present = OwnRulesForm(formdata=None, data=saved(event.order_rules))
    sport = event.sport_kind
    now, wanted = event.order_rules, rules_service.own_rules(data)
    orders = [
        (pgettext("of criteria", "Order"), order_text(sport, now.tiebreakers), order_text(sport, wanted.tiebreakers)),
        (
            gettext("Order while games are to come"),
            order_text(sport, now.tiebreakers_while_running or ()),
            order_text(sport, wanted.tiebreakers_while_running or ()),
        ),
    ]
    lines = [line for line in (*orders, *compared(typed, present)) if line[1] != line[2]]
    return conflict_lines_page(str(OWN_NAME), lines, {"was": drawn}, url_for(".index", event_id=event.id))


def begun_key() -> str:
    return request.values.get("from", "")


def begun_with(event: Event) -> Rules:
    """The rules to start from: of the rulebook in the address, else the event's."""
    book = RULEBOOKS.get(begun_key())
    return book.rules if book and fits(event.sport_kind, book) else event.order_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRules(RulesChange):
    data: dict[str, Any]  # the rules in the shape of the event file

    def make(self, *, by: User, reason: str = "", rulings: Rulings | None = None) -> None:
        rules_service.make_own_rules(self.event, self.data, by=by, seen_version=self.seen_version, rulings=rulings)


def own_rules(event: Event, data: dict[str, Any]) -> OwnRules:
    return OwnRules(
        event=event,
        data=data,
        name=OWN_NAME,
        rules=rules_service.own_rules(data),
        action=url_for(".own", event_id=event.id),
        sent=[pair for pair in request.form.items(multi=True) if pair[0] not in OURS],
        title=gettext("Rules: %(rulebook)s", rulebook=OWN_NAME),
        button=TAKE,
        back_href=url_for(".index", event_id=event.id),
    )


def refuse(form: OwnRulesForm, broken: RuleBroken) -> None:
    """Adds the error to its field, or below its list."""
    field = next(iter(broken.fields), "")
    for one in form.lists:
        if one.name == field:
            one.error = broken.message
            form.form_errors.append(broken.message)
            return
    form.add_error(broken)
