"""Drawings of a knockout, kept from one save to the next: they follow from its ties, and no score changes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from timely.domain.knockout.tie import Tie
from timely.domain.translation import Language, current_language
from timely.presenters.bracket_svg import Picture, TextSizes, byes, in_hall, on_page, on_paper

KEPT = 20  # knockouts; the drawings of one of 64 teams take some 40 kB


@dataclass(frozen=True, slots=True)
class DrawnBracket:
    """The drawings of one knockout; `byes` are those of its list by round."""

    page: Picture
    sheets: Sequence[Picture]
    byes: Mapping[str, Sequence[tuple[Tie, str]]]


def drawn_bracket(ties: tuple[Tie, ...], text_sizes: TextSizes) -> DrawnBracket:
    """The drawings for the tab, with their words in the reader's language."""
    return _drawn_bracket(ties, text_sizes, current_language())


@lru_cache(KEPT)
def _drawn_bracket(ties: tuple[Tie, ...], text_sizes: TextSizes, _: Language) -> DrawnBracket:
    return DrawnBracket(on_page(ties, text_sizes), on_paper(ties, text_sizes), byes(ties))


def drawn_in_hall(ties: tuple[Tie, ...], text_sizes: TextSizes) -> Sequence[Picture]:
    """The drawings for the display, likewise."""
    return _drawn_in_hall(ties, text_sizes, current_language())


@lru_cache(KEPT)
def _drawn_in_hall(ties: tuple[Tie, ...], text_sizes: TextSizes, _: Language) -> Sequence[Picture]:
    return in_hall(ties, text_sizes)
