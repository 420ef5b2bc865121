"""Server time of one update for each screen that it reaches, compared with Node, Channels, plain Flask-SocketIO and C.

    python3 start.py test --version                            (once: installs what tests and benches need)
    .venv/bin/python -m bench.fanout                           (the whole table, about half an hour)
    .venv/bin/python -m bench.fanout --clients 1000 --only bare node timely --runs 1 --rounds 10

Starts every server anew for every run, one at a time, on this computer alone. docs/benchmarks.md says how to read it.
"""

import argparse
import sys

from bench.contenders import BY_KEY, WHOLE_TABLE, Contender
from bench.league import League, league
from bench.limits import raise_file_limit
from bench.measures import Measure, measure, middle
from bench.targets import Rows, verdicts
from bench.workshop import Missing

HEAD = (
    f"{'':36}{'clients':>8}{'held':>6}{'lost':>6}{'µs per':>9}{'with the':>10}{'save':>8}{'making':>8}"
    f"{'first':>8}{'last':>8}{'kB':>7}{'connect':>9}\n"
    f"{'':36}{'':>8}{'':>6}{'':>6}{'update':>9}{'save, µs':>10}{'ms':>8}{'ms':>8}"
    f"{'ms':>8}{'ms':>8}{'each':>7}{'ms each':>9}"
)
KEY_WIDTH = 36


def main() -> None:
    options = argparse.ArgumentParser(description="What one update costs for each screen that it reaches.")
    options.add_argument("--clients", type=int, nargs="+", metavar="N", help="1 to 10000; the whole table without it")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--rounds", type=int, default=20, help="updates in each run, 2 or more")
    options.add_argument("--only", nargs="+", choices=sorted(BY_KEY), metavar="NAME", help=", ".join(BY_KEY))
    asked = options.parse_args()
    if asked.runs < 1 or asked.rounds < 2 or any(not 2 <= number <= 10_000 for number in asked.clients or ()):
        options.error("--runs 1 or more, --rounds 2 or more, --clients from 2 to 10000")
    raise_file_limit()
    with league() as one:
        rows, notes = run(one, plan(asked.clients, asked.only), asked.runs, asked.rounds)
    print(table(rows, notes))


def plan(clients: list[int] | None, only: list[str] | None) -> list[tuple[Contender, int]]:
    """The servers that are measured, each with its numbers of clients, in the order of the table."""
    numbers = dict.fromkeys(clients, tuple(BY_KEY)) if clients else WHOLE_TABLE
    return [
        (BY_KEY[key], number)
        for number, keys in numbers.items()
        for key in keys
        if (not only or key in only) and number <= BY_KEY[key].most
    ]


def run(one: League, planned: list[tuple[Contender, int]], runs: int, rounds: int) -> tuple[Rows, list[str]]:
    """The median of the runs of each, and a sentence for each that could not be measured."""
    measured: dict[tuple[str, int], list[Measure]] = {}
    notes: dict[str, None] = {}
    for number in range(runs):
        for contender, clients in planned:  # by turns, so that a busy minute is not one contender's alone
            print(f"run {number + 1}: {contender.key}, {clients} clients", file=sys.stderr, flush=True)
            try:
                found = measure(contender, one, clients, rounds)
            except (Missing, RuntimeError) as fault:
                notes[f"{contender.title}, {clients} clients: {fault}"] = None
                continue
            measured.setdefault((contender.key, clients), []).append(found)
    wanted = [(contender.key, clients) for contender, clients in planned]
    return {key: middle(measured[key]) for key in wanted if key in measured}, list(notes)


def table(rows: Rows, notes: list[str]) -> str:
    """As it is printed."""
    lines = [HEAD]
    for (key, clients), row in rows.items():
        lines.append(
            f"{BY_KEY[key].title:{KEY_WIDTH}}{clients:8}{row.held:6.0f}{row.lost:6.0f}{row.delivery_us:9.1f}"
            f"{row.whole_us:10.1f}{row.save_ms:8.1f}{row.one_ms - row.save_ms:8.1f}{row.first_ms:8.1f}"
            f"{row.last_ms:8.1f}{row.kb_each:7.0f}{row.connect_ms:9.2f}"
        )
    judged = verdicts(rows)
    if judged:
        lines += ["", f"{'':66}{'found':>8}{'at most':>9}"]
    for one in judged:
        limit = "" if one.limit is None else f"{one.limit:g}"
        lines.append(f"{one.what:66}{one.value:8.2f}{limit:>9}  {one.word}".rstrip())
    return "\n".join([*lines, *(["", *notes] if notes else [])])


if __name__ == "__main__":
    main()
