"""Preview of a pending change: its effects, the rulings it needs, and what is announced."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely import access
from timely.database.transactions import writing
from timely.domain.statuses import RULINGS
from timely.domain.translation import Text, gettext, lazy_gettext
from timely.fingerprint import fingerprint
from timely.models import Event, Fixture, User
from timely.services import announcements
from timely.services.advancement import NeedsRuling, Rulings, WrongGame
from timely.services.dry_run import Effects, dry_run
from timely.services.errors import RuleBroken

MOST_ASKED = 128
DO_IT = lazy_gettext("Do it")
# Fields that the preview adds to the form that led to it.
OURS = ("csrf_token", "fingerprint", "apply", "look", "announce", "news_title", "news_text", "news_was", "why")
STALE = lazy_gettext(
    "Something was saved in the meantime, so this changes other things now. Nothing was saved; look again."
)
CHOSEN = lazy_gettext(
    "This is what follows from what you chose. Nothing is saved yet; press the button again to do it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingChange(ABC):
    """A change that is shown before it is made, and what its preview says of it.

    A kind of change adds the values that it needs. They are read from a form, whose fields the preview sends again; so
    nothing is stored between the preview and the change.
    """

    event: Event
    title: str
    back_href: str
    button: Text = DO_IT
    lead: str = ""
    news: str = ""  # suggested text of the announcement; "" for the effects
    fixture: Fixture | None = None  # the game that the change is about, which is left out of the effects
    asks_why: bool = False
    facts: Sequence[str] = ()

    @abstractmethod
    def make(self, *, by: User, reason: str = "", rulings: Rulings | None = None) -> None:
        """Calls the service that makes the change; *reason* is what the preview asked for.

        Raises what the service raises: RuleBroken, NeedsRuling, NotAllowed, StaleVersion.
        """


@dataclass(frozen=True, slots=True)
class Preview:
    """The effects of the change with these rulings; a game without a ruling is taken as "keep"."""

    effects: Effects
    asked: list[WrongGame]

    @property
    def is_free(self) -> bool:
        return not self.asked and not self.effects.sentences

    @property
    def fingerprint(self) -> str:
        """Fingerprint of what was shown: a repeated or stale submit does not match it any more."""
        return fingerprint(self.effects.sentences, [(one.fixture_id, one.home, one.away) for one in self.asked])


def preview_of(change: PendingChange, rulings: Rulings) -> Preview:
    """A dry run. Raises RuleBroken, NotAllowed or StaleVersion if the change itself is refused."""
    asked: dict[int, WrongGame] = {}
    taken = dict(rulings)
    for _ in range(MOST_ASKED):
        try:
            with dry_run(change.event, fixture=change.fixture) as effects:
                change.make(by=current_user, reason="preview", rulings=taken)
        except NeedsRuling as needs:
            for game in needs.games:
                asked[game.fixture_id] = game
                taken.setdefault(game.fixture_id, "keep")
        else:
            return Preview(effects, list(asked.values()))
    raise RuleBroken(gettext("This changes too many games that were played. Undo the last ones first."))


def previewed(change: PendingChange, *, skip_if_free: bool = False) -> ResponseReturnValue | None:
    """The preview page; None once the page has been submitted and the change is made.

    *skip_if_free*: a change without other effects is made at once. Raises RuleBroken, NotAllowed and StaleVersion.
    """
    given = sent_rulings()
    blank, preview = _previews(change, given)
    fingerprint = request.form.get("fingerprint", "")
    current = f"{blank.fingerprint}-{preview.fingerprint}"
    faults: dict[str, str] = {}
    if skip_if_free and preview.is_free and not fingerprint:
        _make(change, {}, announce=False)
        return None
    if "apply" in request.form:
        faults = _faults(preview, given)
        if not fingerprint.startswith(f"{blank.fingerprint}-"):
            flash(str(STALE), "warning")
            faults = {}
        elif not faults and fingerprint != current:
            flash(str(CHOSEN), "warning")
        elif not faults:
            _make(change, given, announce=_may_announce(change.event) and "announce" in request.form)
            return None
    suggested = change.news or " ".join(map(str, preview.effects.sentences))[:2000]
    page = render_template(
        "previews/show.html",
        event=change.event,
        change=change,
        preview=preview,
        fingerprint=current,
        rulings=given,
        faults=faults,
        again=[pair for pair in request.form.items(multi=True) if pair[0] not in OURS and not _is_ruling(pair[0])],
        news_title=request.form.get("news_title", change.title[:120]),
        news_text=suggested if _is_untouched() else request.form["news_text"],
        news_was=suggested,
        announce="announce" in request.form,
        may_announce=_may_announce(change.event),
        why=request.form.get("why", ""),
        action=request.path,
    )
    return page, 422 if faults else 200


def previewed_if_asked(change: PendingChange) -> ResponseReturnValue | None:
    """Makes the change without a preview, unless it changes who should have played in a game that has begun.

    The preview page if it does, else None. Raises RuleBroken, NotAllowed and StaleVersion.
    """
    if not is_preview_sent():
        try:
            change.make(by=current_user)
        except NeedsRuling:
            pass
        else:
            return None
    return previewed(change)


def is_preview_sent() -> bool:
    """Whether the request comes from the preview page, and not from the form that led to it."""
    return "fingerprint" in request.form


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


def _previews(change: PendingChange, given: Rulings) -> tuple[Preview, Preview]:
    """(preview without rulings, preview with those given); the second also asks again for the games already ruled."""
    blank = preview_of(change, {})
    if not blank.asked or not given:
        return blank, blank
    chosen = preview_of(change, given)
    known = {one.fixture_id: one for one in (*blank.asked, *chosen.asked)}
    return blank, Preview(chosen.effects, list(known.values()))


def _faults(preview: Preview, given: Rulings) -> dict[str, str]:
    faults = {
        f"ruling_{one.fixture_id}": gettext("Choose what becomes of this game.")
        for one in preview.asked
        if one.fixture_id not in given
    }
    if "announce" in request.form:
        title, text = request.form.get("news_title", "").strip(), request.form.get("news_text", "")
        if not title:
            faults["news_title"] = gettext("An announcement needs a title.")
        elif len(title) > 120 or len(text) > 2000:
            faults["news_title"] = gettext("At most 120 characters in the title and 2000 in the text.")
    if len(request.form.get("why", "")) > 300:
        faults["why"] = gettext("At most %(number)s characters.", number=300)
    return faults


def _make(change: PendingChange, rulings: Rulings, *, announce: bool) -> None:
    """Makes the change and its announcement in one transaction."""
    with writing():
        change.make(by=current_user, reason=request.form.get("why", "").strip(), rulings=rulings)
        if announce:
            announcements.announce(
                change.event,
                title=request.form["news_title"].strip(),
                message=request.form.get("news_text", "").strip(),
                type="result",
                by=current_user,
            )
