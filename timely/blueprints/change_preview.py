"""A deed that is looked at before it is done: what else it changes, what has to be ruled, what is announced."""

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
# What the preview itself adds to what was typed before it.
OURS = ("csrf_token", "mark", "apply", "look", "announce", "news_title", "news_text", "news_was", "why")
STALE = "Something was saved in the meantime, so this changes other things now. Nothing was saved; look again."
CHOSEN = "This is what follows from what you chose. Nothing is saved yet; press the button again to do it."


@dataclass(frozen=True, slots=True)
class PendingChange:
    """*deed* does it, with the rulings and the reason. What was typed is sent again with the answer.

    *done* is what is said after it; a function is asked once it is done, where the rules may have gone on from there.
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
    """What the deed would do with these rulings; those that nobody has chosen yet are taken as "keep"."""

    effects: Effects
    asked: list[WrongGame]

    @property
    def is_free(self) -> bool:
        return not self.asked and not self.effects.sentences

    @property
    def mark(self) -> str:
        """Of what was shown: pressed twice, or late, it does not fit any more."""
        return fingerprint(self.effects.sentences, [(one.fixture_id, one.home, one.away) for one in self.asked])


def look(wish: PendingChange, rulings: Rulings) -> Preview:
    """Raises RuleBroken, NotAllowed, SeenOld where the deed itself is refused."""
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
    """The page that shows what follows; or, once it was answered, the deed and the way back.

    *skip_if_free*: what changes nothing else is done at once. Raises RuleBroken, NotAllowed and SeenOld of the deed.
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
    """What was chosen, by fixture id."""
    return {
        int(name.removeprefix("ruling_")): value
        for name, value in request.form.items()
        if _is_ruling(name) and value in RULINGS
    }


def _may_announce(event: Event) -> bool:
    return access.may_manage(current_user, event)


def _is_untouched() -> bool:
    """Whether the text of the announcement is what the page had filled in."""
    sent = request.form.get("news_text")
    return sent is None or sent.split() == request.form.get("news_was", "").split()


def _is_ruling(name: str) -> bool:
    number = name.removeprefix("ruling_")
    return number != name and number.isascii() and number.isdecimal() and len(number) < 16


def _look_at(wish: PendingChange, given: Rulings) -> tuple[Preview, Preview]:
    """(with nothing chosen, as it was chosen); the second asks for all games, those answered already among them."""
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
    """The deed and its announcement in one transaction: both, or neither."""
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
