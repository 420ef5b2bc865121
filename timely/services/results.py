"""Results: entered, corrected, verified, made final, taken back. A result can be changed, never lost."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from timely import access
from timely.clock import now
from timely.database import writing
from timely.domain.faults import Fault
from timely.domain.scores import check_score, unknown_extra_keys
from timely.extensions import db
from timely.models import Fixture, Result, User
from timely.services import audit
from timely.services.faults import NotAllowed, RuleBroken, require_current

# A postponed game may have been played after all; one that was called off must first be put back.
TAKES_A_SCORE = ("SCHEDULED", "LIVE", "FINISHED", "POSTPONED", "WALKOVER")


@dataclass(frozen=True, slots=True)
class Score:
    """What was typed. `extra` and the penalties are None where nothing was said of them: what is stored stays."""

    home_score: int
    away_score: int
    home_pens: int | None = None
    away_pens: int | None = None
    extra: dict[str, Any] | None = None


def enter_score(
    fixture: Fixture,
    score: Score,
    *,
    by: User | None,
    status: str | None = None,
    running: bool = False,
    reason: str = "",
    seen_version: int | None = None,
) -> Result:
    """The saved result. Without a *status* an organiser's is FINAL and a scorer's PENDING.

    A running score is shown and counts in no table. Saving what is saved already changes nothing.
    Raises RuleBroken (code "final" if it takes a *reason*), NotAllowed, SeenOld.
    """
    with writing():
        require_current(seen_version, fixture.version)
        _require_takes_score(fixture)
        old = fixture.result
        wanted = _checked(fixture, score, running)
        status = _status(fixture, status, by, running)
        if old and _same(old, wanted, status, running):
            return old
        if old and old.status != "PENDING" and not old.running:
            _require_may_correct(fixture, by, reason, running, status)
        before = snapshot(old)
        result = old or Result(event_id=fixture.event_id, fixture=fixture)
        result.home_score, result.away_score = wanted.home_score, wanted.away_score
        result.home_pens, result.away_pens = wanted.home_pens, wanted.away_pens
        result.extra = wanted.extra or {}
        result.status, result.running = status, running
        result.entered_by_id, result.entered_by = (by.id, by.name) if by else (None, audit.NOBODY)
        result.entered_at = now()
        db.session.add(result)
        if running:
            fixture.status = "LIVE"
        elif fixture.status != "WALKOVER" or before != snapshot(result):
            fixture.status = "FINISHED"
        fixture.saved_no = _next_number(fixture)
        deed = "running score" if running else "correct result" if before and not before["running"] else "enter result"
        _record(deed, fixture, by, before, snapshot(result), reason)
    return result


def award_walkover(
    fixture: Fixture, to: str, *, by: User | None, reason: str = "", seen_version: int | None = None
) -> Result:
    """The result with the sport's walkover score for the side *to* ("home" or "away"), final at once.

    Raises RuleBroken if a score has been entered, or a team is not known yet.
    """
    with writing():
        require_current(seen_version, fixture.version)
        _require_takes_score(fixture)
        _require_manager(fixture, by, "award a walkover")
        if fixture.result:
            raise RuleBroken("A score has been entered. Take it back first.")
        won, lost = fixture.event.sport_kind.walkover
        home, away = (won, lost) if to == "home" else (lost, won)
        result = Result(
            event_id=fixture.event_id,
            fixture=fixture,
            home_score=home,
            away_score=away,
            extra={},
            status="FINAL",
            running=False,
            entered_by_id=by.id if by else None,
            entered_by=by.name if by else audit.NOBODY,
            entered_at=now(),
        )
        db.session.add(result)
        fixture.status = "WALKOVER"
        fixture.saved_no = _next_number(fixture)
        _record("award walkover", fixture, by, None, snapshot(result), reason)
    return result


def set_result_status(fixture: Fixture, status: str, *, by: User | None, seen_version: int | None = None) -> Result:
    """The result as verified or final. Raises RuleBroken without a result, or for a step back."""
    with writing():
        require_current(seen_version, fixture.version)
        _require_manager(fixture, by, "verify results")
        result = fixture.result
        if result is None or result.running:
            raise RuleBroken("There is no result yet. Enter the score first.")
        if result.status == "FINAL" and status != "FINAL":
            raise RuleBroken("A final result is only changed by a correction, with a reason.", code="final")
        before = snapshot(result)
        if result.status != status:
            result.status = status
            fixture.saved_no = _next_number(fixture)
            _record(
                "verify result" if status == "VERIFIED" else "finalise result",
                fixture,
                by,
                before,
                snapshot(result),
            )
    return result


def take_back(fixture: Fixture, *, by: User | None, reason: str = "", seen_version: int | None = None) -> None:
    """Clears a score that was typed on the wrong game; the game is to be played again.

    Raises RuleBroken if there is none, NotAllowed if a scorer takes back what an organiser has confirmed.
    """
    with writing():
        require_current(seen_version, fixture.version)
        result = fixture.result
        if result is None:
            raise RuleBroken("There is no score to take back.", code="no_result")
        if result.status != "PENDING":
            _require_manager(fixture, by, "take back a confirmed result")
        before = snapshot(result)
        fixture.result = None
        fixture.status = "SCHEDULED"
        fixture.saved_no = None
        _record("take back result", fixture, by, before, None, reason)


def snapshot(result: Result | None) -> dict[str, Any] | None:
    """The result as the audit keeps it."""
    if result is None:
        return None
    keys = ("home_score", "away_score", "home_pens", "away_pens", "extra", "status", "running")
    return {key: getattr(result, key) for key in keys}


def _require_takes_score(fixture: Fixture) -> None:
    if fixture.home_team_id is None or fixture.away_team_id is None:
        raise RuleBroken("The teams of this game are not known yet.")
    if fixture.status not in TAKES_A_SCORE:
        word = fixture.status.lower()
        raise RuleBroken(f"This game is {word}. Put it back on the schedule before entering a score.")


def _checked(fixture: Fixture, score: Score, running: bool) -> Score:
    """The score with what is stored beside it, found possible. Raises RuleBroken with the field."""
    old = fixture.result
    extra = score.extra if score.extra is not None else dict(old.extra) if old else {}
    home_pens, away_pens = score.home_pens, score.away_pens
    is_level = score.home_score == score.away_score
    if home_pens is None and away_pens is None and score.extra is None and old and is_level:
        home_pens, away_pens = old.home_pens, old.away_pens  # a score that is not level any more has none
    if old and old.running and not running and score.extra is None:
        extra.pop("sets", None)  # those of a game under way say nothing of its end
    unknown = unknown_extra_keys(extra)
    if unknown:
        raise RuleBroken(f"Timely does not know {', '.join(map(repr, unknown))}.", field="extra")
    try:
        check_score(
            score.home_score,
            score.away_score,
            extra,
            fixture.event.order_rules,
            fixture.event.sport_kind,
            knockout=fixture.is_knockout,
            home_pens=home_pens,
            away_pens=away_pens,
            running=running,
        )
    except Fault as fault:
        raise RuleBroken(sentence(fault), field=fault.path or "home_score") from fault
    return Score(score.home_score, score.away_score, home_pens, away_pens, extra)


def sentence(fault: Fault) -> str:
    """A fault of the domain as a sentence beside a field."""
    words = {
        "home_score": "The score",
        "away_score": "The score",
        "home_pens": "Penalties",
        "away_pens": "Penalties",
        "extra.sets": "The sets",
        "extra.cards": "The cards",
        "extra.tries": "The tries",
    }
    # Whoever reads it knows of no `extra.cards.home.red`, nor of `extra.sets[2]`.
    what = ".".join(re.split(r"[.\[]", fault.path)[:2])
    subject = words.get(what) or ("The details" if what.startswith("extra") else fault.path)
    text = f"{subject}: {fault.message}" if subject else fault.message
    return text[0].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _status(fixture: Fixture, status: str | None, by: User | None, running: bool) -> str:
    confirms = by is None or access.may_manage(by, fixture.event)
    if running:
        return "PENDING"
    if status is None:
        return "FINAL" if confirms else "PENDING"
    if status != "PENDING" and not confirms:
        raise NotAllowed("A scorer's result is pending until the organiser confirms it.")
    return status


def _require_may_correct(fixture: Fixture, by: User | None, reason: str, running: bool, status: str) -> None:
    """What somebody has looked at again is the organiser's to change; what is final stays final."""
    _require_manager(fixture, by, "change a confirmed result")
    if fixture.result is None or fixture.result.status != "FINAL":
        return
    if running:
        raise RuleBroken("This result is final; it cannot go back to a running score.", code="final")
    if status != "FINAL":
        raise RuleBroken("This result is final, and a correction leaves it final.", field="status", code="final")
    if not reason.strip():
        raise RuleBroken("This result is final. Say why it is corrected.", field="reason", code="final")


def _require_manager(fixture: Fixture, by: User | None, what: str) -> None:
    if by is not None and not access.may_manage(by, fixture.event):
        raise NotAllowed(f"Only the event's organiser may {what}.")


def _same(old: Result, score: Score, status: str, running: bool) -> bool:
    return snapshot(old) == {
        "home_score": score.home_score,
        "away_score": score.away_score,
        "home_pens": score.home_pens,
        "away_pens": score.away_pens,
        "extra": score.extra or {},
        "status": status,
        "running": running,
    }


def _next_number(fixture: Fixture) -> int:
    """One more than any result of the event has: so a save always changes the fixture, and its version."""
    highest = db.session.scalar(select(func.max(Fixture.saved_no)).where(Fixture.event_id == fixture.event_id))
    return (highest or 0) + 1


def _record(
    deed: str,
    fixture: Fixture,
    by: User | None,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    reason: str = "",
) -> None:
    audit.record(
        deed,
        f"{fixture.home_name} – {fixture.away_name}",
        by=by,
        event_id=fixture.event_id,
        fixture_id=fixture.id,
        before=before,
        after=after,
        reason=reason,
    )
