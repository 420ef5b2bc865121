"""Standings of one table: every team's line, in order."""

from collections.abc import Iterable, Mapping, Sequence

from timely.domain.errors import ValidationError
from timely.domain.rules.rules import Rules
from timely.domain.rules.tiebreakers import count_for
from timely.domain.standings.across_groups import rank_across
from timely.domain.standings.outcome import Outcome, Team
from timely.domain.standings.ranking import ManualOrder, Notes, Ranking, place
from timely.domain.standings.standing import Standing
from timely.domain.standings.tally import tally
from timely.domain.translation import lazy_gettext

__all__ = ["Standing", "rank_across", "standings"]


def standings(
    teams: Sequence[Team],
    outcomes: Iterable[Outcome],
    rules: Rules,
    *,
    deductions: Mapping[Team, int] | None = None,
    manual_order: ManualOrder | None = None,
    fair_play_totals: Mapping[Team, int] | None = None,
    complete: bool = True,
    notes: Notes | None = None,
) -> list[Standing]:
    """Every team's line, best first; *outcomes* are in the order of play.

    Teams that nothing separates share the position, are `tied`, and keep their order in *teams*. Deductions and
    fair-play totals of teams of other tables are ignored. *complete*: no game is left; some rulebooks rank differently
    until then. Each step of the ranking is recorded in *notes* (`explain` reads them).
    Raises ValidationError for a team that is listed twice, and for a game with a team that is not listed.
    """
    outcomes = list(outcomes)
    listed = set(teams)
    if len(listed) != len(teams):
        raise ValidationError("teams", lazy_gettext("a team is listed twice"))
    for number, outcome in enumerate(outcomes):
        if outcome.home not in listed or outcome.away not in listed or outcome.home == outcome.away:
            raise ValidationError(f"outcomes[{number}]", lazy_gettext("needs two different teams of this table"))
    table = tally(teams, outcomes, rules)
    for team, points in (deductions or {}).items():
        if team in table:
            table[team].deducted = points
            table[team].points -= points
    for team, total in (fair_play_totals or {}).items():
        if team in table:
            table[team].fair_play = total
    count_for(rules.all_tiebreakers, table, outcomes)
    if not table:
        return []
    ranking = Ranking(outcomes, rules, manual_order or {}, complete=complete, notes=notes)
    return place(ranking.runs(list(table.values())))
