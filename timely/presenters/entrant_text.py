"""Words for those who enter an event: teams, pairs or single players."""

from timely.domain.translation import ngettext, pgettext
from timely.models.entrants import Entrant


def head_text(entrant: Entrant) -> str:
    """The head of a column of names: "Team"."""
    if entrant.one == "pair":
        return pgettext("two who play together", "Pair")
    return pgettext("single person who plays", "Player") if entrant.one == "player" else pgettext("who plays", "Team")


def count_text(entrant: Entrant, number: int) -> str:
    """ "1 pair", "8 pairs"."""
    if entrant.one == "pair":
        return ngettext("%(num)s pair", "%(num)s pairs", number)
    if entrant.one == "player":
        return ngettext("%(num)s player", "%(num)s players", number)
    return ngettext("%(num)s team", "%(num)s teams", number)
