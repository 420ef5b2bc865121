"""Time to make and explain tables, and its growth: python bench/standings.py

Median and worst CPU milliseconds of many rounds. A league in which everybody meets everybody twice, by several
rulebooks; then ten times as many teams and games; then the hardest league there is: everybody level in everything.
"""

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.explanation_sentences import sentences
from timely.domain.rulebooks import RULEBOOKS
from timely.domain.rules.rules import Rules
from timely.domain.standings.explanation import explain
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standings import standings

ROUNDS = 40
BOOKS = ("premier-league-2019", "la-liga", "uefa-euro-2024", "ihf-2023", "fiba-2022", "rugby-world-cup-2019")
LIMITS = {"standings": 2.0, "explain": 20.0}  # of 20 teams and 380 games


def league(teams: int, games_each: int, seed: int = 7, most: int = 3) -> tuple[list[int], list[Outcome]]:
    """Everybody plays so many games at home, against the next ones in a circle."""
    dice = random.Random(seed)
    return list(range(teams)), [
        Outcome(home, (home + step) % teams, dice.randint(0, most), dice.randint(0, most))
        for step in range(1, games_each + 1)
        for home in range(teams)
    ]


def timed(run: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        taken.append((time.process_time() - start) * 1000)
    return median(taken), max(taken)


def show(title: str, teams: list[int], games: list[Outcome], rules: Rules, rounds: int = ROUNDS) -> list[float]:
    made = timed(lambda: standings(teams, games, rules), rounds)
    explained = timed(lambda: explain(teams, games, rules), rounds)
    explained_in_text = timed(lambda: [sentences(one) for one in explain(teams, games, rules).values()], rounds)
    parts = (f"{middle:8.2f} ({worst:7.2f})" for middle, worst in (made, explained, explained_in_text))
    print(f"{title:<46} {' '.join(parts)}")
    return [made[0], explained[0]]


def main() -> None:
    print(f"{'median (worst) CPU ms':<46} {'standings':>18} {'explain all':>18} {'and in words':>18}")
    slowest = [0.0, 0.0]
    for key in BOOKS:
        rules = RULEBOOKS[key].rules
        small = show(f"20 teams, 380 games, {key}", *league(20, 19), rules)
        large = show(f"200 teams, 3,800 games, {key}", *league(200, 19), rules, ROUNDS // 4)
        print(f"{'  ten times the size takes':<46} {large[0] / small[0]:17.1f}x {large[1] / small[1]:17.1f}x")
        slowest = [max(pair) for pair in zip(slowest, small, strict=True)]
    for teams in (20, 200):
        level = league(teams, 19, most=0)
        for restart in ("never", "after_block", "immediate"):
            rules = Rules(
                tiebreakers=("points", "head_to_head_points", "head_to_head_goal_difference", "goals_for"),
                head_to_head_restart=restart,
            )
            show(f"{teams} teams, all level, {restart}", *level, rules, ROUNDS // 4)
    # The slowest of all: a chain of draws, in which each new block separates the two ends only.
    for teams in (20, 200, 500):
        chain = [Outcome(one, one + 1, 1, 1) for one in range(teams - 1)]
        rules = Rules(tiebreakers=("head_to_head_goals_for",), head_to_head_restart="immediate")
        show(f"{teams} teams, a chain of draws", list(range(teams)), chain, rules, ROUNDS // 8)
    for name, limit, took in zip(LIMITS, LIMITS.values(), slowest, strict=True):
        verdict = "yes" if took < limit else "NO"
        print(f"{name} of 20 teams and 380 games: {took:.2f} ms, to be below {limit:.0f}: {verdict}")


if __name__ == "__main__":
    main()
