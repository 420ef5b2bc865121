"""Which rulebook goes with which sport, and which rules an event takes from it."""

from timely.domain.rulebooks import RULEBOOKS, Rulebook
from timely.domain.sports import GENERIC, Sport, find_sport
from timely.services.faults import RuleBroken

OWN = "own"


def fitting(sport: Sport) -> list[Rulebook]:
    """The books whose points can be earned in this sport, its usual one first."""
    usual = RULEBOOKS[sport.rulebook]
    return [usual, *(book for book in RULEBOOKS.values() if book is not usual and fits(sport, book))]


def fits(sport: Sport, book: Rulebook) -> bool:
    """Sets are counted in a sport of sets, and only there."""
    return sport is GENERIC or book.rules.scoring == RULEBOOKS[sport.rulebook].rules.scoring


def book_for(sport_key: str, book_key: str) -> Rulebook:
    """The book of that key, the sport's usual one for "". Raises RuleBroken if it does not fit."""
    sport = find_sport(sport_key)
    book = RULEBOOKS.get(book_key or sport.rulebook)
    if book is None or not fits(sport, book):
        raise RuleBroken(f"That rulebook does not fit {sport.name.lower()}; choose another.", field="rulebook")
    return book
