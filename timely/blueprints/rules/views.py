"""`/admin/events/<id>/rules/`: choose a rulebook, preview its effects, adopt it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.change_preview import PendingChange, is_preview_sent, previewed
from timely.blueprints.event_access import managed_event, organisers_blueprint
from timely.blueprints.rules.preview import compared
from timely.blueprints.undo_flash import flash_done
from timely.domain.rulebooks import Rulebook
from timely.domain.rules.rules import Rules
from timely.domain.translation import Text, gettext, gettext_noop, lazy_gettext
from timely.models import Event, User
from timely.presenters.rules_text import points_text
from timely.presenters.tiebreaker_text import order_text
from timely.queries.rulebooks import book_of
from timely.services import rules as rules_service
from timely.services.advancement import NeedsRuling, Rulings
from timely.services.dry_run import dry_run
from timely.services.errors import RuleBroken, StaleVersion
from timely.services.rulebooks import book_for, fitting
from timely.web.fields import BaseForm, ChoiceField, VersionField

bp = organisers_blueprint("rules", __name__, "/admin/events/<int:event_id>/rules")

TAKE = lazy_gettext("Take these rules")
OWN_NAME = lazy_gettext("Your own rules")
MEANWHILE = lazy_gettext("The event was changed meanwhile. Look at it once more before you take these rules.")


class BookForm(BaseForm):
    rulebook = ChoiceField(lazy_gettext("Rulebook"))
    version = VersionField()


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesChange(PendingChange):
    """Other rules, of a rulebook or the event's own, and what the page that compares the tables shows of them."""

    name: Text
    rules: Rules
    source: str = ""
    action: str  # the address of the form
    sent: Sequence[tuple[str, str]]  # the form's fields, to be sent again
    seen_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookTaken(RulesChange):
    key: str

    def make(self, *, by: User, reason: str = "", rulings: Rulings | None = None) -> None:
        rules_service.take_rulebook(self.event, self.key, by=by, seen_version=self.seen_version, rulings=rulings)


@bp.route("/", methods=["GET", "POST"])
def index(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    present = book_of(event)
    form = BookForm(data={"rulebook": present.key if present else ""})
    form.rulebook.offer([(book.key, gettext(book.name)) for book in fitting(event.sport_kind)])
    if form.validate_on_submit():
        try:
            book = book_for(event.sport, form.rulebook.data)
            page = compared_or_taken(rulebook_taken(event, book), seen=form.version.seen())
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            return page or taken(event, gettext("The table goes by %(rulebook)s now.", rulebook=gettext(book.name)))
    page = render_template("rules/index.html", event=event, form=form, present=present_rules(event), **choice(event))
    return page, 422 if form.errors else 200


def rulebook_taken(event: Event, book: Rulebook) -> RulebookTaken:
    address = url_for(".index", event_id=event.id)
    return RulebookTaken(
        event=event,
        key=book.key,
        name=gettext(book.name),
        rules=book.rules,
        source=book.source,
        action=address,
        sent=[("rulebook", book.key)],
        title=gettext("Rules: %(rulebook)s", rulebook=gettext(book.name))[:120],
        button=TAKE,
        back_href=address,
    )


def compared_or_taken(change: RulesChange, *, seen: int | None) -> ResponseReturnValue | None:
    """The tables under these rules, the preview of games that others should have played, or None once they are taken.

    Raises RuleBroken.
    """
    try:
        if is_preview_sent():
            return previewed(change)
        if "take" not in request.form:
            return compare_tables(change)
        try:
            replace(change, seen_version=seen).make(by=current_user)
        except StaleVersion:
            flash(str(MEANWHILE), "warning")
            return compare_tables(change)
    except NeedsRuling:
        return previewed(change)
    return None


def taken(event: Event, text: str) -> ResponseReturnValue:
    flash_done(text, event)
    return redirect(url_for(".index", event_id=event.id))


def compare_tables(change: RulesChange) -> str:
    """The tables under these rules beside the present ones; nothing is saved yet."""
    event, rules = change.event, change.rules
    rules_service.require_readable(event, rules)
    version = event.version
    with dry_run(event) as effects:
        change.make(by=current_user)
    return render_template(
        "rules/preview.html",
        event=event,
        change=change,
        tables=compared(event, rules),
        sentences=sentences(event, rules),
        effects=[*effects.through, *effects.games],
        version=version,
    )


def sentences(event: Event, rules: Rules) -> list[str]:
    """The rules in sentences."""
    sport = event.sport_kind
    lines = [points_text(rules), gettext("Order: %(order)s.", order=order_text(sport, rules.tiebreakers))]
    if rules.tiebreakers_while_running:
        order = order_text(sport, rules.tiebreakers_while_running)
        lines.append(gettext("While games are to come: %(order)s.", order=order))
    if rules.has_head_to_head:
        lines.append(gettext(RESTARTS[rules.head_to_head_restart]))
    return lines


RESTARTS = {
    "never": gettext_noop("Head-to-head begins again: never."),
    "after_block": gettext_noop("Head-to-head begins again: after the last of its criteria, for those still level."),
    "immediate": gettext_noop("Head-to-head begins again: as soon as a team is separated, for the others."),
}


def present_rules(event: Event) -> dict[str, Any]:
    """The event's rules: book, name and sentences."""
    book = book_of(event)
    return {
        "book": book,
        "name": gettext(book.name) if book else gettext("Its own rules"),
        "lines": sentences(event, event.order_rules),
    }


def choice(event: Event) -> dict[str, Any]:
    """The rulebooks to choose from: `own` for this sport, `others` for the rest."""
    sport = event.sport_kind
    own: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for book in fitting(sport):
        row = {"book": book, "order": order_text(sport, book.rules.tiebreakers), "points": points_text(book.rules)}
        (own if book.key == sport.rulebook or sport.key in book.sports else others).append(row)
    return {"own": own, "others": others}
