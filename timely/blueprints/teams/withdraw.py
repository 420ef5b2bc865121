"""`/admin/events/<id>/teams/<team id>/withdraw/`: withdraw or expel a team, after a preview of the effects."""

from collections import Counter

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import RadioField

from timely.blueprints.change_preview import PendingChange, previewed
from timely.blueprints.event_access import managed_event, part_of
from timely.blueprints.teams.views import bp
from timely.models import Event, Team
from timely.services.errors import RuleBroken
from timely.services.withdrawals import fates_of, rulebook_way, withdraw
from timely.web.fields import HouseForm, options, text

WAYS = {
    "annul": "Annul its games: none of them counts any more",
    "keep": "Keep what was played; the rest is cancelled",
    "award": "Keep what was played; the opponents win the rest",
}
FATES = {
    "annulled": ("result is annulled", "results are annulled"),
    "cancelled": ("game is cancelled", "games are cancelled"),
    "awarded": ("game goes to the opponent", "games go to the opponents"),
}


class WithdrawForm(HouseForm):
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
            return previewed(wish_of(event, team, form))
        except RuleBroken as broken:
            form.add_fault(broken)
    page = render_template("teams/withdraw.html", event=event, team=team, form=form)
    return page, 422 if form.errors else 200


def wish_of(event: Event, team: Team, form: WithdrawForm) -> PendingChange:
    word, way, reason = form.word.data, form.way.data, form.reason.data or ""
    does = "withdraws" if word == "withdrawn" else "is expelled"
    back = url_for("teams.index", event_id=event.id)
    facts = told(event, team, way)
    return PendingChange(
        event=event,
        title=f"{team.name} {does}",
        lead=f"Why: {reason}" if reason else "",
        facts=facts,
        news=" ".join(facts),
        button="Let it withdraw" if word == "withdrawn" else "Expel it",
        deed=lambda rulings, why: withdraw(team, word, way=way, by=current_user, reason=reason, rulings=rulings),
        done=f"{team.name} {does}.",
        back_href=request.path,
        done_href=back,
    )


def told(event: Event, team: Team, way: str) -> list[str]:
    """Sentences such as "3 results are annulled.", one for each outcome."""
    counts = Counter(fate.what for fate in fates_of(event, team, way).values())
    return [f"{counts[what]} {words[counts[what] > 1]}." for what, words in FATES.items() if counts[what]]
