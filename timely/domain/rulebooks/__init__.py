"""Rulebooks that an event may begin with, by key."""

from timely.domain.rulebooks.clubs import CLUBS
from timely.domain.rulebooks.cups import CUPS
from timely.domain.rulebooks.federations import FEDERATIONS
from timely.domain.rulebooks.leagues import LEAGUES
from timely.domain.rulebooks.rugby import RUGBY
from timely.domain.rulebooks.rulebook import Rulebook
from timely.domain.rules.rules import Rules
from timely.domain.sports import GENERIC, SPORTS

__all__ = ["RULEBOOKS", "Rulebook", "rules_for"]

RULEBOOKS: dict[str, Rulebook] = {book.key: book for book in (*CLUBS, *CUPS, *LEAGUES, *RUGBY, *FEDERATIONS)}


def rules_for(sport_key: str) -> Rules:
    """The rules that a new event of this sport begins with; those of the generic sport if it is unknown."""
    return RULEBOOKS[SPORTS.get(sport_key, GENERIC).rulebook].rules
