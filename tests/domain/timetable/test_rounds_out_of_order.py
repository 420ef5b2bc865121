"""Rounds that overtake each other: which other game each is told of, and how much is compared for many of them."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from tests.domain.timetable.days import NINE, team
from timely.domain.timetable import Booking, Game, Hours, Pitch, Spacing
from timely.domain.timetable.order_violations import at_rounds
from timely.domain.timetable.violation import Plan


class Counted(int):
    """A number of a round that counts how often it is compared."""

    compared = 0

    def __lt__(self, other: Any) -> bool:
        Counted.compared += 1
        return int(self) < int(other)

    def __gt__(self, other: Any) -> bool:
        Counted.compared += 1
        return int(self) > int(other)


def plan_of(rounds: list[int]) -> Plan:
    """One game an hour, each of two teams of its own; the keys are their places."""
    games = [
        Game(
            place,
            20,
            team(f"a{place}"),
            team(f"b{place}"),
            round=each,
            booking=Booking(1, NINE + timedelta(hours=place)),
        )
        for place, each in enumerate(rounds)
    ]
    hours = Hours(NINE, NINE + timedelta(hours=len(rounds) + 1))
    return Plan(games, [Pitch(1, "Pitch 1", (hours,))], Spacing(5, 20))


def told(rounds: list[int], place: int) -> tuple[int, int]:
    """The pair of places in order: the first game ahead of a later round, else the last one behind of an earlier."""
    ahead = [other for other in range(place) if rounds[other] > rounds[place]]
    behind = [other for other in range(place + 1, len(rounds)) if rounds[other] < rounds[place]]
    return (ahead[0], place) if ahead else (behind[-1], place)


@pytest.mark.parametrize("seed", range(40))
def test_each_game_is_told_of_the_one_that_it_overtook_or_was_overtaken_by(seed: int) -> None:
    dice = Random(seed)
    rounds = [dice.randint(1, 6) for _ in range(dice.randint(2, 30))]
    pairs = [one.games for one in at_rounds(plan_of(rounds))]
    kept = set(range(len(rounds))) - {place for _, place in pairs}
    assert pairs == [told(rounds, place) for place in range(len(rounds)) if place not in kept]
    in_order = [rounds[place] for place in sorted(kept)]
    assert in_order == sorted(in_order)


def test_twice_as_many_take_about_twice_as_many_comparisons() -> None:
    def compared(games: int) -> int:
        Counted.compared = 0
        # The low rounds come last: each of the others finds what it overtook at the very end.
        rounds = [Counted(2 + number % 7) for number in range(games)] + [Counted(1)] * games
        assert sum(1 for _ in at_rounds(plan_of(rounds))) > games // 2
        return Counted.compared

    assert compared(400) < 2.5 * compared(200)
