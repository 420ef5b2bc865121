"""Profile of one save over the API, in process: how many functions it calls, and which take the time."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.before_after.figure import Figure
from bench.before_after.trees import Trees
from bench.season import GAMES_TO_PLAY, Season, season

TITLE = "one save over the API, in process, league of 20 in mid-season"
PROGRAM = Path(__file__).with_name("profiled_saves.py")


def measure(trees: Trees, runs: int) -> list[Figure]:
    """The figures of each run; the functions of the last one are printed."""
    calls = Figure("calls of functions", "")
    time = Figure("without a profiler", "ms", most_times=0.5)
    listed: dict[str, Any] = {}
    with season(trees.before) as one:
        for _ in range(runs):
            for root in trees:
                seen = profiled(one, root)
                calls.add(seen["calls"], is_before=root == trees.before)
                time.add(seen["ms"], is_before=root == trees.before)
                listed["before" if root == trees.before else "after"] = seen["functions"]
    for tree, functions in listed.items():
        print(f"{tree + ': by own time':60}{'calls':>8}{'own ms':>9}{'ms in all':>10}")
        for name, count, own, whole in functions:
            print(f"{name[-60:]:60}{count:8.1f}{own:9.3f}{whole:10.3f}")
    return [calls, time]


def profiled(one: Season, root: Path) -> dict[str, Any]:
    """Output of the program, run in *root* on a copy of the data that a server there has brought up to date.

    Raises RuntimeError if a save was refused.
    """
    with one.served(root) as server:
        server.stop()
        words = [sys.executable, str(PROGRAM), one.token, "1", str(GAMES_TO_PLAY)]
        done = subprocess.run(words, cwd=root, env=server.environ, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise RuntimeError(f"{PROGRAM.name} ended with {done.returncode}: {done.stderr.strip()}")
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen
