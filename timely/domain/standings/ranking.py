"""Ranks the lines of a table, tie-breaker after tie-breaker."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from timely.domain.rules.rules import Rules
from timely.domain.rules.tiebreaker import Tiebreaker, Value
from timely.domain.rules.tiebreakers import TIEBREAKERS
from timely.domain.standings.outcome import Outcome, Team
from timely.domain.standings.ranking_step import MiniLeague, Step
from timely.domain.standings.standing import Standing
from timely.domain.standings.tally import tally

Lines = list[Standing]
ManualOrder = Mapping[str, Sequence[Team]]
Notes = list[Step]


def separate(
    level: Lines,
    tiebreaker: Tiebreaker,
    manual_order: ManualOrder,
    notes: Notes | None = None,
    *,
    per_game: bool = False,
) -> list[Lines]:
    """The level lines in runs that are still level after *tiebreaker*, best first; noted in *notes*.

    *per_game*: what grows with the number of games is divided by it.
    """
    if len(level) == 1:
        return [level]
    criterion = tiebreaker.key
    if tiebreaker.by_hand is None:
        value = tiebreaker.value_per_game if per_game else tiebreaker.value
        return split(level, criterion, value, notes)
    places = {team: place for place, team in enumerate(manual_order.get(criterion, ()), start=1)}
    if all(line.team in places for line in level):
        return split(level, criterion, lambda line: -places[line.team], notes)
    # An order by hand that does not name all of them decides nothing among them.
    if notes is not None:
        values = {line.team: -places[line.team] if line.team in places else None for line in level}
        notes.append(Step(criterion, values, (tuple(values),)))
    return [level]


def split(
    level: Lines, criterion: str, value: Value, notes: Notes | None = None, among: MiniLeague | None = None
) -> list[Lines]:
    """The level lines in runs of the same value, best first; a single line is not compared."""
    if len(level) == 1:
        return [level]
    runs: dict[Any, Lines] = {}
    for line in level:  # lines of the same value keep their order
        runs.setdefault(value(line), []).append(line)
    best_first = sorted(runs, reverse=True) if len(runs) > 1 else list(runs)
    if notes is not None:
        values = {line.team: one for one in best_first for line in runs[one]}
        parts = tuple(tuple(line.team for line in runs[one]) for one in best_first)
        notes.append(Step(criterion, values, parts, among))
    return [runs[one] for one in best_first]


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


class Ranking:
    """Ranks one table; keeps its games and rules, because head-to-head tables need them.

    With *notes* every step is recorded there as it is taken.
    """

    def __init__(
        self,
        outcomes: Iterable[Outcome],
        rules: Rules,
        manual_order: ManualOrder,
        *,
        complete: bool = True,
        notes: Notes | None = None,
    ) -> None:
        self.outcomes = list(outcomes)
        self.rules = rules
        self.tiebreakers = [TIEBREAKERS[key] for key in rules.order(complete=complete)]
        self.manual_order = manual_order
        self.notes = notes
        self._at_home: dict[Team, list[int]] | None = None

    def runs(self, lines: Lines) -> list[Lines]:
        """The lines in runs that nothing separates, best first."""
        # A stack of runs still to be separated, best on top: (lines, index of the next tie-breaker, index of the
        # head-to-head block that they have been through). Not recursive, because a table may be longer than Python's
        # recursion limit.
        waiting: list[tuple[Lines, int, int | None]] = [(lines, 0, None)]
        done: list[Lines] = []
        while waiting:
            level, at, block = waiting.pop()
            if len(level) == 1 or at == len(self.tiebreakers):
                done.append(level)
                continue
            parts, after = self._separate(level, at)
            if self.tiebreakers[at].of:
                block = at if block is None else block
            elif len(parts) > 1 and block is not None and self.rules.head_to_head_restart == "immediate":
                # Whichever tie-breaker has separated a team, the others begin again: FIBA 2022, D.1.4.
                after = block
            waiting += [(part, after, block) for part in reversed(parts)]
        return done

    def _separate(self, level: Lines, at: int) -> tuple[list[Lines], int]:
        """The level lines split by the tie-breaker or head-to-head block at that index, and the index after it."""
        tiebreakers, after = self.tiebreakers, at + 1
        if not tiebreakers[at].of:
            return separate(level, tiebreakers[at], self.manual_order, self.notes), after
        while after < len(tiebreakers) and tiebreakers[after].of:
            after += 1
        return self._head_to_head(level, tiebreakers[at:after]), after

    def _head_to_head(self, level: Lines, block: Sequence[Tiebreaker]) -> list[Lines]:
        """The level lines, split by the block; those still level begin it again among themselves, if it restarts."""
        waiting, done = [level], []
        while waiting:
            part = waiting.pop()
            parts = self._by_mini_league(part, block, again=part is not level) if len(part) > 1 else [part]
            if len(parts) == 1 or self.rules.head_to_head_restart == "never":
                done += parts
            else:
                waiting += reversed(parts)
        return done

    def _by_mini_league(self, level: Lines, block: Sequence[Tiebreaker], *, again: bool) -> list[Lines]:
        """The level lines, split by a table of the games among them; any number of teams."""
        games = self._games_among(level)
        table = tally([line.team for line in level], games, self.rules)
        for one in block:
            if one.count is not None:
                one.count(table, games)
        among = MiniLeague(table, games, again) if self.notes is not None else None
        parts = [level]
        for one in block:
            value = _looked_up(one.value, table)
            parts = [run for part in parts for run in split(part, one.key, value, self.notes, among)]
            if len(parts) > 1 and self.rules.head_to_head_restart == "immediate":
                break
        return parts

    def _games_among(self, level: Lines) -> list[Outcome]:
        """The games among these teams, in the order of play; looks only at their own games."""
        if self._at_home is None:
            self._at_home = {}
            for number, game in enumerate(self.outcomes):
                self._at_home.setdefault(game.home, []).append(number)
        teams = {line.team for line in level}
        numbers = (number for team in teams for number in self._at_home.get(team, ()))
        return [self.outcomes[number] for number in sorted(numbers) if self.outcomes[number].away in teams]


def _looked_up(value: Value, table: Mapping[Team, Standing]) -> Value:
    """A function that looks up the value of a line's team in another table."""
    return lambda line: value(table[line.team])
