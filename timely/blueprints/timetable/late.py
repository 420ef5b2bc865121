"""`/admin/events/<id>/late/`: reports a delay ("Pitch 2 is 20 minutes late"), with preview and announcement."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.delay_form import LateForm
from timely.blueprints.event_access import managed_event
from timely.blueprints.timetable.forms import AnnounceForm
from timely.blueprints.timetable.views import bp
from timely.blueprints.undo_flash import flash_done
from timely.clock import now
from timely.domain.game_states import AWAITED, OF_TODAY, TO_COME
from timely.domain.timetable import Shift
from timely.domain.translation import gettext, ngettext
from timely.models import Event
from timely.models.read_only import FixtureView
from timely.presenters.date_text import clock_text, day_text
from timely.presenters.round_text import away_name, home_name
from timely.presenters.state_text import game_state_text
from timely.queries.listed_fixtures import listed_fixtures
from timely.queries.timetables import last_change
from timely.services import delays
from timely.services.delays import Delay, Note
from timely.services.errors import RuleBroken

MOST_OFFERED = 300


@bp.route("/late/", methods=["GET", "POST"])
def run_late(event_id: int) -> ResponseReturnValue:
    """GET shows the form and a preview of the delay; POST, with the preview's fingerprint, saves it."""
    event = managed_event(event_id)
    games = [game for game in listed_fixtures(event) if delays.may_wait(game) and is_of_the_day(game)]
    games.sort(key=lambda game: (game.start_at, game.id))
    asked = request.form if request.method == "POST" else request.args
    form = LateForm(asked if "minutes" in asked else None, meta={"csrf": False})
    form.for_event(event, [(game, choice_text(event, game)) for game in games[:MOST_OFFERED]])
    announcing = AnnounceForm() if request.method == "POST" else None
    shown: dict[str, Any] = {}
    if "minutes" in asked and form.validate():
        try:
            delay = delay_of(event, form, games)
            plan = delays.plan_delay(event, delay)
            if announcing is not None and announcing.validate() and is_complete(announcing):
                note = Note(announcing.title.data or "", announcing.message.data or "")
                return saved(
                    event, delay, note if announcing.announced.data else None, announcing.fingerprint.data or ""
                )
            shown = preview(event, delay, plan, announcing)
        except RuleBroken as broken:
            if broken.code == "stale":
                flash(broken.message, "warning")
                plan = delays.plan_delay(event, delay)
                shown = preview(event, delay, plan, announcing)
            else:
                form.add_error(broken)
    page = render_template(
        "timetable/late.html",
        event=event,
        form=form,
        games=games,
        last_change=last_change(event),
        again=_again(form),
        **shown,
    )
    return page, 422 if form.errors or (announcing is not None and announcing.errors) else 200


def is_of_the_day(game: FixtureView) -> bool:
    """Whether the game is still to come, or was due within the last twelve hours: it may be reported late only now."""
    return game.state != AWAITED or (game.start_at is not None and game.start_at > now() - OF_TODAY)


def delay_of(event: Event, form: LateForm, games: Sequence[FixtureView]) -> Delay:
    """The delay as entered; without a game it begins at the next one that has not begun. Raises RuleBroken."""
    pitch = next((one for one in event.pitches if str(one.id) == form.pitch.data), None)
    if form.since.data:
        since = next(game.start_at for game in games if str(game.id) == form.since.data)
    else:
        coming = [game for game in games if game.state in TO_COME and (pitch is None or game.pitch_id == pitch.id)]
        if not coming:
            fault = gettext("No game with a time is still to come anywhere.")
            if pitch:
                fault = gettext("No game with a time is still to come on %(pitch)s.", pitch=pitch.name)
            raise RuleBroken(fault, field="pitch")
        since = coming[0].start_at
    assert since is not None
    return Delay(since, form.minutes.number, pitch)


def is_complete(form: AnnounceForm) -> bool:
    if form.announced.data and not form.title.data:
        form.title.errors = [*form.title.errors, gettext("An announcement needs a title.")]
        return False
    return True


def saved(event: Event, delay: Delay, note: Note | None, fingerprint: str) -> ResponseReturnValue:
    count = delays.run_late(event, delay, note=note, seen_fingerprint=fingerprint, by=current_user)
    if note:
        said = ngettext(
            "Saved: %(num)s game begins later, and it is announced.",
            "Saved: %(num)s games begin later, and it is announced.",
            count,
        )
    else:
        said = ngettext("Saved: %(num)s game begins later.", "Saved: %(num)s games begin later.", count)
    flash_done(said, event)
    return redirect(url_for(".run_late", event_id=event.id))


def preview(event: Event, delay: Delay, plan: Shift, announcing: AnnounceForm | None) -> dict[str, Any]:
    """Times of each moved game before and after; nothing is saved yet."""
    fixtures = delays.moving(event, plan)
    if announcing is None:
        note = delays.suggested_note(event, delay, plan).note()
        data = {"announced": True, "title": note.title, "message": note.message}
        announcing = AnnounceForm(formdata=None, data=data)
    announcing.fingerprint.data = delays.fingerprint_of(plan)
    moves = []
    for one in plan.moves:
        fixture = fixtures[one.game]
        zone = ZoneInfo(fixture.timezone)
        before, after = one.before.start_at.astimezone(zone), one.after.start_at.astimezone(zone)
        moves.append(
            {
                "title": f"{home_name(fixture)} – {away_name(fixture)}",
                "pitch": fixture.pitch.name if fixture.pitch else "",
                "day": day_text(before.date()),
                "before": clock_text(one.before.start_at, zone),
                "after": clock_text(one.after.start_at, zone)
                if before.date() == after.date()
                else (f"{day_text(after.date())} {clock_text(one.after.start_at, zone)}"),
                "why": one.why,
            }
        )
    several = len({move["day"] for move in moves}) > 1
    return {"moves": moves, "several_days": several, "breaches": plan.breaches, "announcing": announcing}


def choice_text(event: Event, game: FixtureView) -> str:
    """`Sat 28 Nov 11:00 · Pitch 2 · Ash – Birch`, with the game's state if it has one."""
    at = f"{day_text(game.start_on)} {clock_text(game.start_at, ZoneInfo(game.timezone))}"
    teams = f"{home_name(game)} – {away_name(game)}"
    parts = (at, game.pitch.name if game.pitch else "", teams, game_state_text(game))
    return " · ".join(part for part in parts if part)


def _again(form: LateForm) -> Mapping[str, str]:
    return {name: str(form[name].data if form[name].data is not None else "") for name in ("pitch", "minutes", "since")}
