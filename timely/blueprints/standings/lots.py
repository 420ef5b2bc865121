"""The form of a lot: for each team that shares a position its place in the order that was drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from timely.domain.sources import ordinal
from timely.models import Event, Team
from timely.services.lots import tied_teams

MOST_REASON = 300


@dataclass(slots=True)
class LotForm:
    """One shared position. What was typed stays, by team id."""

    table: str
    position: int
    teams: Sequence[Team]
    by_lot: bool = True
    typed: dict[int, str] = field(default_factory=dict)
    reason: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Tells it from the others; it changes when other teams are tied."""
        return "-".join(str(team.id) for team in self.teams)

    @property
    def position_text(self) -> str:
        return f"{ordinal(self.position)} place"

    def read(self, sent: Mapping[str, str]) -> None:
        self.typed = {team.id: sent.get(f"place_{team.id}", "").strip() for team in self.teams}
        self.reason = sent.get("reason", "").strip()

    def order(self) -> list[Team] | None:
        """The teams, the lot's winner first; None with `errors` where the places do not make an order."""
        count = len(self.teams)
        if len(self.reason) > MOST_REASON:
            self.errors.append(f"At most {MOST_REASON} characters.")
        wanted = {str(place) for place in range(1, count + 1)}
        if set(self.typed.values()) != wanted:
            self.errors.append(f"Give every team a place of its own, from 1 to {count}.")
        if self.errors:
            return None
        return sorted(self.teams, key=lambda team: int(self.typed[team.id]))


def lot_forms(event: Event) -> list[LotForm]:
    return [LotForm(one.table, one.position, one.teams, one.by_lot) for one in tied_teams(event)]
