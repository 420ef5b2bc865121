"""Pending changes of one game: correction, walkover, score taken back."""

from dataclasses import dataclass

from flask import request, url_for

from timely.blueprints.change_preview import PendingChange
from timely.blueprints.results.forms import ResultForm
from timely.models import Fixture, User
from timely.presenters.number_text import DASH
from timely.presenters.score_text import number_text, score_text
from timely.services import results, walkovers
from timely.services.advancement import Rulings
from timely.services.score_validation import Score
from timely.web.fields import read_version


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCorrection(PendingChange):
    fixture: Fixture
    score: Score
    status: str | None
    running: bool
    reason: str
    seen_version: int | None

    def make(self, *, by: User, reason: str = "", rulings: Rulings | None = None) -> None:
        results.enter_score(
            self.fixture,
            self.score,
            by=by,
            status=self.status,
            running=self.running,
            reason=self.reason,
            seen_version=self.seen_version,
            rulings=rulings,
        )


def correction(fixture: Fixture, form: ResultForm) -> ScoreCorrection:
    """Replaces the saved score with the typed one."""
    score, reason = form.score(), form.reason.data or ""
    was, becomes = score_text(fixture), typed_text(fixture, score)
    return ScoreCorrection(
        event=fixture.event,
        fixture=fixture,
        score=score,
        status=form.status.data or None,
        running=form.running.data,
        reason=reason,
        seen_version=form.version.seen(),
        title=f"{_teams(fixture)}: {becomes}" + (f", not {was}" if was else ""),
        lead=f"Why: {reason}" if reason else "",
        button="Correct it" if was else "Save it",
        back_href=url_for("results.show", fixture_id=fixture.id),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Walkover(PendingChange):
    fixture: Fixture
    to: str  # "home", "away" or "none"
    seen_version: int | None
    done_text: str

    def make(self, *, by: User, reason: str = "", rulings: Rulings | None = None) -> None:
        walkovers.award_walkover(
            self.fixture, self.to, by=by, reason=reason, seen_version=self.seen_version, rulings=rulings
        )


def walkover(fixture: Fixture, to: str) -> Walkover:
    """Awards the game to the side *to*; "none" if neither team came: neither goes on, and the team that would have met
    the winner goes on without a game."""
    title, button, done_text = _walkover_texts(fixture, to)
    return Walkover(
        event=fixture.event,
        fixture=fixture,
        to=to,
        seen_version=read_version(request.form.get("version")),
        title=title,
        button=button,
        asks_why=True,
        done_text=done_text,
        back_href=url_for("results.show", fixture_id=fixture.id),
    )


def _walkover_texts(fixture: Fixture, to: str) -> tuple[str, str, str]:
    """(title, button, confirmation message)."""
    if to == "none":
        teams = _teams(fixture)
        return f"{teams}: nobody came, neither goes on", "Neither goes on", f"{teams}: neither goes on. Saved."
    winner, loser = fixture.home_name, fixture.away_name
    if to == "away":
        winner, loser = loser, winner
    return f"Walkover for {winner} against {loser}", "Give the game", f"Walkover for {winner} saved."


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTakenBack(PendingChange):
    fixture: Fixture
    reason: str
    seen_version: int | None

    def make(self, *, by: User, reason: str = "", rulings: Rulings | None = None) -> None:
        results.take_back(
            self.fixture, by=by, reason=reason or self.reason, seen_version=self.seen_version, rulings=rulings
        )


def taking_back(fixture: Fixture) -> ScoreTakenBack:
    """Clears the score, so that the game is to be played."""
    return ScoreTakenBack(
        event=fixture.event,
        fixture=fixture,
        reason=request.form.get("reason", "")[:300],
        seen_version=read_version(request.form.get("version")),
        title=f"{_teams(fixture)}: take back {score_text(fixture)}",
        button="Take it back",
        asks_why=True,
        back_href=url_for("results.show", fixture_id=fixture.id),
    )


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


def _teams(fixture: Fixture) -> str:
    return f"{fixture.home_name} – {fixture.away_name}"
