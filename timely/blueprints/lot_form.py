"""Form of a shared position: the place of each team, as drawn by lot or played out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from timely.domain.rules.tiebreakers import by_hand
from timely.domain.translation import gettext, pgettext
from timely.models import Event, Team
from timely.models.read_only import FixtureView
from timely.presenters.number_text import ordinal_text
from timely.presenters.round_text import table_text
from timely.services.lots import Tied, blocking_positions, tied_teams

MOST_REASON = 300


@dataclass(slots=True)
class LotForm:
    """The form of one shared position. `typed` keeps the input by team id."""

    table: str
    position: int
    teams: Sequence[Team]
    ways: Sequence[str] = ()
    holds_up: Sequence[str] = ()
    way: str = ""
    typed: dict[int, str] = field(default_factory=dict)
    reason: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Identifies the form; differs when other teams are tied."""
        return "-".join(str(team.id) for team in self.teams)

    @property
    def position_text(self) -> str:
        return pgettext("shared position", "%(place)s place", place=ordinal_text(self.position))

    @property
    def places(self) -> range:
        return range(self.position, self.position + len(self.teams))

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(way, gettext(by_hand()[way].choice)) for way in self.ways]

    @property
    def title(self) -> str:
        return gettext(by_hand()[self.way].title)

    def read(self, sent: Mapping[str, str]) -> None:
        self.typed = {team.id: sent.get(f"place_{team.id}", "").strip()[:20] for team in self.teams}
        self.reason = sent.get("reason", "").strip()
        self.way = sent.get("way") or self.way

    def order(self) -> list[Team] | None:
        """The teams by their places; None, with `errors`, if the places are not an order."""
        count = len(self.teams)
        if len(self.reason) > MOST_REASON:
            self.errors.append(gettext("At most %(number)s characters.", number=MOST_REASON))
        if self.way not in self.ways:
            self.errors.append(gettext("Choose how it was decided."))
        places = {id_: place_in(typed) for id_, typed in self.typed.items()}
        # Either the places of the table, or 1, 2, 3 among the tied teams.
        wanted = [set(range(start, start + count)) for start in (self.position, 1)]
        if set(places.values()) not in wanted:
            first, last = self.places[0], self.places[-1]
            self.errors.append(
                gettext("Give each a place of its own, from %(first)s to %(last)s.", first=first, last=last)
            )
        if self.errors:
            return None
        return sorted(self.teams, key=lambda team: places[team.id])


def place_in(typed: str) -> int:
    """The place in any usual spelling: "2", "2.", "2nd place", or as the reader's language counts; 0 for none."""
    found = re.fullmatch(r"#?\s*([0-9]{1,4})\s*(\.|st|nd|rd|th)?(\s*place)?", typed.strip(), re.ASCII | re.IGNORECASE)
    if found is None:
        number = re.match(r"[0-9]{1,4}", typed.strip())
        is_ordinal = number is not None and typed.strip().casefold() == ordinal_text(int(number[0])).casefold()
        return int(number[0]) if number is not None and is_ordinal else 0
    return int(found[1])


def lot_forms(event: Event) -> list[LotForm]:
    """A form for each shared position."""
    return [_form(one) for one in tied_teams(event)]


def urgent_lot_forms(event: Event, games: Iterable[FixtureView] | None = None) -> list[LotForm]:
    """A form for each shared position that alone holds up a knockout tie: its group is over.

    *games* are the event's as they are recorded, if the caller has read them.
    """
    return [_form(one) for one in blocking_positions(event, games)]


def _form(one: Tied) -> LotForm:
    return LotForm(
        table_text(one.table), one.position, one.teams, one.ways, one.holds_up, one.ways[0] if one.ways else ""
    )
