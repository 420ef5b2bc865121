"""Speed of this tree beside that of an earlier commit, in one run: every figure before, after, and as a ratio.

    .venv/bin/python -m bench.before_after [--commit 6dcbf8b] [--runs 3] [--only saves ...]

The earlier commit is checked out into a temporary folder; its server runs on this environment's packages. Both serve
copies of one data folder, in turn, to the same clients.
"""

import argparse
import sys
import time
from types import ModuleType

from bench.before_after import delivery, halls, pages, phone, save_profile, saves
from bench.before_after.figure import HEAD
from bench.before_after.trees import COMMIT, checked_out
from bench.limits import raise_file_limit

PARTS: dict[str, ModuleType] = {
    "saves": saves,
    "profile": save_profile,
    "delivery": delivery,
    "pages": pages,
    "halls": halls,
    "phone": phone,
}


def main() -> None:
    options = argparse.ArgumentParser(description="Speed before and after.")
    options.add_argument("--commit", default=COMMIT, help="the earlier commit")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--only", nargs="+", choices=sorted(PARTS), default=list(PARTS), metavar="NAME")
    asked = options.parse_args()
    if asked.runs < 1:
        options.error("--runs 1 or more")
    raise_file_limit()
    with checked_out(asked.commit) as trees:
        for name in asked.only:
            began = time.monotonic()
            print(f"\n{PARTS[name].TITLE}\n{HEAD}", flush=True)
            for figure in PARTS[name].measure(trees, asked.runs):
                print(figure.line(), flush=True)
            print(f"took {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
