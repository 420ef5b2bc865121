"""The standings of one table: every team's line, in order."""

from collections.abc import Iterable, Mapping, Sequence

from timely.domain.across import rank_across
from timely.domain.faults import Fault
from timely.domain.outcomes import Outcome, Team
from timely.domain.ranking import ManualOrder, Ranking, place
from timely.domain.rules import Rules
from timely.domain.standing import Standing
from timely.domain.tallies import tally

__all__ = ["Standing", "rank_across", "standings"]


def standings(
    teams: Sequence[Team],
    outcomes: Iterable[Outcome],
    rules: Rules,
    *,
    deductions: Mapping[Team, int] | None = None,
    manual_order: ManualOrder | None = None,
    fair_play_totals: Mapping[Team, int] | None = None,
) -> list[Standing]:
    """Every team's line, best first; *outcomes* are in the order of play.

    Teams that nothing separates share the position, are `tied`, and keep the order in which *teams* has them.
    Deductions and fair play totals of teams of other tables do not matter. Raises Fault for a team that is
    listed twice, and for a game with a team that is not listed.
    """
    outcomes = list(outcomes)
    if len(set(teams)) != len(teams):
        raise Fault("teams", "a team is listed twice")
    listed = set(teams)
    for number, outcome in enumerate(outcomes):
        if outcome.home not in listed or outcome.away not in listed or outcome.home == outcome.away:
            raise Fault(f"outcomes[{number}]", "needs two different teams of this table")
    table = tally(teams, outcomes, rules)
    for line in table.values():
        line.deducted = (deductions or {}).get(line.team, 0)
        line.points -= line.deducted
        line.fair_play = (fair_play_totals or {}).get(line.team, line.fair_play)
    if not table:
        return []
    return place(Ranking(outcomes, rules, manual_order or {}).runs(list(table.values())))
