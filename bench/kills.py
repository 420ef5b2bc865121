"""Kill -9 at random moments while results are saved: what was lost, what was broken, how soon the pages were right.

    .venv/bin/python -m bench.kills [--kills 200] [--seed 1]

One real server on one data folder. Three scorers save by the desk's forms and a program by the API, as fast as they are
answered; two sockets, a poller and a reader of the public page look on. After each kill the server starts on the same
data, and all that was ever shown to be saved is looked for. The exit code is 1 if anything was lost or broken.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.safety.kills import Report, run

FAULTS_SHOWN = 20


def main() -> int:
    options = argparse.ArgumentParser(description="Results saved while the server is killed.")
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        report = run(data_dir, asked.kills, asked.seed, print_report)
    print(summary(report))
    for fault in report.faults[:FAULTS_SHOWN]:
        print("  " + fault)
    return 1 if report.faults else 0


def print_report(report: Report) -> None:
    if report.kills % 20 == 0:
        print(f"{report.kills} kills, {report.confirmed} saves confirmed, {len(report.faults)} faults", flush=True)


def summary(report: Report) -> str:
    not_saved = report.unanswered - report.unanswered_saved
    lines = [
        ("kills", report.kills),
        ("saves confirmed", report.confirmed),
        ("saves unanswered at a kill", f"{report.unanswered}: {report.unanswered_saved} saved, {not_saved} not"),
        ("refused", len(report.refused)),
        ("confirmed and lost", len(report.lost)),
        ("databases broken", len(report.broken)),
        ("versions or epochs gone back", len(report.gone_back)),
        ("pages that did not heal", len(report.unhealed)),
        ("s until the server answered again", worst(report.start_seconds)),
        ("s from then until all pages were right", worst(report.heal_seconds)),
    ]
    return "\n".join(f"{name:40}{value}" for name, value in lines)


def worst(seconds: list[float]) -> str:
    return f"median {median(seconds):.2f}, worst {max(seconds):.2f}" if seconds else "none"


if __name__ == "__main__":
    sys.exit(main())
