"""Runs all benches one after the other, and lists which targets of speed and safety were met.

    .venv/bin/python -m bench                 (about an hour and a half; the computer should do nothing else)
    .venv/bin/python -m bench --quick         (fewer runs and clients: whether it all works, no figures to quote)
    .venv/bin/python -m bench --only storm pages

Each is a command of its own as well; docs/benchmarks.md says how to read them.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass

from bench.table import is_judged


@dataclass(frozen=True)
class Bench:
    """*words* are the module's, *quick* those with which it is over soon."""

    title: str
    module: str
    quick: tuple[str, ...] = ()


BENCHES = {
    "fanout": Bench(
        "1, 2, 4: an update on every pipe, beside the references", "fanout",
        ("--clients", "200", "--runs", "1", "--rounds", "5"),
    ),
    "storm": Bench("3: a hall that comes back at once", "storm", ("--clients", "200", "--runs", "1")),
    "whole_way": Bench("5: from the form to the last screen", "whole_way", ("--clients", "200", "--rounds", "10")),
    "ten_scorers": Bench("6: fifty results in one second", "ten_scorers"),
    "pages": Bench("7: a public page", "pages", ("--seconds", "0.5", "--runs", "1")),
    "first_load": Bench("7: bytes over the wire", "first_load"),
    "large_event": Bench("8: 64 teams and 500 games", "large_event", ("--seconds", "0.5")),
    "held_tables": Bench("tables held back, up to 5,000 games", "held_tables", ("--games", "100", "500")),
    "guards": Bench("what attacks cost", "guards"),
    "kills": Bench("results saved while the server is killed", "kills", ("--kills", "5")),
    "before_after": Bench(
        "saves, screens, pages, halls and phones beside an earlier commit", "before_after",
        ("--runs", "1", "--only", "saves"),
    ),
    "languages": Bench(
        "what a further language costs", "languages",
        ("--clients", "200", "--streams", "60", "--runs", "1", "--rounds", "5"),
    ),
    "growth": Bench("how costs grow", "growth", ("--only", "teams")),
    "workers": Bench("one worker and two", "workers", ("--clients", "200", "--runs", "1", "--rounds", "5")),
}  # fmt: skip


def main() -> int:
    options = argparse.ArgumentParser(description="All benches, one after the other.")
    options.add_argument("--quick", action="store_true", help="fewer runs and clients")
    options.add_argument("--only", nargs="+", choices=list(BENCHES), default=list(BENCHES), metavar="NAME")
    asked = options.parse_args()
    failed: list[str] = []
    judged: list[tuple[str, str]] = []
    for name in asked.only:
        bench, began = BENCHES[name], time.monotonic()
        words = ["-m", f"bench.{bench.module}", *(bench.quick if asked.quick else ())]
        print(f"\n== {bench.title} (python {' '.join(words)})", flush=True)
        printed, code = run([sys.executable, *words])
        judged += [(name, line) for line in printed if is_judged(line)]
        if code:
            failed.append(f"{name} ended with {code}")
        print(f"   took {time.monotonic() - began:.0f} s", flush=True)
    print("\n== what was promised")
    for name, line in judged:
        print(f"{name:12} {line}")
    for sentence in failed:
        print(sentence)
    return 1 if failed else 0


def run(command: list[str]) -> tuple[list[str], int]:
    """The lines that it printed, which are passed on meanwhile, and its exit code."""
    printed = []
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            printed.append(line.rstrip())
    return printed, process.returncode


if __name__ == "__main__":
    sys.exit(main())
