"""CPU seconds of laying out and looking over timetables: python bench/timetables.py [runs]"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from timely.domain.formats.round_robin import round_robin
from timely.domain.timetable import Game, Hours, Pitch, Side, Spacing, lay_out, shift, violations

OPENS = datetime(2026, 6, 6, 9, tzinfo=UTC)
SPACING = Spacing(changeover_minutes=5, rest_minutes=20)
SIZES = (50, 100, 200, 500, 1000, 2000)


def fixtures(count: int) -> list[Game]:
    """Groups of six in four divisions, as many games as are asked for."""
    games: list[Game] = []
    group = 0
    while len(games) < count:
        teams = [f"{group}-{number}" for number in range(6)]
        for one in round_robin(teams):
            for home, away in one.games:
                games.append(Game(len(games), 20, Side(home, home), Side(away, away), group % 4, one.number))
        group += 1
    return games[:count]


def pitches(count: int) -> list[Pitch]:
    return [Pitch(number, f"Pitch {number}", (Hours(OPENS, OPENS + timedelta(days=14)),)) for number in range(count)]


def cpu(work: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return median(taken)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    there = pitches(6)
    reported: list[float] = []
    lay_out(fixtures(200), there, SPACING, reported.append)
    print(f"6 pitches, median CPU of {runs} runs; progress was reported {len(reported)} times for 200 fixtures")
    print("fixtures   lay out ms   per fixture us   breaches ms   shift ms")
    for count in SIZES:
        games = fixtures(count)
        layout = lay_out(games, there, SPACING)
        booked = [replace(one, booking=layout.bookings[one.key]) for one in games]
        laid = cpu(lambda games=games: lay_out(games, there, SPACING), runs)
        looked = cpu(lambda booked=booked: violations(booked, there, SPACING), runs)
        moved = cpu(lambda booked=booked: shift(booked, there, SPACING, since=OPENS, minutes=20, pitch=1), runs)
        print(
            f"{count:8}   {laid * 1e3:10.1f}   {laid / count * 1e6:14.0f}   {looked * 1e3:11.1f}   {moved * 1e3:8.1f}"
        )


if __name__ == "__main__":
    main()
