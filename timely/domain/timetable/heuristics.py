"""Heuristics: which of the games that could begin now goes first; each makes one timetable, and the best is taken."""

from collections.abc import Iterator
from random import Random

from timely.domain.timetable.problem import Problem
from timely.domain.timetable.scheduler import Preference

MOST, FEWEST, SMALL = 100, 4, 10000  # tries: as many as SMALL games in all, within these bounds


def heuristics(sheet: Problem) -> Iterator[Preference]:
    """The heuristics, always the same for the same problem."""
    count = max(FEWEST, min(MOST, SMALL // (len(sheet.lines) or 1)))
    first = (by_what_follows(sheet), by_round(sheet), by_who_has_waited(sheet))
    for number in range(count):
        yield first[number] if number < len(first) else _wavering(sheet, first[number % 2], number)


def by_what_follows(sheet: Problem) -> Preference:
    """Prefers the game with most to come after it, so that the day ends early."""

    def preference(number: int, busy: int) -> tuple[float, ...]:
        line = sheet.lines[number]
        return (line.ceiling, -line.tail, busy, number)

    return preference


def by_round(sheet: Problem) -> Preference:
    """Prefers the division that is least far through its rounds, so that divisions advance side by side."""

    def preference(number: int, busy: int) -> tuple[float, ...]:
        line = sheet.lines[number]
        part = (line.round[1] + 1) / len(sheet.rounds[line.round[0]]) if line.round else 0.0
        return (line.ceiling, part, busy, -line.tail, number)

    return preference


def by_who_has_waited(sheet: Problem) -> Preference:
    """Prefers teams whose last game was over first, so that rests are equal."""

    def preference(number: int, busy: int) -> tuple[float, ...]:
        line = sheet.lines[number]
        return (line.ceiling, busy, -line.tail, number)

    return preference


def _wavering(sheet: Problem, firm: Preference, seed: int) -> Preference:
    # Varies each wait a little at random: among equal games others are chosen, and the next rounds differ.
    dice = Random(seed)
    reach = max((line.length for line in sheet.lines), default=0) + sheet.changeover
    waver = [int(dice.random() * reach) for _ in sheet.lines]

    def preference(number: int, busy: int) -> tuple[float, ...]:
        return firm(number, busy + waver[number])

    return preference
