"""Steps of a ranking, recorded while it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from timely.domain.standings.outcome import Outcome, Team
from timely.domain.standings.standing import Standing


@dataclass(frozen=True, slots=True)
class MiniLeague:
    """The table of the games among the teams that were level. `again`: the block had begun again for them."""

    lines: Mapping[Team, Standing]
    games: Sequence[Outcome]
    again: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One tie-breaker, applied to teams that were level until then.

    `values` has all of them, the best first; higher is better, a place in a list counts below zero (the first is -1),
    and None is a team that the list does not name. `parts` are the teams still level after it, the best first.
    """

    criterion: str
    values: Mapping[Team, Any]
    parts: tuple[tuple[Team, ...], ...]
    among: MiniLeague | None = None

    @property
    def separated(self) -> bool:
        """Whether it has put a team ahead of another."""
        return len(self.parts) > 1

    def level_with(self, team: Team) -> tuple[Team, ...]:
        """The other teams with the same value."""
        own = self.values[team]
        return tuple(other for other, value in self.values.items() if value == own and other != team)
