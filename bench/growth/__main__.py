"""Growth of costs: each at several sizes, as a line with its slope; what is worse than straight is named.

    .venv/bin/python -m bench.growth [--only events ...] [--sizes 1 2 4]

A slope is the exponent of the size: 0 is flat, 1 straight, 2 square. "slope" is fitted to all sizes, "last" to the
three largest, and that is what is judged. Costs are processor time, of this process or of a server.
"""

import argparse
import sys
import time
from types import ModuleType

from bench.growth import clients, entries, games, idle, many_events, saved_results, teams, topics
from bench.growth.row import HEAD
from bench.limits import raise_file_limit

PARTS: dict[str, ModuleType] = {
    "teams": teams,
    "games": games,
    "clients": clients,
    "topics": topics,
    "events": many_events,
    "idle": idle,
    "entries": entries,
    "season": saved_results,
}


def main() -> None:
    options = argparse.ArgumentParser(description="How costs grow.")
    options.add_argument("--only", nargs="+", choices=sorted(PARTS), default=list(PARTS), metavar="NAME")
    options.add_argument("--sizes", type=int, nargs="+", metavar="N", help="instead of a part's own")
    asked = options.parse_args()
    if asked.sizes and (len(asked.sizes) < 2 or min(asked.sizes) < 1):
        options.error("--sizes takes two or more whole numbers from 1 on")
    raise_file_limit()
    for name in asked.only:
        part, began = PARTS[name], time.monotonic()
        print(f"\n{part.TITLE}\n{HEAD}", flush=True)
        for row in part.measure(asked.sizes or part.SIZES):
            print(row.line(), flush=True)
        print(f"took {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
