"""Knockout trees: the ties of a knockout and the games of winners and losers after them, for 2 to 128 sides."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from timely.domain.errors import ValidationError
from timely.domain.knockout.source import LoserOf, Place, Source, WinnerOf, ordinal
from timely.domain.knockout.tie import Tie
from timely.domain.standings.outcome import Team
from timely.domain.translation import lazy_gettext
from timely.domain.validation import shown

LEAST_SIDES, MOST_SIDES = 2, 128
Side = Team | Source
Listed = TypeVar("Listed")
PLACE_GAME = re.compile(r"(\d{1,3})P$|P(\d{1,3})-\d{1,3}-")
ROUNDS = {2: ("F", "Final"), 4: ("SF", "Semi-finals"), 8: ("QF", "Quarter-finals")}


def seed_order(size: int) -> list[int]:
    """The seeds down the page of a full bracket (a power of two): 1, 8, 4, 5, 2, 7, 3, 6.

    The first two meet in the final at the earliest, the first four in the semi-finals, and so on.
    """
    order = [1]
    while len(order) < size:
        order = [seed for better in order for seed in (better, 2 * len(order) + 1 - better)]
    return order


def bracket_size(sides: int) -> int:
    """The smallest power of two that holds so many sides."""
    return 1 << (sides - 1).bit_length()


def down_the_page(listed: Sequence[Listed]) -> list[Listed]:
    """The sides reordered by seed, so that on the page they stand in the order in which they are listed."""
    places = [seed for seed in seed_order(bracket_size(len(listed))) if seed <= len(listed)]
    return [side for _, side in sorted(zip(places, listed, strict=True), key=lambda one: one[0])]


def first_place_of(code: str) -> int | None:
    """The best place that a game for places decides, by its code: 5 of 5P and of P5-8-1; None of any other tie."""
    found = PLACE_GAME.match(code)
    return int(found[1] or found[2]) if found else None


def knockout(
    sides: Sequence[Side],
    *,
    third_place: bool = False,
    all_places: bool = False,
    below: Sequence[Sequence[Side]] = (),
) -> list[Tie]:
    """The ties in an order in which they can be played, the final last; *sides* in the order of their seeds.

    If the number is not a power of two, the best seeds have a bye: they go straight to the second round, without a tie.
    With *all_places* the losers of every round play on, so that all teams get a place of their own. *below* are further
    sides, such as the thirds of the groups, then the fourths: each list plays for the next places. Raises
    ValidationError.
    """
    if not LEAST_SIDES <= len(sides) <= MOST_SIDES:
        raise ValidationError(
            "sides",
            lazy_gettext(
                "needs %(least)s to %(most)s sides, not %(count)s", least=LEAST_SIDES, most=MOST_SIDES, count=len(sides)
            ),
        )
    seen: set[Side] = set()
    for number, side in enumerate(sides):
        # Two of the best thirds may have the same source.
        if side in seen and not (isinstance(side, Place) and side.is_best_of):
            raise ValidationError(
                f"sides[{number}]", lazy_gettext("%(side)s is listed twice", side=shown(getattr(side, "label", side)))
            )
        seen.add(side)
    rounds = list(_rounds(sides, first_place=1))
    final = rounds.pop()
    after: list[Tie] = []
    # Games for lower places are played first.
    first_place = len(sides) + sum(map(len, below)) + 1
    for together in reversed(below):
        first_place -= len(together)
        after += _all_places(together, first_place)
    for ties, beaten_by in _with_places_above(rounds):
        if len(ties) > 1 and (all_places or (third_place and ties is rounds[-1])):
            after += _losers(ties, beaten_by + 1)
    return [tie for ties in rounds for tie in ties] + after + final


def _with_places_above(rounds: Sequence[list[Tie]]) -> Iterator[tuple[list[Tie], int]]:
    """Each round with the number of sides that go further than its losers."""
    for number, ties in enumerate(rounds):
        yield ties, 2 ** (len(rounds) - number)


def _losers(ties: Sequence[Tie], first_place: int) -> list[Tie]:
    """The ties among the losers of a round, who play for *first_place* and the places after it."""
    # Neighbours on the page meet first, so that a winner's beaten opponents keep their order.
    return _all_places(down_the_page([LoserOf(tie.code) for tie in ties]), first_place)


def _all_places(sides: Sequence[Side], first_place: int) -> list[Tie]:
    """The ties that give each of the sides a place of its own; none for a single side."""
    rounds = list(_rounds(sides, first_place))
    if not rounds:
        return []
    final = rounds.pop()
    after: list[Tie] = []
    for earlier, beaten_by in _with_places_above(rounds):
        if len(earlier) > 1:
            after += _losers(earlier, first_place + beaten_by)
    return [tie for earlier in rounds for tie in earlier] + after + final


def _rounds(sides: Sequence[Side], first_place: int) -> Iterator[list[Tie]]:
    """The rounds of one bracket, the final last."""
    size = bracket_size(len(sides))
    standing: list[Side | None] = [sides[seed - 1] if seed <= len(sides) else None for seed in seed_order(size)]
    while size > 1:
        code, name = _named(size, first_place, len(sides), full=None not in standing)
        following: list[Side | None] = []
        ties: list[Tie] = []
        for upper, lower in zip(standing[::2], standing[1::2], strict=True):
            # The upper side is the better seed or comes from the better seeds' quarter, so it is at home.
            if upper is None or lower is None:
                following.append(upper)  # a bye is always below
                continue
            number = len(ties) + 1
            ties.append(Tie(code if size == 2 else f"{code}{number}", name, number, upper, lower))
            following.append(WinnerOf(ties[-1].code))
        yield ties
        standing, size = following, size // 2


def _named(size: int, first_place: int, sides: int, *, full: bool) -> tuple[str, str]:
    """The code of the ties of a round, without their number, and the name of the round."""
    if first_place > 1:
        if size == 2:
            return f"{first_place}P", f"{ordinal(first_place)} place"
        last = first_place + min(size, sides) - 1
        return f"P{first_place}-{last}-", f"Places {first_place}–{last}"
    if size in ROUNDS:
        return ROUNDS[size]
    return f"R{size}-", f"Round of {size}" if full else "Preliminary round"
