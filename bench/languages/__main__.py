"""What a further language costs: live messages in one to three languages, pages and saves beside an earlier commit.

    .venv/bin/python -m bench.languages [--clients 1000] [--streams 300] [--runs 5] [--only live pages]

The earlier commit is the last before there were languages. It is checked out as bench.before_after does it.
"""

import argparse
import sys
import time

from bench.before_after.figure import HEAD
from bench.before_after.trees import checked_out
from bench.languages import live, pages
from bench.league import league
from bench.limits import raise_file_limit

PARTS = ("live", "pages")


def main() -> None:
    options = argparse.ArgumentParser(description="What a further language costs.")
    options.add_argument("--clients", type=int, default=1_000, help="on Socket.IO")
    options.add_argument("--streams", type=int, default=300, help="event streams")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--commit", default=pages.COMMIT, help="the earlier commit")
    options.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    asked = options.parse_args()
    if min(asked.clients, asked.streams) < len(live.CODES) or max(asked.clients, asked.streams) > 10_000:
        options.error(f"--clients and --streams from {len(live.CODES)} to 10000")
    if not 1 <= asked.runs <= 20 or not 1 <= asked.rounds <= 100:
        options.error("--runs from 1 to 20, --rounds from 1 to 100")
    raise_file_limit()
    began = time.monotonic()
    if "live" in asked.only:
        print("A result told to all, ms for each result; medians", flush=True)
        with league() as one:
            rows = live.measure(one, {"sio": asked.clients, "sse": asked.streams}, asked.runs, asked.rounds)
        print("\n".join(live.table(rows)), flush=True)
    if "pages" in asked.only:
        print(f"\nSaves and pages in process, commit {asked.commit} (English) and now; medians\n{HEAD}", flush=True)
        with checked_out(asked.commit) as trees:
            for figure in pages.measure(trees, asked.rounds):
                print(figure.line(), flush=True)
    print(f"took {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
