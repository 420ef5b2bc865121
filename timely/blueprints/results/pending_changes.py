"""Pending changes of one game: correction, walkover, deleting a score."""

from flask import request, url_for
from flask_login import current_user

from timely.blueprints.change_preview import PendingChange
from timely.blueprints.results.forms import ResultForm
from timely.blueprints.walkover_text import given_text
from timely.models import Fixture
from timely.presenters.number_text import DASH
from timely.presenters.score_text import number_text, score_text
from timely.services import results, walkovers
from timely.services.score_validation import Score
from timely.web.fields import read_version


def correction(fixture: Fixture, form: ResultForm) -> PendingChange:
    """Replaces the saved score with the typed one."""
    score, status, running = form.score(), form.status.data or None, form.running.data
    reason, seen = form.reason.data or "", form.version.seen()
    teams, was, becomes = _teams(fixture), score_text(fixture), typed_text(fixture, score)
    return PendingChange(
        event=fixture.event,
        of=fixture,
        title=f"{teams}: {becomes}" + (f", not {was}" if was else ""),
        lead=f"Why: {reason}" if reason else "",
        button="Correct it" if was else "Save it",
        deed=lambda rulings, why: results.enter_score(
            fixture,
            score,
            by=current_user,
            status=status,
            running=running,
            reason=reason,
            seen_version=seen,
            rulings=rulings,
        ),
        done=f"Saved: {fixture.home_name} {becomes} {fixture.away_name}",
        back_href=url_for("results.show", fixture_id=fixture.id),
        done_href=desk_href(fixture),
    )


def walkover(fixture: Fixture, to: str) -> PendingChange:
    """Awards the game to the side *to*; "none" if neither team came: neither goes on, and the team that would have met
    the winner goes on without a game."""
    seen = read_version(request.form.get("version"))
    title, button, done = _walkover_words(fixture, to)
    return PendingChange(
        event=fixture.event,
        of=fixture,
        title=title,
        button=button,
        asks_why=True,
        deed=lambda rulings, why: walkovers.award_walkover(
            fixture, to, by=current_user, reason=why, seen_version=seen, rulings=rulings
        ),
        done=done,
        back_href=url_for("results.show", fixture_id=fixture.id),
        done_href=desk_href(fixture),
    )


def _walkover_words(fixture: Fixture, to: str) -> tuple[str, str, str]:
    """(title, button, confirmation message)."""
    if to == "none":
        teams = _teams(fixture)
        return f"{teams}: nobody came, neither goes on", "Neither goes on", f"{teams}: neither goes on. Saved."
    winner, loser = fixture.home_name, fixture.away_name
    if to == "away":
        winner, loser = loser, winner
    return f"Walkover for {winner} against {loser}", "Give the game", f"Walkover for {winner} saved."


def taking_back(fixture: Fixture) -> PendingChange:
    """Clears the score; without other effects it is done at once."""
    seen = read_version(request.form.get("version"))
    was = score_text(fixture)
    return PendingChange(
        event=fixture.event,
        of=fixture,
        title=f"{_teams(fixture)}: take back {was}",
        button="Take it back",
        asks_why=True,
        deed=lambda rulings, why: results.take_back(
            fixture,
            by=current_user,
            reason=why or request.form.get("reason", "")[:300],
            seen_version=seen,
            rulings=rulings,
        ),
        done=lambda: taken_back_text(fixture),
        back_href=url_for("results.show", fixture_id=fixture.id),
        done_href=desk_href(fixture),
    )


def taken_back_text(fixture: Fixture) -> str:
    if given := given_text(fixture):
        return f"The score is taken back, but the game is not open: {given}"
    return "Taken back. The game is open again."


def typed_text(fixture: Fixture, score: Score) -> str:
    """ "2–1", "1–1 (4–2 pens)", "1–1 (Ash by lot)"."""
    text = DASH.join(number_text(fixture, number) for number in (score.home_score, score.away_score))
    if score.decided == "none":
        return f"{text} (neither goes on)"
    if score.decided:
        name = fixture.home_name if score.decided == "home" else fixture.away_name
        return f"{text} ({name} by {score.decided_by})"
    if score.home_pens is not None:
        return f"{text} ({score.home_pens}{DASH}{score.away_pens} pens)"
    return text


def desk_href(fixture: Fixture) -> str:
    return url_for("results.desk", event=fixture.event_id, after=fixture.id)


def _teams(fixture: Fixture) -> str:
    return f"{fixture.home_name} – {fixture.away_name}"
