"""Draw of groups: by strength, as listed, from pots or by lots."""

import random
from collections.abc import Sequence

from timely.domain.errors import ValidationError
from timely.domain.standings.outcome import Team
from timely.domain.translation import lazy_gettext


def sizes(teams: int, groups: int) -> list[int]:
    """How many teams each group has: as even as possible, the larger groups first."""
    if groups < 1 or teams < 2 * groups:
        raise ValidationError(
            "groups",
            lazy_gettext(
                "%(teams)s teams are too few for %(groups)s groups of at least two", teams=teams, groups=groups
            ),
        )
    each, more = divmod(teams, groups)
    return [each + (number < more) for number in range(groups)]


def as_listed(teams: Sequence[Team], groups: int) -> list[list[Team]]:
    """The groups in the order of the list: the first teams are group A, the next are B."""
    left = iter(teams)
    return [[next(left) for _ in range(size)] for size in sizes(len(teams), groups)]


def by_strength(teams: Sequence[Team], groups: int) -> list[list[Team]]:
    """Deals teams, listed from the strongest down, to and fro (A B C, C B A), so that groups are equally strong."""
    return _from_pots([list(pot) for pot in pots(teams, groups)], groups, turn=True)


def from_pots(teams: Sequence[Team], groups: int, draw_number: int) -> list[list[Team]]:
    """Each group gets one drawn team of each pot; *teams* are listed from the strongest down."""
    dice = random.Random(draw_number)
    return _from_pots([drawn(pot, dice) for pot in pots(teams, groups)], groups, turn=False)


def pots(teams: Sequence[Team], groups: int) -> list[Sequence[Team]]:
    """The pots, each with as many teams as there are groups; the last pot has what is left."""
    sizes(len(teams), groups)
    return [teams[start : start + groups] for start in range(0, len(teams), groups)]


def by_lots(teams: Sequence[Team], draw_number: int) -> list[Team]:
    """The teams in drawn order; the same number draws the same again."""
    return drawn(teams, random.Random(draw_number))


def drawn(teams: Sequence[Team], dice: random.Random) -> list[Team]:
    # Python promises the same numbers in every version for random() alone, not for shuffle().
    lots = [dice.random() for _ in teams]
    return [team for _, team in sorted(zip(lots, teams, strict=True), key=lambda one: one[0])]


def _from_pots(filled: Sequence[Sequence[Team]], groups: int, *, turn: bool) -> list[list[Team]]:
    made: list[list[Team]] = [[] for _ in range(groups)]
    for number, pot in enumerate(filled):
        # A short pot fills the first groups, so that these stay the larger ones; a turned pot still goes backwards.
        order = list(range(len(pot)))
        if turn and number % 2:
            order.reverse()
        for group, team in zip(order, pot, strict=True):
            made[group].append(team)
    return made
