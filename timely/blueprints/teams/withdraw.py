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
from timely.domain.translation import gettext, gettext_noop, lazy_gettext, lazy_pgettext, ngettext
from timely.models import Event, Team, User
from timely.services.advancement import Rulings
from timely.services.errors import RuleBroken
from timely.services.withdrawals import outcomes_of, rulebook_way, withdraw
from timely.web.fields import BaseForm, options, text

WAYS = {
    "annul": lazy_gettext("Annul its games: none of them counts any more"),
    "keep": lazy_gettext("Keep what was played; the rest is cancelled"),
    "award": lazy_gettext("Keep what was played; the opponents win the rest"),
}
USUAL_WAYS = {
    "annul": lazy_gettext("Annul its games: none of them counts any more (by the rules of this event)"),
    "keep": lazy_gettext("Keep what was played; the rest is cancelled (by the rules of this event)"),
    "award": lazy_gettext("Keep what was played; the opponents win the rest (by the rules of this event)"),
}
TITLES = {"withdrawn": gettext_noop("%(team)s withdraws"), "expelled": gettext_noop("%(team)s is expelled")}
HAPPENED = {"withdrawn": gettext_noop("%(team)s withdraws."), "expelled": gettext_noop("%(team)s is expelled.")}


class WithdrawForm(BaseForm):
    word = RadioField(
        lazy_gettext("What happened?"),
        choices=options([("withdrawn", lazy_gettext("It withdraws")), ("expelled", lazy_gettext("It is expelled"))]),
        default="withdrawn",
    )
    way = RadioField(lazy_gettext("What becomes of its table games?"), choices=[])
    reason = text(lazy_pgettext("reason", "Why"), 300)

    def for_team(self, event: Event, team: Team) -> None:
        """Puts the rulebook's way first, and selects it."""
        usual = rulebook_way(event, team)
        others = [(way, words) for way, words in WAYS.items() if way != usual]
        self.way.choices = options([(usual, USUAL_WAYS[usual]), *others])
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
            return preview or done(event, gettext(HAPPENED[form.word.data], team=team.name))
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
        title=gettext(TITLES[word], team=team.name),
        lead=gettext("Why: %(reason)s", reason=reason) if reason else "",
        facts=facts,
        news=" ".join(facts),
        button=gettext("Let it withdraw") if word == "withdrawn" else gettext("Expel it"),
        back_href=request.path,
    )


def outcomes(event: Event, team: Team, way: str) -> list[str]:
    """Sentences such as "3 results are annulled.", one for each outcome."""
    counts = Counter(fate.what for fate in outcomes_of(event, team, way).values())
    annulled, cancelled, awarded = (counts[what] for what in ("annulled", "cancelled", "awarded"))
    return [
        *([ngettext("%(num)s result is annulled.", "%(num)s results are annulled.", annulled)] if annulled else []),
        *([ngettext("%(num)s game is cancelled.", "%(num)s games are cancelled.", cancelled)] if cancelled else []),
        *(
            [ngettext("%(num)s game goes to the opponent.", "%(num)s games go to the opponents.", awarded)]
            if awarded
            else []
        ),
    ]
