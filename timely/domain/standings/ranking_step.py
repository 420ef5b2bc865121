"""Steps: what a ranking did on its way, noted while it was done."""

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
    again: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One criterion, asked among teams that were level until then.

    `values` has all of them, the best first; higher is better, a place in a list counts below zero (the first is -1),
    and None is a team that the list does not name. `parts` are those still level after it, the best first.
    """

    criterion: str
    values: Mapping[Team, Any]
    parts: tuple[tuple[Team, ...], ...]
    among: MiniLeague | None = None

    @property
    def separated(self) -> bool:
        """It has put somebody ahead of somebody."""
        return len(self.parts) > 1

    def level_with(self, team: Team) -> tuple[Team, ...]:
        """Who had the same value as the team."""
        own = self.values[team]
        return tuple(other for other, value in self.values.items() if value == own and other != team)
