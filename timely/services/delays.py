"""Delays: a pitch runs late, its remaining games move, games that these push move too; optionally announced."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from timely import fingerprint
from timely.clock import clock_text, now
from timely.database.transactions import writing
from timely.domain.errors import ValidationError
from timely.domain.timetable import Move, Shift, Violation, shift
from timely.domain.translation import ENGLISH, LazyText, gettext_noop, in_language, lazy_gettext, lazy_ngettext
from timely.languages.available import languages
from timely.models import Event, Fixture, Pitch, User
from timely.models.read_only import FixtureView
from timely.models.stored_words import words_of
from timely.presenters.round_text import away_name, home_name
from timely.queries.listed_fixtures import listed_fixtures
from timely.queries.schedule import recorded_fixtures
from timely.queries.timetables import BEGUN, timetable
from timely.services import audit
from timely.services.announcements import announce
from timely.services.errors import RuleBroken
from timely.services.fixture_details import set_start
from timely.services.slow_work import run_slow

MOST_MINUTES = 12 * 60
MOST_LISTED = 6  # games of other pitches that an announcement lists
MOST_STORED = 20  # violations that an audit entry lists


@dataclass(frozen=True, slots=True)
class Delay:
    """Everything that begins on *pitch* (None: on any) at *since* or later is *minutes* late."""

    since: datetime
    minutes: int
    pitch: Pitch | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """The announcement that goes with a delay."""

    title: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class SuggestedNote:
    """The announcement that Timely would write, to be worded for each reader."""

    title: LazyText
    lines: list[LazyText]

    def note(self) -> Note:
        return Note(str(self.title)[:120], "\n".join(map(str, self.lines))[:2000])


def may_wait(fixture: FixtureView) -> bool:
    """Whether the game can still begin later: it may be LIVE by the clock although nobody plays yet."""
    return fixture.start_at is not None and fixture.result is None and fixture.status in ("SCHEDULED", "LIVE")


def plan_delay(event: Event, delay: Delay) -> Shift:
    """The games that move, and what that breaks. Raises RuleBroken if no game is left that could move."""
    recorded = listed_fixtures(event)
    table = timetable(event, recorded=recorded)
    # They are LIVE by the clock, but nobody plays yet.
    waiting = {
        one.id
        for one in recorded
        if may_wait(one) and _is_on(one.pitch_id, delay) and one.start_at and one.start_at >= delay.since
    }
    games = [replace(game, begun=game.begun and game.key not in waiting) for game in table.games]
    pitch = delay.pitch.id if delay.pitch else None
    late = partial(shift, games, table.pitches, table.spacing, since=delay.since, minutes=delay.minutes, pitch=pitch)
    try:
        found = run_slow(late)
    except ValidationError as fault:
        raise RuleBroken(fault.sentence) from None
    if not found.moves:
        raise RuleBroken(_none_moves(delay), field="pitch")
    return found


def _none_moves(delay: Delay) -> LazyText:
    if delay.pitch is None:
        return lazy_gettext("No game left on any pitch could begin later: they have begun or are locked.")
    return lazy_gettext(
        "No game left on %(pitch)s could begin later: they have begun or are locked.", pitch=delay.pitch.name
    )


def moving(event: Event, plan: Shift) -> dict[object, Fixture]:
    """{id: fixture} of the games that move."""
    return {one.id: one for one in recorded_fixtures(event, [int(str(move.game)) for move in plan.moves])}


def fingerprint_of(plan: Shift) -> str:
    """Fingerprint of these moves and what they break; a repeated or stale submit no longer matches it."""
    return fingerprint.fingerprint(plan.moves, plan.breaches)


def run_late(event: Event, delay: Delay, *, note: Note | None = None, seen_fingerprint: str, by: User | None) -> int:
    """The number of games that begin later. Raises RuleBroken, as "stale" if *seen_fingerprint* is of another plan."""
    with writing():
        plan = plan_delay(event, delay)
        if fingerprint_of(plan) != seen_fingerprint:
            raise RuleBroken(lazy_gettext("Games have changed since this was shown. Look at it again."), code="stale")
        suggested = suggested_note(event, delay, plan) if note is not None else None
        fixtures = moving(event, plan)
        for move in plan.moves:
            fixture = fixtures[move.game]
            set_start(fixture, ZoneInfo(fixture.timezone), None, move.after.start_at)
            if fixture.status in BEGUN and fixture.result is None and move.after.start_at > now():
                fixture.status = "SCHEDULED"
        after = {"minutes": delay.minutes, "games": len(plan.moves), "since": clock_text(delay.since, event.zone)}
        audit.record(
            gettext_noop("run late"),
            delay.pitch.name if delay.pitch else event.name,
            by=by,
            event_id=event.id,
            after=after | ({"breaks": _in_english(plan.breaches)} if plan.breaches else {}),
        )
        # Made after the audit entry, which therefore keeps it too, so that both are undone at once.
        if note is not None and suggested is not None:
            _announce(event, note, suggested, by)
    return len(plan.moves)


def _announce(event: Event, note: Note, suggested: SuggestedNote, by: User | None) -> None:
    """Announces the delay; what was left as it was suggested is worded for each reader."""
    shown, lines = suggested.note(), {"title": [suggested.title], "message": suggested.lines}
    kept = {name: lines[name] for name in lines if _same_text(getattr(note, name), getattr(shown, name))}
    with in_language(languages().get(event.language)):
        own = suggested.note()
    announce(
        event,
        title=own.title if "title" in kept else note.title,
        message=own.message if "message" in kept else note.message,
        type="schedule",
        priority="high",
        words=words_of({name: texts for name, texts in kept.items() if texts}),
        by=by,
    )


def _same_text(one: str, other: str) -> bool:
    """Whether they differ in white space alone, which a browser's form may change."""
    return one.split() == other.split()


