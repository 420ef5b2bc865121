"""Words for those who enter an event: teams, pairs or single players."""

from dataclasses import dataclass

from timely.domain.translation import gettext_noop


@dataclass(frozen=True, slots=True)
class Entrant:
    one: str
    many: str
    title: str

    def count(self, number: int) -> str:
        """ "1 pair", "8 pairs"."""
        return f"{number} {self.one if number == 1 else self.many}"

    @property
    def head(self) -> str:
        """Heading of the column of names."""
        return self.one.capitalize()


ENTRANTS = {
    "team": Entrant("team", "teams", gettext_noop("Teams")),
    "pair": Entrant("pair", "pairs", gettext_noop("Pairs")),
    "person": Entrant("player", "players", gettext_noop("Players")),
}
