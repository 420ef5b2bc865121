"""Spreads the teams of each group over a bracket, so that they meet again as late as possible."""

from collections.abc import Sequence
from itertools import combinations

STARTS = 3
EARLIER = 256  # one meeting a round earlier outweighs this many later ones
Name = str | None


def spread(page: Sequence[int | None], tiers: Sequence[Sequence[Name]]) -> list[Name]:
    """The group name for each place down the page. *page* has the tier of each place (None: a bye).

    Names of a tier are put into its places only: the places are fair already, and only the order among equals is
    chosen. Swaps two of a tier as long as that helps, from several starts. With six and more of each group there may be
    a better order; finding the best for certain would take too long.
    """
    found = [_swapped(page, _dealt(page, tiers, shift)) for shift in range(STARTS)]
    return min(found, key=earliness)


def earliness(names: Sequence[Name]) -> int:
    """A measure of how early teams of one group meet again: lower is better."""
    return sum(_meetings(place, _mates(place, names)) for place in range(len(names)))


def _dealt(page: Sequence[int | None], tiers: Sequence[Sequence[Name]], shift: int) -> list[Name]:
    hands = []
    for number, tier in enumerate(tiers):
        first = number * shift % len(tier)
        hands.append(iter([*tier[first:], *tier[:first]]))
    return [next(hands[tier]) if tier is not None else None for tier in page]


def _mates(place: int, names: Sequence[Name]) -> set[int]:
    """The other places of the same group."""
    return {one for one, name in enumerate(names) if name is not None and name == names[place]} - {place}


def _meetings(place: int, mates: set[int]) -> int:
    """The cost of that place: 1 for each mate that it can meet in the last round, more for earlier rounds."""
    # Two places meet in the round whose number is the bit length of the XOR of their numbers.
    return sum(EARLIER ** (8 - (place ^ mate).bit_length()) for mate in mates)


def _swapped(page: Sequence[int | None], names: list[Name]) -> list[Name]:
    by_tier: dict[int, list[int]] = {}
    places_of: dict[str, set[int]] = {}
    for place, (tier, name) in enumerate(zip(page, names, strict=True)):
        if tier is not None and name is not None:
            by_tier.setdefault(tier, []).append(place)
            places_of.setdefault(name, set()).add(place)
    improving = True
    while improving:
        improving = False
        for places in by_tier.values():
            for one, other in combinations(places, 2):
                first, second = names[one] or "", names[other] or ""
                if first == second:
                    continue
                mates, others = places_of[first] - {one}, places_of[second] - {other}
                before = _meetings(one, mates) + _meetings(other, others)
                if _meetings(other, mates) + _meetings(one, others) < before:
                    names[one], names[other] = second, first
                    places_of[first], places_of[second] = mates | {other}, others | {one}
                    improving = True
    return names
