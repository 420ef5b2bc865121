"""Who comes into which group: by strength, as listed, from pots or by lots."""

import random
from collections.abc import Sequence

from timely.domain.errors import ValidationError
from timely.domain.standings.outcome import Team


def sizes(teams: int, groups: int) -> list[int]:
    """How many teams each group has: as even as can be, the larger groups first."""
    if groups < 1 or teams < 2 * groups:
        raise ValidationError("groups", f"{teams} teams are too few for {groups} groups of at least two")
    each, more = divmod(teams, groups)
    return [each + (number < more) for number in range(groups)]


def as_listed(teams: Sequence[Team], groups: int) -> list[list[Team]]:
    """The first so many teams are group A, the next are B."""
    left = iter(teams)
    return [[next(left) for _ in range(size)] for size in sizes(len(teams), groups)]


def by_strength(teams: Sequence[Team], groups: int) -> list[list[Team]]:
    """Listed from the strongest down, to and fro: A B C, C B A, A B C; so the groups are of like strength."""
    return _from_pots([list(pot) for pot in pots(teams, groups)], groups, turn=True)


def from_pots(teams: Sequence[Team], groups: int, draw_number: int) -> list[list[Team]]:
    """Listed from the strongest down: each group gets one team of each pot, drawn."""
    dice = random.Random(draw_number)
    return _from_pots([drawn(pot, dice) for pot in pots(teams, groups)], groups, turn=False)


def pots(teams: Sequence[Team], groups: int) -> list[Sequence[Team]]:
    """As many teams in each pot as there are groups; the last pot has what is left."""
    sizes(len(teams), groups)
    return [teams[start : start + groups] for start in range(0, len(teams), groups)]


def by_lots(teams: Sequence[Team], draw_number: int) -> list[Team]:
    """The teams in drawn order; the same number draws the same again."""
    return drawn(teams, random.Random(draw_number))


def drawn(teams: Sequence[Team], dice: random.Random) -> list[Team]:
    # random() alone is promised to give the same numbers in every version of Python; shuffle is not.
    lots = [dice.random() for _ in teams]
    return [team for _, team in sorted(zip(lots, teams, strict=True), key=lambda one: one[0])]


def _from_pots(filled: Sequence[Sequence[Team]], groups: int, *, turn: bool) -> list[list[Team]]:
    made: list[list[Team]] = [[] for _ in range(groups)]
    for number, pot in enumerate(filled):
        # A short pot fills the first groups, that these stay the larger ones; turned it still goes backwards.
        order = list(range(len(pot)))
        if turn and number % 2:
            order.reverse()
        for group, team in zip(order, pot, strict=True):
            made[group].append(team)
    return made
