"""Drawings of a knockout, kept from one save to the next: they follow from its ties, and no score changes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from timely.domain.knockout.tie import Tie
from timely.presenters.bracket_svg import Picture, TextSizes, byes, in_hall, on_page, on_paper

KEPT = 20  # knockouts; the drawings of one of 64 teams take some 40 kB


@dataclass(frozen=True, slots=True)
class DrawnBracket:
    """The drawings of one knockout; `byes` are those of its list by round."""

    page: Picture
    sheets: Sequence[Picture]
    byes: Mapping[str, Sequence[tuple[Tie, str]]]


@lru_cache(KEPT)
def drawn_bracket(ties: tuple[Tie, ...], text_sizes: TextSizes) -> DrawnBracket:
    """The drawings for the tab."""
    return DrawnBracket(on_page(ties, text_sizes), on_paper(ties, text_sizes), byes(ties))


@lru_cache(KEPT)
def drawn_in_hall(ties: tuple[Tie, ...], text_sizes: TextSizes) -> Sequence[Picture]:
    """The drawings for the display."""
    return in_hall(ties, text_sizes)