def _in_english(breaches: Sequence[Violation]) -> list[str]:
    """The first of the violations, as the audit log stores them."""
    with in_language(ENGLISH):
        return [one.words for one in breaches[:MOST_STORED]]


def suggested_note(event: Event, delay: Delay, plan: Shift) -> SuggestedNote:
    """`Pitch 2: games from 11:00 begin 20 minutes later`, and below it what moves on other pitches."""
    own = [one for one in plan.moves if _is_on(one.before.pitch, delay)] or list(plan.moves)
    zone = ZoneInfo(delay.pitch.timezone or event.timezone) if delay.pitch else event.zone
    first = clock_text(min(one.before.start_at for one in own), zone)
    late = {int((one.after.start_at - one.before.start_at).total_seconds()) // 60 for one in own}
    title = _note_title(delay, first, is_same=late == {delay.minutes})
    fixtures = moving(event, plan)
    others = [one for one in plan.moves if not _is_on(one.before.pitch, delay)]
    lines = [_line(fixtures[one.game], one) for one in others[:MOST_LISTED]]
    if len(others) > MOST_LISTED:
        lines.append(
            lazy_ngettext(
                "%(num)s more games begin later too: see the schedule.",
                "%(num)s more games begin later too: see the schedule.",
                len(others) - MOST_LISTED,
            )
        )
    return SuggestedNote(title, lines)


def _note_title(delay: Delay, first: str, *, is_same: bool) -> LazyText:
    """*first*: from when on; *is_same*: whether all are late by the same time."""
    if delay.pitch is None:
        if is_same:
            return lazy_ngettext(
                "All pitches: games from %(first)s begin 1 minute later",
                "All pitches: games from %(first)s begin %(num)s minutes later",
                delay.minutes,
                first=first,
            )
        return lazy_gettext("All pitches: games from %(first)s begin later", first=first)
    if is_same:
        return lazy_ngettext(
            "%(pitch)s: games from %(first)s begin 1 minute later",
            "%(pitch)s: games from %(first)s begin %(num)s minutes later",
            delay.minutes,
            first=first,
            pitch=delay.pitch.name,
        )
    return lazy_gettext("%(pitch)s: games from %(first)s begin later", first=first, pitch=delay.pitch.name)


def _line(fixture: Fixture, move: Move) -> LazyText:
    zone = ZoneInfo(fixture.timezone)
    values = {
        "home": home_name(fixture),
        "away": away_name(fixture),
        "now": clock_text(move.after.start_at, zone),
        "before": clock_text(move.before.start_at, zone),
    }
    if fixture.pitch:
        return lazy_gettext(
            "%(home)s – %(away)s on %(pitch)s begins at %(now)s, not %(before)s.", pitch=fixture.pitch.name, **values
        )
    return lazy_gettext("%(home)s – %(away)s begins at %(now)s, not %(before)s.", **values)


def _is_on(pitch: object, delay: Delay) -> bool:
    return delay.pitch is None or pitch == delay.pitch.id
