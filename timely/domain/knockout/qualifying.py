"""Pairings of qualified group teams in the knockout after the groups."""

from collections.abc import Mapping, Sequence

from timely.domain.knockout.group_separation import earliness, spread
from timely.domain.knockout.source import Place, Source
from timely.domain.knockout.tree import bracket_size, down_the_page, seed_order

# Sides down the page, two by two; a place with several groups is one of the best thirds. UEFA Euro 2020 and 2024
# regulations, article 21.
EURO = (
    "B1 ADEF3 A1 C2 F1 ABC3 D2 E2",
    "E1 ABCD3 D1 F2 C1 DEF3 A2 B2",
)
# FIFA World Cup 2026 regulations: the round of 32, and annex C.
WORLD_CUP_2026 = (
    "E1 ABCDF3 I1 CDFGH3 A2 B2 F1 C2 K2 L2 H1 J2 D1 BEFIJ3 G1 AEHIJ3",
    "C1 F2 E2 I2 A1 CEFHI3 L1 EHIJK3 J1 H2 D2 G2 B1 EFGIJ3 K1 DEIJL3",
)
PATTERNS = {(6, 2, 4): EURO, (12, 2, 8): WORLD_CUP_2026}


def group_names(count: int) -> list[str]:
    """The names A to Z, then AA, AB."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [(letters[number // 26 - 1] if number > 25 else "") + letters[number % 26] for number in range(count)]


def qualifiers(groups: Sequence[str], each: int, best_next: int = 0) -> list[Place]:
    """The sides of the knockout in the order of their seeds (see tree.knockout).

    The first *each* of every group, and the *best_next* best of the next place. Winners are kept apart and meet those
    of lower places; teams of one group meet again as late as possible; a best third does not meet the winner of its own
    group in its first game.
    """
    pattern = PATTERNS.get((len(groups), each, best_next))
    if pattern:
        return down_the_page([_read(word, groups) for half in pattern for word in half.split()])
    count = len(groups)
    if each == 2 and not best_next and count % 2 == 0 and bracket_size(count) == count:
        return down_the_page(_crossed(groups))
    return _apart(groups, each, best_next)


def left_in_groups(sizes: Mapping[str, int], each: int, best_next: int = 0) -> list[list[Source]]:
    """Teams that do not go on, grouped by place: the thirds, then the fourths. *sizes* is {group: number of teams}."""
    found: list[list[Source]] = []
    for position in range(each + 1, max(sizes.values()) + 1):
        groups = tuple(name for name, size in sizes.items() if size >= position)
        if position == each + 1 and best_next:
            found.append([Place(groups, position, best) for best in range(best_next + 1, len(groups) + 1)])
        else:
            found.append([Place((name,), position) for name in groups])
    return [together for together in found if together]


def _read(word: str, groups: Sequence[str]) -> Place:
    letters, position = word[:-1], int(word[-1])
    return Place(tuple(groups[ord(letter) - ord("A")] for letter in letters), position)


def _crossed(groups: Sequence[str]) -> list[Place]:
    """A1 - B2 and C1 - D2 in the upper half, B1 - A2 and D1 - C2 in the lower: as in the World Cups of 1998 to 2022."""
    pairs = list(zip(groups[::2], groups[1::2], strict=True))
    upper = [Place((group,), place) for one, two in pairs for group, place in ((one, 1), (two, 2))]
    lower = [Place((group,), place) for one, two in pairs for group, place in ((two, 1), (one, 2))]
    return upper + lower


def _apart(groups: Sequence[str], each: int, best_next: int) -> list[Place]:
    """Winners have the first seeds, then come the seconds; within a place the groups are spread over the page."""
    # Tiers of group names by place; None for the best of the next place, whose group is not known yet.
    tiers: list[list[str | None]] = [list(groups) for _ in range(each)]
    if best_next:
        tiers.append([None] * best_next)
    seeds = sum(len(tier) for tier in tiers)
    tiers, of_place = _byes_apart(tiers, bracket_size(seeds) - seeds)
    of_seed = [number for number, tier in enumerate(tiers) for _ in tier]
    page = [of_seed[seed - 1] if seed <= seeds else None for seed in seed_order(bracket_size(seeds))]
    names = spread(page, tiers)
    if best_next > 1:
        names = _with_different_opponents(page, names, best=len(tiers) - 1)
    places = []
    for at, (tier, name) in enumerate(zip(page, names, strict=True)):
        if tier is not None:
            opponent = _first_opponent(page, at)
            # If only one best third goes on, no other place is left for it, so it may meet the winner of its own group.
            left_out = None if opponent is None or best_next == 1 else names[opponent]
            own = [name] if name is not None else [group for group in groups if group != left_out]
            places.append(Place(tuple(own), of_place[tier] + 1))
    return down_the_page(places)


def _byes_apart(tiers: Sequence[list[str | None]], byes: int) -> tuple[list[list[str | None]], list[int]]:
    """The tiers, those with a bye split from the others of their place, and the place (from 0) of each tier.

    The byes go by strength: the groups are listed from that of the first seed down.
    """
    found: list[list[str | None]] = []
    of_place: list[int] = []
    for place, tier in enumerate(tiers):
        with_bye = min(byes, len(tier))
        byes -= with_bye
        for part in (tier[:with_bye], tier[with_bye:]):
            if part:
                found.append(part)
                of_place.append(place)
    return found, of_place


def _first_opponent(page: Sequence[int | None], at: int) -> int | None:
    """The place of the first opponent, if that is one side alone; None if it is the winner of a tie."""
    size = 1
    while size < len(page):
        start = (at // size ^ 1) * size
        others = [place for place in range(start, start + size) if page[place] is not None]
        if others:
            return others[0] if len(others) == 1 else None
        size *= 2
    return None


def _with_different_opponents(page: Sequence[int | None], names: list[str | None], best: int) -> list[str | None]:
    """The names, with two of one place swapped if all best thirds would meet teams of the same group.

    Then the third of that group could go nowhere.
    """
    opponents = [_first_opponent(page, at) for at, tier in enumerate(page) if tier == best]
    met = {None if at is None else names[at] for at in opponents}
    if len(met) > 1 or met == {None}:
        return names
    swapped = []
    for moving in (at for at in opponents if at is not None):
        for at, tier in enumerate(page):
            if tier == page[moving] and names[at] != names[moving]:
                other = list(names)
                other[at], other[moving] = other[moving], other[at]
                swapped.append(other)
    return min(swapped, key=earliness)
