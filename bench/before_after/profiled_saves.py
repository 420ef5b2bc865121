"""Program that saves results through the app of the tree it is run in, and prints what a save took, as JSON.

    python profiled_saves.py TOKEN FIRST LAST

The data folder is that of the environment; games FIRST to LAST are given a result each. It imports nothing but what
every tree has.
"""

import cProfile
import gc
import json
import pstats
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

MOST_LISTED = 25
WARMING, PROFILED = 20, 60


def main(token: str, first: int, last: int) -> None:
    sys.path.insert(0, str(Path.cwd()))
    from config import Config
    from timely import create_app

    client = create_app(Config.from_environment()).test_client()
    headers = {"Authorization": f"Bearer {token}"}

    def save(game: int) -> None:
        body = {"home_score": 1 + game % 5, "away_score": 0}
        answer = client.put(f"/api/fixtures/{game}/result/", json=body, headers=headers)
        if answer.status_code not in (200, 201):
            raise RuntimeError(f"game {game} was answered by {answer.status_code}: {answer.text}")

    games = iter(range(first, last + 1))
    for _ in range(WARMING):
        save(next(games))
    gc.collect()
    gc.freeze()
    profile = cProfile.Profile()
    for _ in range(PROFILED):
        profile.runcall(save, next(games))
    print(json.dumps(seen(pstats.Stats(profile)) | {"ms": median(cpu_ms(save, game) for game in games)}))


def cpu_ms(save: Any, game: int) -> float:
    began = time.thread_time()
    save(game)
    return (time.thread_time() - began) * 1000


def seen(stats: Any) -> dict[str, Any]:
    """{calls: of one save, functions: [(name, calls, own ms, ms with what it calls), ...]}, the longest first."""
    rows = [
        (f"{'/'.join(file.split('/')[-2:])} {name}", calls, own * 1000 / PROFILED, whole * 1000 / PROFILED)
        for (file, _, name), (_, calls, own, whole, _) in stats.stats.items()
    ]
    longest = sorted(rows, key=lambda row: -row[2])[:MOST_LISTED]
    return {
        "calls": stats.total_calls / PROFILED,
        "functions": [(name, calls / PROFILED, own, whole) for name, calls, own, whole in longest],
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
