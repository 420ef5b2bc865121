"""`/admin/events/<id>/teams/<team id>/withdraw/`: withdraw or expel a team, after a preview of the effects."""

from collections import Counter
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from timely.blueprints.change_preview import PendingChange, previewed
from timely.blueprints.event_access import managed_event, part_of
from timely.blueprints.teams.joining import done
from timely.blueprints.teams.views import bp
from timely.models import Event, Team, User
from timely.services.advancement import Rulings
from timely.services.errors import RuleBroken
from timely.services.withdrawals import outcomes_of, rulebook_way, withdraw
from timely.web.fields import BaseForm, options, text

WAYS = {
    "annul": "Annul its games: none of them counts any more",
    "keep": "Keep what was played; the rest is cancelled",
    "award": "Keep what was played; the opponents win the rest",
}
HAPPENS = {"withdrawn": "withdraws", "expelled": "is expelled"}
FATES = {
    "annulled": ("result is annulled", "results are annulled"),
    "cancelled": ("game is cancelled", "games are cancelled"),
    "awarded": ("game goes to the opponent", "games go to the opponents"),
}


class WithdrawForm(BaseForm):
    word = RadioField(
        "What happened?",
        choices=options([("withdrawn", "It withdraws"), ("expelled", "It is expelled")]),
        default="withdrawn",
    )
    way = RadioField("What becomes of its table games?", choices=[])
    reason = text("Why", 300)

    def for_team(self, event: Event, team: Team) -> None:
        """Puts the rulebook's way first, and selects it."""
        usual = rulebook_way(event, team)
        others = [(way, words) for way, words in WAYS.items() if way != usual]
        self.way.choices = options([(usual, f"{WAYS[usual]} (by the rules of this event)"), *others])
        if not self.is_submitted():
            self.way.data = usual


@bp.route("/<int:team_id>/withdraw/", methods=["GET", "POST"], endpoint="withdraw")
def leave(event_id: int, team_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    team = part_of(event, Team, team_id)
    form = WithdrawForm()
    form.for_team(event, team)
    if form.validate_on_submit():
        try:
            preview = previewed(withdrawal(event, team, form))
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            return preview or done(event, f"{team.name} {HAPPENS[form.word.data]}.")
    page = render_template("teams/withdraw.html", event=event, team=team, form=form)
    return page, 422 if form.errors else 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(PendingChange):
    team: Team
    word: str  # one of statuses.WITHDRAWALS
    way: str
    reason: str

    def make(self, *, by: User, reason: str = "", rulings: Rulings | None = None) -> None:
        withdraw(self.team, self.word, way=self.way, by=by, reason=self.reason, rulings=rulings)


def withdrawal(event: Event, team: Team, form: WithdrawForm) -> Withdrawal:
    word, way, reason = form.word.data, form.way.data, form.reason.data or ""
    facts = outcomes(event, team, way)
    return Withdrawal(
        event=event,
        team=team,
        word=word,
        way=way,
        reason=reason,
        title=f"{team.name} {HAPPENS[word]}",
        lead=f"Why: {reason}" if reason else "",
        facts=facts,
        news=" ".join(facts),
        button="Let it withdraw" if word == "withdrawn" else "Expel it",
        back_href=request.path,
    )


def outcomes(event: Event, team: Team, way: str) -> list[str]:
    """Sentences such as "3 results are annulled.", one for each outcome."""
    counts = Counter(fate.what for fate in outcomes_of(event, team, way).values())
    return [f"{counts[what]} {words[counts[what] > 1]}." for what, words in FATES.items() if counts[what]]
