"""`/admin/events/<id>/rules/`: choose a rulebook, preview its effects, adopt it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.change_preview import PendingChange, previewed
from timely.blueprints.event_access import managed_event, organisers_blueprint
from timely.blueprints.rules.preview import compared, effects
from timely.blueprints.undo_flash import flash_done
from timely.domain.rulebooks import Rulebook
from timely.domain.rules.rules import Rules
from timely.domain.rules.tiebreaker_titles import titles
from timely.models import Event
from timely.presenters.rules_text import points_text
from timely.queries.rulebooks import book_of
from timely.services import rules as rules_service
from timely.services.advancement import NeedsRuling
from timely.services.errors import RuleBroken, StaleVersion
from timely.services.rulebooks import book_for, fitting
from timely.web.fields import ChoiceField, HouseForm, VersionField

bp = organisers_blueprint("rules", __name__, "/admin/events/<int:event_id>/rules")

OWN_NAME = "Your own rules"
MEANWHILE = "The event was changed meanwhile. Look at it once more before you take these rules."


class BookForm(HouseForm):
    rulebook = ChoiceField("Rulebook")
    version = VersionField()


@bp.route("/", methods=["GET", "POST"])
def index(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    present = book_of(event)
    form = BookForm(data={"rulebook": present.key if present else ""})
    form.rulebook.offer([(book.key, book.name) for book in fitting(event.sport_kind)])
    if form.validate_on_submit():
        try:
            book = book_for(event.sport, form.rulebook.data)
            return answer(
                event,
                partial(rules_service.take_rulebook, event, book.key),
                partial(book_preview, event, book),
                name=book.name,
                seen=form.version.seen(),
            )
        except RuleBroken as broken:
            form.add_fault(broken)
    page = render_template("rules/index.html", event=event, form=form, present=told(event), **shelf(event))
    return page, 422 if form.errors else 200


def answer(
    event: Event, take: Callable[..., None], look: Callable[[], str], *, name: str, seen: int | None
) -> ResponseReturnValue:
    """Previews the rules, or adopts them, after asking for rulings on games that others should have played.

    Raises RuleBroken.
    """
    back = url_for(".index", event_id=event.id)
    wish = PendingChange(
        event=event,
        title=f"Rules: {name}"[:120],
        deed=lambda rulings, why: take(by=current_user, rulings=rulings),
        done=f"The table goes by {'these rules' if name == OWN_NAME else name} now.",
        back_href=back,
        done_href=back,
        button="Take these rules",
    )
    try:
        if "mark" in request.form:
            return previewed(wish)
        if "take" not in request.form:
            return look()
        try:
            take(by=current_user, seen_version=seen)
        except StaleVersion:
            flash(MEANWHILE, "warning")
            return look()
    except NeedsRuling:
        return previewed(wish)
    flash_done(wish.said, event)
    return redirect(back)


def book_preview(event: Event, book: Rulebook) -> str:
    rules_service.require_readable(event, book.rules)
    return preview(
        event,
        book.rules,
        title=book.name,
        source=book.source,
        action=url_for(".index", event_id=event.id),
        sent=[("rulebook", book.key)],
        deed=lambda: rules_service.take_rulebook(event, book.key, by=None),
    )


def preview(event: Event, rules: Rules, *, deed: Any, **more: Any) -> str:
    """The tables under these rules beside the present ones; nothing is saved yet."""
    version = event.version
    found = effects(event, deed)
    return render_template(
        "rules/preview.html",
        event=event,
        tables=compared(event, rules),
        told=sentences(event, rules),
        effects=[*found.through, *found.games],
        version=version,
        **more,
    )


def sentences(event: Event, rules: Rules) -> list[str]:
    """The rules in sentences."""
    words = titles(event.sport_kind)
    lines = [points_text(rules), f"Order: {in_words(rules.tiebreakers, words)}."]
    if rules.tiebreakers_while_running:
        lines.append(f"While games are to come: {in_words(rules.tiebreakers_while_running, words)}.")
    if any(one.startswith("head_to_head") for one in rules.tiebreakers):
        lines.append(f"Head-to-head begins again: {RESTART_WORDS[rules.head_to_head_restart]}.")
    return lines


RESTART_WORDS = {
    "never": "never",
    "after_block": "after the last of its criteria, for those still level",
    "immediate": "as soon as a team is separated, for the others",
}


def in_words(criteria: tuple[str, ...], words: Any) -> str:
    return ", then ".join(words[one].lower() for one in criteria)


def told(event: Event) -> dict[str, Any]:
    """The event's rules: book, name and sentences."""
    book = book_of(event)
    return {"book": book, "name": book.name if book else "Its own rules", "lines": sentences(event, event.order_rules)}


def shelf(event: Event) -> dict[str, Any]:
    """The rulebooks to choose from: `own` for this sport, `others` for the rest."""
    sport, words = event.sport_kind, titles(event.sport_kind)
    shown = [
        {"book": book, "order": in_words(book.rules.tiebreakers, words), "points": points_text(book.rules)}
        for book in fitting(sport)
    ]
    own = [one for one in shown if one["book"].key == sport.rulebook or sport.key in one["book"].sports]  # type: ignore[attr-defined]
    return {"own": own, "others": [one for one in shown if one not in own]}
