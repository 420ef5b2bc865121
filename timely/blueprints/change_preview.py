"""Preview of a pending change: its effects, the rulings it needs, and what is announced."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely import access
from timely.blueprints.undo_flash import flash_done
from timely.database.transactions import writing
from timely.domain.statuses import RULINGS
from timely.fingerprint import fingerprint
from timely.models import Event, Fixture
from timely.services import announcements
from timely.services.advancement import NeedsRuling, Rulings, WrongGame
from timely.services.dry_run import Effects, what_if
from timely.services.errors import RuleBroken

MOST_ASKED = 128
# Fields that the preview adds to the form that led to it.
OURS = ("csrf_token", "mark", "apply", "look", "announce", "news_title", "news_text", "news_was", "why")
STALE = "Something was saved in the meantime, so this changes other things now. Nothing was saved; look again."
CHOSEN = "This is what follows from what you chose. Nothing is saved yet; press the button again to do it."


@dataclass(frozen=True, slots=True)
class PendingChange:
    """*deed* makes the change, with the rulings and the reason. The original form's fields are sent again with it.

    *done* is the message afterwards; a function is called after the change, because the rules may have gone on from it.
    """

    event: Event
    title: str
    deed: Callable[[Rulings, str], Any]
    done: str | Callable[[], str]
    back_href: str
    done_href: str
    button: str = "Do it"
    lead: str = ""
    news: str = ""
    of: Fixture | None = None
    asks_why: bool = False
    facts: Sequence[str] = field(default_factory=tuple)

    @property
    def said(self) -> str:
        return self.done if isinstance(self.done, str) else self.done()


@dataclass(frozen=True, slots=True)
class Preview:
    """The effects of the change with these rulings; a game without a ruling is taken as "keep"."""

    effects: Effects
    asked: list[WrongGame]

    @property
    def is_free(self) -> bool:
        return not self.asked and not self.effects.sentences

    @property
    def mark(self) -> str:
        """Fingerprint of what was shown: a repeated or stale submit does not match it any more."""
        return fingerprint(self.effects.sentences, [(one.fixture_id, one.home, one.away) for one in self.asked])


def look(wish: PendingChange, rulings: Rulings) -> Preview:
    """A dry run. Raises RuleBroken, NotAllowed or StaleVersion if the change itself is refused."""
    asked: dict[int, WrongGame] = {}
    taken = dict(rulings)
    for _ in range(MOST_ASKED):
        try:
            effects = what_if(wish.event, lambda: wish.deed(taken, "preview"), of=wish.of)
        except NeedsRuling as needs:
            for game in needs.games:
                asked[game.fixture_id] = game
                taken.setdefault(game.fixture_id, "keep")
        else:
            return Preview(effects, list(asked.values()))
    raise RuleBroken("This changes too many games that were played. Undo the last ones first.")


def previewed(wish: PendingChange, *, skip_if_free: bool = False) -> ResponseReturnValue:
    """The preview page; once it is submitted, the change is made and redirects.

    *skip_if_free*: a change without other effects is made at once. Raises RuleBroken, NotAllowed and StaleVersion.
    """
    given = sent_rulings()
    blank, looked = _look_at(wish, given)
    mark = request.form.get("mark", "")
    mark_now = f"{blank.mark}-{looked.mark}"
    faults: dict[str, str] = {}
    if skip_if_free and looked.is_free and not mark:
        return _do(wish, {}, announce=False)
    if "apply" in request.form:
        faults = _faults(looked, given)
        if not mark.startswith(f"{blank.mark}-"):
            flash(STALE, "warning")
            faults = {}
        elif not faults and mark != mark_now:
            flash(CHOSEN, "warning")
        elif not faults:
            return _do(wish, given, announce=_may_announce(wish.event) and "announce" in request.form)
    told = wish.news or " ".join(looked.effects.sentences)[:2000]
    page = render_template(
        "previews/show.html",
        event=wish.event,
        wish=wish,
        looked=looked,
        mark=mark_now,
        rulings=given,
        faults=faults,
        again=[pair for pair in request.form.items(multi=True) if pair[0] not in OURS and not _is_ruling(pair[0])],
        news_title=request.form.get("news_title", wish.title[:120]),
        news_text=told if _is_untouched() else request.form["news_text"],
        news_was=told,
        announce="announce" in request.form,
        may_announce=_may_announce(wish.event),
        why=request.form.get("why", ""),
        action=request.path,
    )
    return page, 422 if faults else 200


def sent_rulings() -> dict[int, str]:
    """The submitted rulings, by fixture id."""
    return {
        int(name.removeprefix("ruling_")): value
        for name, value in request.form.items()
        if _is_ruling(name) and value in RULINGS
    }


def _may_announce(event: Event) -> bool:
    return access.may_manage(current_user, event)


def _is_untouched() -> bool:
    """Whether the announcement's text is still the one that the page suggested."""
    sent = request.form.get("news_text")
    return sent is None or sent.split() == request.form.get("news_was", "").split()


def _is_ruling(name: str) -> bool:
    number = name.removeprefix("ruling_")
    return number != name and number.isascii() and number.isdecimal() and len(number) < 16


def _look_at(wish: PendingChange, given: Rulings) -> tuple[Preview, Preview]:
    """(preview without rulings, preview with those given); the second also asks again for the games already ruled."""
    blank = look(wish, {})
    if not blank.asked or not given:
        return blank, blank
    chosen = look(wish, given)
    known = {one.fixture_id: one for one in (*blank.asked, *chosen.asked)}
    return blank, Preview(chosen.effects, list(known.values()))


def _faults(looked: Preview, given: Rulings) -> dict[str, str]:
    faults = {
        f"ruling_{one.fixture_id}": "Choose what becomes of this game."
        for one in looked.asked
        if one.fixture_id not in given
    }
    if "announce" in request.form:
        title, text = request.form.get("news_title", "").strip(), request.form.get("news_text", "")
        if not title:
            faults["news_title"] = "An announcement needs a title."
        elif len(title) > 120 or len(text) > 2000:
            faults["news_title"] = "At most 120 characters in the title and 2000 in the text."
    if len(request.form.get("why", "")) > 300:
        faults["why"] = "At most 300 characters."
    return faults


def _do(wish: PendingChange, rulings: Rulings, *, announce: bool) -> ResponseReturnValue:
    """Makes the change and its announcement in one transaction."""
    with writing():
        wish.deed(rulings, request.form.get("why", "").strip())
        if announce:
            announcements.announce(
                wish.event,
                title=request.form["news_title"].strip(),
                message=request.form.get("news_text", "").strip(),
                type="result",
                by=current_user,
            )
    flash_done(wish.said, wish.event)
    return redirect(wish.done_href)
