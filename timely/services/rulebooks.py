"""Rulebooks that fit a sport, and the rules that an event takes from one."""

from timely.domain.rulebooks import RULEBOOKS, Rulebook
from timely.domain.sports import GENERIC, Sport, find_sport
from timely.domain.translation import lazy_gettext
from timely.services.errors import RuleBroken

OWN = "own"


def fitting(sport: Sport) -> list[Rulebook]:
    """The rulebooks whose points can be earned in this sport.

    Its usual one comes first, then others of the sport, then those that suit any, then those of other sports.
    """
    usual = RULEBOOKS[sport.rulebook]

    def distance(book: Rulebook) -> int:
        return 0 if book is usual else 1 if sport.key in book.sports else 3 if book.sports else 2

    return sorted((book for book in RULEBOOKS.values() if book is usual or fits(sport, book)), key=distance)


def fits(sport: Sport, book: Rulebook) -> bool:
    """Whether the rulebook counts as the sport does: sets only in a sport of sets. Any rulebook fits GENERIC."""
    return sport is GENERIC or book.rules.scoring == RULEBOOKS[sport.rulebook].rules.scoring


def book_for(sport_key: str, book_key: str) -> Rulebook:
    """The rulebook of that key, the sport's usual one for "". Raises RuleBroken if it does not fit."""
    sport = find_sport(sport_key)
    book = RULEBOOKS.get(book_key or sport.rulebook)
    if book is None or not fits(sport, book):
        raise RuleBroken(
            lazy_gettext("That rulebook does not fit this sport; choose another."),
            field="rulebook",
        )
    return book
