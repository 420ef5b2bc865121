"""Time to make a knockout, and its growth: python -m bench.brackets"""

import platform
import time
from collections.abc import Callable
from statistics import median

from timely.domain.bracket_layout.layout import draw
from timely.domain.bracket_layout.paper import draw_on_paper
from timely.domain.formats.format import Format
from timely.domain.formats.plan import make_plan
from timely.domain.knockout.advancement import who_plays
from timely.domain.knockout.places import final_places
from timely.domain.knockout.tie import Side
from timely.domain.knockout.tree import knockout

RUNS = 31


def milliseconds(work: Callable[[], object]) -> float:
    """The median time of the processor."""
    times = []
    for _ in range(RUNS):
        start = time.process_time_ns()
        work()
        times.append((time.process_time_ns() - start) / 1e6)
    return median(times)


def row(size: int, *, all_places: bool) -> list[float]:
    ties = knockout(range(size), third_place=True, all_places=all_places)
    winners: dict[str, Side | None] = {tie.code: "home" for tie in ties}
    sides = who_plays(ties, winners)
    assert sides["F"] == (0, 1)
    return [
        milliseconds(lambda: knockout(range(size), third_place=True, all_places=all_places)),
        milliseconds(lambda: who_plays(ties, winners)),
        milliseconds(lambda: final_places(ties, sides, winners)),
        milliseconds(lambda: draw(ties)),
        milliseconds(lambda: draw_on_paper(ties)),
    ]


def main() -> None:
    print(f"Python {platform.python_version()}, median of {RUNS} runs, milliseconds of processor time")
    heads = ("plan", "progress", "places", "geometry", "paper", "all five")
    print(" " * 22 + "".join(f"{head:>10}" for head in heads))
    for all_places in (False, True):
        for size in (4, 8, 16, 32, 64, 128):
            times = row(size, all_places=all_places)
            title = f"{size} teams" + (", all places" if all_places else "")
            print(f"{title:<22}" + "".join(f"{one:10.3f}" for one in (*times, sum(times))))
    formats = {
        "league of 20, twice": (Format(times=2), 20),
        "12 groups of 4, 2 + 8 thirds": (Format("groups", groups=12, qualifiers=2, best_next=8, third_place=True), 48),
        "16 groups of 8, 7 of each": (Format("groups", groups=16, qualifiers=7), 128),
    }
    for title, (chosen, count) in formats.items():
        teams = list(range(count))
        print(f"plan of {title}: {milliseconds(lambda chosen=chosen, teams=teams: make_plan(chosen, teams)):.2f}")


if __name__ == "__main__":
    main()
