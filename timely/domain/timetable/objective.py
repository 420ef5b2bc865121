"""Objective: chooses the best of several timetables."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from timely.domain.timetable.heuristics import by_round, by_what_follows, heuristics
from timely.domain.timetable.problem import Problem
from timely.domain.timetable.scheduler import Attempt, Placing

NIGHT = 8 * 60 * 60


def best(sheet: Problem, progress: Callable[[float], None]) -> Mapping[int, Placing]:
    """The best placing by, in this order: games placed, rounds in order, early end, fair rests, even use of pitches."""
    wishes = list(heuristics(sheet))
    chosen: dict[int, Placing] = {}
    worth: tuple[float, ...] | None = None
    for number, wish in enumerate(wishes):
        progress(number / (len(wishes) + 1))
        placed = Attempt(sheet, wish).run()
        if worth is None or judged(sheet, placed) < worth:
            chosen, worth = placed, judged(sheet, placed)
    if len(chosen) < len(sheet.lines):
        # Overlapping rounds are better than many games without a place; for a few games more they are not worth it.
        for wish in (by_round(sheet), by_what_follows(sheet)):
            placed = Attempt(sheet, wish, strict=False).run()
            if len(sheet.lines) - len(placed) <= (len(sheet.lines) - len(chosen)) // 2 and len(placed) > len(chosen):
                chosen = placed
    progress(1.0)
    return chosen


def judged(sheet: Problem, placed: Mapping[int, Placing]) -> tuple[float, ...]:
    """The cost of a placing that keeps the rounds in order: lower is better."""
    ends = [start + sheet.lines[number].length for number, (_, start) in placed.items()]
    used = [0] * len(sheet.free)
    for number, (pitch, _) in placed.items():
        used[pitch] += sheet.lines[number].length
    spread, waits = _rests(sheet, placed)
    return (-len(placed), max(ends, default=0), spread, waits, max(used, default=0) - min(used, default=0))


def _rests(sheet: Problem, placed: Mapping[int, Placing]) -> tuple[float, float]:
    """The spread of the teams' average rests, and the sum of squared rests: one long wait costs more than two short."""
    times: list[list[tuple[int, int]]] = [[] for _ in range(sheet.players)]
    for number, (_, start) in placed.items():
        line = sheet.lines[number]
        for one in line.players:
            if sheet.known[one]:
                times[one].append((start, start + line.length))
    average, squares = [], 0.0
    for each in times:
        each.sort()
        gaps = [later[0] - sooner[1] for sooner, later in pairwise(each)]
        gaps = [gap for gap in gaps if gap < NIGHT]
        if gaps:
            average.append(sum(gaps) / len(gaps))
            squares += sum(gap * gap for gap in gaps)
    return (max(average) - min(average) if average else 0.0), squares
