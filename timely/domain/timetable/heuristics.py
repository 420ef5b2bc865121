"""Which of the games that could begin now goes first: several opinions, of which the best timetable wins."""

from collections.abc import Iterator
from random import Random

from timely.domain.timetable.problem import Problem
from timely.domain.timetable.scheduler import Wish

MOST, FEWEST, SMALL = 100, 4, 10000  # tries: as many as SMALL games in all, within these bounds


def heuristics(sheet: Problem) -> Iterator[Wish]:
    """Always the same ones for the same sheet."""
    count = max(FEWEST, min(MOST, SMALL // (len(sheet.lines) or 1)))
    first = (by_what_follows(sheet), by_round(sheet), by_who_has_waited(sheet))
    for number in range(count):
        yield first[number] if number < len(first) else _wavering(sheet, first[number % 2], number)


def by_what_follows(sheet: Problem) -> Wish:
    """The game first that most has to come after: so the day ends early."""

    def wish(number: int, busy: int) -> tuple[float, ...]:
        line = sheet.lines[number]
        return (line.ceiling, -line.tail, busy, number)

    return wish


def by_round(sheet: Problem) -> Wish:
    """Divisions side by side, as far through their rounds the one as the other."""

    def wish(number: int, busy: int) -> tuple[float, ...]:
        line = sheet.lines[number]
        part = (line.round[1] + 1) / len(sheet.rounds[line.round[0]]) if line.round else 0.0
        return (line.ceiling, part, busy, -line.tail, number)

    return wish


def by_who_has_waited(sheet: Problem) -> Wish:
    """Whoever was over first plays first: so the rests are alike."""

    def wish(number: int, busy: int) -> tuple[float, ...]:
        line = sheet.lines[number]
        return (line.ceiling, busy, -line.tail, number)

    return wish


def _wavering(sheet: Problem, firm: Wish, seed: int) -> Wish:
    # A wait counts a little more or less than it was: among equals others are chosen, and the next rounds differ.
    dice = Random(seed)
    reach = max((line.length for line in sheet.lines), default=0) + sheet.changeover
    waver = [int(dice.random() * reach) for _ in sheet.lines]

    def wish(number: int, busy: int) -> tuple[float, ...]:
        return firm(number, busy + waver[number])

    return wish
