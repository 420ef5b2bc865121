"""Pending changes of one game: correction, walkover, score taken back."""

from dataclasses import dataclass

from flask import request, url_for

from timely.blueprints.change_preview import PendingChange
from timely.blueprints.results.forms import ResultForm
from timely.domain.translation import gettext, pgettext
from timely.models import Fixture, User
from timely.presenters.number_text import DASH
from timely.presenters.round_text import away_name, home_name
from timely.presenters.score_text import number_text, pens_text, score_text
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
        title=_correction_title(_teams(fixture), was, becomes),
        lead=gettext("Why: %(reason)s", reason=reason) if reason else "",
        button=gettext("Correct it") if was else gettext("Save it"),
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
        return (
            gettext("%(game)s: nobody came, neither goes on", game=teams),
            gettext("Neither goes on"),
            gettext("%(game)s: neither goes on. Saved.", game=teams),
        )
    winner, loser = home_name(fixture), away_name(fixture)
    if to == "away":
        winner, loser = loser, winner
    return (
        gettext("Walkover for %(winner)s against %(loser)s", winner=winner, loser=loser),
        gettext("Give the game"),
        gettext("Walkover for %(winner)s saved.", winner=winner),
    )


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
        title=gettext("%(game)s: take back %(score)s", game=_teams(fixture), score=score_text(fixture)),
        button=gettext("Take it back"),
        asks_why=True,
        back_href=url_for("results.show", fixture_id=fixture.id),
    )


def typed_text(fixture: Fixture, score: Score) -> str:
    """ "2–1", "1–1 (4–2 pens)", "1–1 (Ash by lot)"."""
    text = DASH.join(number_text(fixture, number) for number in (score.home_score, score.away_score))
    if score.decided == "none":
        return f"{text} ({pgettext('team', 'neither goes on')})"
    if score.decided:
        name = fixture.home_name if score.decided == "home" else fixture.away_name
        by_lot = gettext("%(team)s by lot", team=name)
        return f"{text} ({by_lot if score.decided_by == 'lot' else gettext('%(team)s by ruling', team=name)})"
    if score.home_pens is not None and score.away_pens is not None:
        return f"{text} ({pens_text(score.home_pens, score.away_pens)})"
    return text


def _teams(fixture: Fixture) -> str:
    return f"{home_name(fixture)} – {away_name(fixture)}"


def _correction_title(teams: str, was: str, becomes: str) -> str:
    if not was:
        return f"{teams}: {becomes}"
    return gettext("%(game)s: %(becomes)s, not %(was)s", game=teams, becomes=becomes, was=was)
