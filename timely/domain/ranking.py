"""Puts the lines of a table in order, criterion after criterion."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from timely.domain.outcomes import Outcome, Team
from timely.domain.rules import Rules
from timely.domain.standing import Ratio, Standing
from timely.domain.tallies import tally
from timely.domain.tiebreakers import BY_HAND, HEAD_TO_HEAD

Lines = list[Standing]
Value = Callable[[Standing], Any]  # higher is better
ManualOrder = Mapping[str, Sequence[Team]]


def _infinite_if_none(quotient: Ratio | None) -> Ratio:
    # Nothing against counts as infinite, a team that has not played included.
    return math.inf if quotient is None else quotient


VALUES: dict[str, Value] = {
    "points": lambda line: line.points,
    "wins": lambda line: line.wins,
    "goal_difference": lambda line: line.goal_difference,
    "goals_for": lambda line: line.goals_for,
    "away_goals_for": lambda line: line.away_goals_for,
    "goal_average": lambda line: _infinite_if_none(line.goal_average),
    "set_ratio": lambda line: _infinite_if_none(line.set_ratio),
    "point_ratio": lambda line: _infinite_if_none(line.point_ratio),
    "try_difference": lambda line: line.try_difference,
    "tries_for": lambda line: line.tries_for,
    "fair_play": lambda line: line.fair_play,
    "group_position": lambda line: -line.position,
}


def separate(level: Lines, criterion: str, manual_order: ManualOrder) -> list[Lines]:
    """The level lines in runs that are still level after *criterion*, best first."""
    if criterion in BY_HAND:
        places = {team: place for place, team in enumerate(manual_order.get(criterion, ()))}
        if not all(line.team in places for line in level):
            return [level]  # a lot that one of them has not drawn decides nothing among them
        return split(level, lambda line: -places[line.team])
    return split(level, VALUES[criterion])


def split(level: Lines, value: Value) -> list[Lines]:
    ordered = sorted(level, key=value, reverse=True)  # lines of the same value keep their order
    return [list(run) for _, run in groupby(ordered, key=value)]


def place(runs: Sequence[Lines]) -> Lines:
    """The lines in order with their positions; tied lines share one and the next is skipped: 1, 2, 2, 4."""
    ordered: Lines = []
    for run in runs:
        position = len(ordered) + 1
        for line in run:
            line.position = position
            line.tied = len(run) > 1
        ordered += run
    return ordered


def _looked_up(value: Value, table: Mapping[Team, Standing]) -> Value:
    """The value that a team has in another table."""
    return lambda line: value(table[line.team])


class Ranking:
    """The order of one table: its games and rules are at hand, because mini-leagues need them."""

    def __init__(self, outcomes: Iterable[Outcome], rules: Rules, manual_order: ManualOrder) -> None:
        self.outcomes = list(outcomes)
        self.rules = rules
        self.manual_order = manual_order

    def runs(self, level: Lines, at: int = 0) -> list[Lines]:
        """The lines in runs that nothing separates, best first, by the criteria from number *at* on."""
        criteria = self.rules.tiebreakers
        if len(level) == 1 or at == len(criteria):
            return [level]
        after = at + 1
        if criteria[at] in HEAD_TO_HEAD:
            while after < len(criteria) and criteria[after] in HEAD_TO_HEAD:
                after += 1
            parts = self.head_to_head(level, criteria[at:after])
        else:
            parts = separate(level, criteria[at], self.manual_order)
        return [run for part in parts for run in self.runs(part, after)]

    def head_to_head(self, level: Lines, block: Sequence[str]) -> list[Lines]:
        """The level lines, split by a table of the games among them; any number of teams."""
        teams = {line.team for line in level}
        games = [game for game in self.outcomes if game.home in teams and game.away in teams]
        among = tally([line.team for line in level], games, self.rules)
        restart = self.rules.head_to_head_restart
        parts = [level]
        for criterion in block:
            value = VALUES[HEAD_TO_HEAD[criterion]]
            parts = [run for part in parts for run in split(part, _looked_up(value, among))]
            if restart == "immediate" and len(parts) > 1:
                break
        if restart == "never" or len(parts) == 1:
            return parts
        # Those still level are fewer now: the block begins again among themselves.
        return [run for part in parts for run in self._again(part, block)]

    def _again(self, part: Lines, block: Sequence[str]) -> list[Lines]:
        return self.head_to_head(part, block) if len(part) > 1 else [part]
