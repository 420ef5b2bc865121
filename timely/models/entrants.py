"""Words for those who enter an event: teams, pairs or single players."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entrant:
    one: str
    many: str

    def count(self, number: int) -> str:
        """ "1 pair", "8 pairs"."""
        return f"{number} {self.one if number == 1 else self.many}"

    @property
    def head(self) -> str:
        """Heading of the column of names."""
        return self.one.capitalize()

    @property
    def title(self) -> str:
        return self.many.capitalize()


ENTRANTS = {
    "team": Entrant("team", "teams"),
    "pair": Entrant("pair", "pairs"),
    "person": Entrant("player", "players"),
}
