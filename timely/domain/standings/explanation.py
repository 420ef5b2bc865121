"""Explanation of each row's position: the steps of the ranking that concern it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from timely.domain.rules.rules import Rules
from timely.domain.rules.tiebreakers import by_hand
from timely.domain.standings.outcome import Outcome, Team
from timely.domain.standings.ranking import ManualOrder, Notes
from timely.domain.standings.ranking_step import Step
from timely.domain.standings.standing import Standing
from timely.domain.standings.standings import standings

# What the organiser may do about teams that nothing separates; `presenters/value_text.py` has the texts.
WAIT = "wait"
CHANGE_THE_ORDER = "change_the_order"


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of one row.

    `steps` are the tie-breakers in order, each applied to the teams that were level with it.
    `decided_by` is the last of them, which gave the team its position; "" if it is tied, or alone. `level_with` are the
    teams that nothing separates from it, and `ways_out` what may be done then: a tie-breaker by hand that has not been
    decided, "wait" while games are left, "change_the_order". `source` is the regulation.
    """

    team: Team
    position: int
    steps: tuple[Step, ...]
    decided_by: str = ""
    level_with: tuple[Team, ...] = ()
    ways_out: tuple[str, ...] = ()
    source: str = ""

    @property
    def tied(self) -> bool:
        return bool(self.level_with)

    def apart_from(self, other: Team) -> Step | None:
        """The step that separated the two; None if nothing has."""
        return next(
            (step for step in self.steps if other in step.values and step.values[self.team] != step.values[other]), None
        )


def explain(
    teams: Sequence[Team],
    outcomes: Iterable[Outcome],
    rules: Rules,
    *,
    deductions: Mapping[Team, int] | None = None,
    manual_order: ManualOrder | None = None,
    fair_play_totals: Mapping[Team, int] | None = None,
    complete: bool = True,
    source: str = "",
) -> dict[Team, Explanation]:
    """{team: its explanation}, in the order of the table. Calls `standings` with all arguments but *source*."""
    notes: Notes = []
    table = standings(
        teams,
        outcomes,
        rules,
        deductions=deductions,
        manual_order=manual_order,
        fair_play_totals=fair_play_totals,
        complete=complete,
        notes=notes,
    )
    return explain_lines(table, notes, rules.order(complete=complete), complete=complete, source=source)


def explain_lines(
    table: Sequence[Standing],
    notes: Iterable[Step],
    criteria: Sequence[str],
    *,
    complete: bool = True,
    source: str = "",
) -> dict[Team, Explanation]:
    """The explanation of each line, from the notes of one ranking."""
    steps: dict[Team, list[Step]] = {line.team: [] for line in table}
    for step in notes:
        for team in step.values:
            steps[team].append(step)
    at: dict[int, list[Team]] = {}
    for line in table:
        at.setdefault(line.position, []).append(line.team)
    decided_by_hand = by_hand()
    ways = (criterion for criterion in criteria if criterion in decided_by_hand)
    ways_out = (*(() if complete else (WAIT,)), *ways, CHANGE_THE_ORDER)
    found = {}
    for line in table:
        sharing = at[line.position]
        own = steps[line.team]
        found[line.team] = Explanation(
            team=line.team,
            position=line.position,
            steps=tuple(own),
            decided_by=own[-1].criterion if own and len(sharing) == 1 else "",
            level_with=tuple(team for team in sharing if team != line.team),
            ways_out=ways_out if len(sharing) > 1 else (),
            source=source,
        )
    return found
