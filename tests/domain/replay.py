"""Plays a knockout to its end, whatever the results."""

import random
from collections.abc import Callable, Mapping, Sequence

from timely.domain.knockout.advancement import Compare, Sides, Table, who_plays
from timely.domain.knockout.tie import Side, Tie
from timely.domain.standings.outcome import Team


def play(
    ties: Sequence[Tie],
    won_by: Callable[[Team, Team], Side],
    tables: Mapping[str, Table] | None = None,
    compare: Compare | None = None,
) -> tuple[Sides, dict[str, Side | None]]:
    """Every tie that can be played is played; who stands in each, and who won it."""
    winners: dict[str, Side | None] = {}
    while True:
        sides = who_plays(ties, winners, tables, compare)
        ready = [tie.code for tie in ties if tie.code not in winners and None not in sides[tie.code]]
        if not ready:
            return sides, winners
        for code in ready:
            winners[code] = won_by(*sides[code])


def by_dice(seed: int) -> Callable[[Team, Team], Side]:
    dice = random.Random(seed)
    return lambda home, away: dice.choice(["home", "away"])


def stronger(home: Team, away: Team) -> Side:
    """Teams that are numbers: the lower is the better seed, and wins."""
    return "home" if home < away else "away"
