"""Results: entered, corrected, taken back. A result can be changed, never lost."""

from typing import Any

from timely import access
from timely.clock import now
from timely.database.transactions import writing
from timely.domain.translation import LazyText, gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Fixture, Result, User
from timely.queries.fixtures import refresh_fixture
from timely.queries.results import next_number
from timely.services import audit
from timely.services.advancement import Rulings, advance_teams
from timely.services.errors import NotAllowed, RuleBroken, require_current
from timely.services.four_eyes import second_person_text
from timely.services.score_validation import Score, checked
from timely.services.status_words import game_word

# A postponed game may have been played after all; a cancelled one must first be rescheduled.
TAKES_A_SCORE = ("SCHEDULED", "LIVE", "FINISHED", "POSTPONED", "WALKOVER")
# Actions of the audit log.
ENTRY = gettext_noop("enter result")
CORRECTION = gettext_noop("correct result")
RUNNING = gettext_noop("running score")


def enter_score(
    fixture: Fixture,
    score: Score,
    *,
    by: User | None,
    status: str | None = None,
    running: bool = False,
    reason: str = "",
    seen_version: int | None = None,
    rulings: Rulings | None = None,
) -> Result:
    """The saved result. Without a *status* an organiser's is FINAL and a scorer's PENDING.

    A running score is shown and counts in no table. Saving an identical result changes nothing.
    The winner advances to the next game; where that has begun, *rulings* say what becomes of it.
    Raises RuleBroken (code "final" if it takes a *reason*), NeedsRuling, NotAllowed, StaleVersion.
    """
    with writing():
        refresh_fixture(fixture)
        require_current(seen_version, fixture.version)
        require_takes_score(fixture)
        old = fixture.result
        if old and old.annulled:
            raise RuleBroken(lazy_gettext("This result is annulled. Take it back first; then the game can be played."))
        wanted = checked(fixture, score, running)
        status = status_for(fixture, status, by, running)
        if old and _same(old, wanted, status, running):
            return old
        if old and old.status != "PENDING" and not old.running:
            _require_may_correct(fixture, by, reason, running, status)
        before = snapshot(old)
        result = old or Result(event_id=fixture.event_id, fixture=fixture)
        result.home_score, result.away_score = wanted.home_score, wanted.away_score
        result.home_pens, result.away_pens = wanted.home_pens, wanted.away_pens
        result.extra = wanted.extra or {}
        result.decided, result.decided_by = wanted.decided or "", wanted.decided_by if wanted.decided else ""
        result.status, result.running = status, running
        result.entered_by_id, result.entered_by = by.id if by else None, audit.name_of(by)
        result.entered_at = now()
        db.session.add(result)
        if running:
            fixture.status = "LIVE"
        elif fixture.status != "WALKOVER" or before != snapshot(result):
            fixture.status = "FINISHED"
        fixture.saved_no = next_number(fixture.event_id)
        is_correction = before is not None and not before["running"]
        action = RUNNING if running else CORRECTION if is_correction else ENTRY
        record(action, fixture, by, before, snapshot(result), reason)
        advance_teams(fixture.event, rulings)
    return result


def take_back(
    fixture: Fixture,
    *,
    by: User | None,
    reason: str = "",
    seen_version: int | None = None,
    rulings: Rulings | None = None,
) -> None:
    """Clears a score that was typed on the wrong game; the game is to be played again.

    Raises RuleBroken if there is none, NotAllowed if a scorer takes back what an organiser has confirmed.
    """
    with writing():
        require_current(seen_version, fixture.version)
        result = fixture.result
        if result is None:
            raise RuleBroken(lazy_gettext("There is no score to take back."), code="no_result")
        if result.status != "PENDING":
            require_manager(fixture, by, lazy_gettext("Only the event's organiser may take back a confirmed result."))
        before = snapshot(result)
        fixture.result = None
        fixture.status = "SCHEDULED"
        fixture.saved_no = None
        fixture.ruling = ""
        record(gettext_noop("take back result"), fixture, by, before, None, reason)
        advance_teams(fixture.event, rulings)


def snapshot(result: Result | None) -> dict[str, Any] | None:
    """The result as the audit log stores it."""
    if result is None:
        return None
    keys = ("home_score", "away_score", "home_pens", "away_pens", "extra", "status", "running")
    values = {key: getattr(result, key) for key in keys}
    for key in ("annulled", "decided", "decided_by"):
        if getattr(result, key):
            values[key] = getattr(result, key)
    return values


def require_takes_score(fixture: Fixture) -> None:
    if fixture.home_team_id is None or fixture.away_team_id is None:
        raise RuleBroken(lazy_gettext("The teams of this game are not known yet."))
    if fixture.status not in TAKES_A_SCORE:
        raise RuleBroken(
            lazy_gettext(
                "This game is %(state)s. Put it back on the schedule before entering a score.",
                state=game_word(fixture.status),
            )
        )


def status_for(fixture: Fixture, status: str | None, by: User | None, running: bool = False) -> str:
    """The status of a result that *by* enters, *status* being the one asked for."""
    confirms = by is None or access.may_manage(by, fixture.event)
    old = fixture.result
    if running:
        return "PENDING"
    if by is not None and fixture.event.second_person and not (old and old.status == "FINAL"):
        if status in ("VERIFIED", "FINAL"):
            raise RuleBroken(second_person_text(fixture.event, by), field="status", code="second_person")
        return "PENDING"
    if status is None:
        return "FINAL" if confirms else "PENDING"
    if status != "PENDING" and not confirms:
        raise NotAllowed(lazy_gettext("A scorer's result is pending until the organiser confirms it."))
    return status


def _require_may_correct(fixture: Fixture, by: User | None, reason: str, running: bool, status: str) -> None:
    """Only an organiser may change a confirmed result; a final one stays final, and takes a reason."""
    require_manager(fixture, by, lazy_gettext("Only the event's organiser may change a confirmed result."))
    if fixture.result is None or fixture.result.status != "FINAL":
        return
    if running:
        raise RuleBroken(lazy_gettext("This result is final; it cannot go back to a running score."), code="final")
    if status != "FINAL":
        raise RuleBroken(
            lazy_gettext("This result is final, and a correction leaves it final."), field="status", code="final"
        )
    if not reason.strip():
        raise RuleBroken(lazy_gettext("This result is final. Say why it is corrected."), field="reason", code="final")


def require_manager(fixture: Fixture, by: User | None, refusal: LazyText) -> None:
    if by is not None and not access.may_manage(by, fixture.event):
        raise NotAllowed(refusal)


def _same(old: Result, score: Score, status: str, running: bool) -> bool:
    values: dict[str, Any] = {
        "home_score": score.home_score,
        "away_score": score.away_score,
        "home_pens": score.home_pens,
        "away_pens": score.away_pens,
        "extra": score.extra or {},
        "status": status,
        "running": running,
    }
    if score.decided:
        values |= {"decided": score.decided, "decided_by": score.decided_by}
    return snapshot(old) == values


def record(
    action: str,
    fixture: Fixture,
    by: User | None,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    reason: str = "",
) -> None:
    audit.record(
        action,
        f"{fixture.home_name} – {fixture.away_name}",
        by=by,
        event_id=fixture.event_id,
        fixture_id=fixture.id,
        before=before,
        after=after,
        reason=reason,
    )
