"""A public page of a league of 20 teams against a Flask page that is a constant string, in one run.

    .venv/bin/python -m bench.pages [--seconds 2] [--runs 3] [--games 380]

Each kind of request is sent over 16 open connections for some seconds, all kinds one after the other, several times.
What is compared is how many requests the server answers for a second of its processor: the client here takes the
rest of the machine. "drawn anew" asks for an address that nobody has asked for before, so that nothing is ready.
"""

import argparse
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from bench.constant import Constant
from bench.http_load import Load, load, request
from bench.leagues import league
from bench.limits import GENEROUS
from bench.table import verdict
from tests.browser.server import Server

GZIP = ("Accept-Encoding", "gzip, deflate")
TABS = {"details": "", "leaderboard": "leaderboard/", "schedule": "schedule/"}
PAGE_TARGET, UNCHANGED_TARGET = 0.4, 0.7
MOST_ANEW = 3_000


@dataclass(frozen=True)
class Kind:
    """One row of the table; *target* is the least ratio to the constant page."""

    name: str
    wanted: bytes | list[bytes]
    target: float | None = None


def main() -> None:
    options = argparse.ArgumentParser(description="Requests per second, against a bare Flask page.")
    options.add_argument("--seconds", type=float, default=2.0)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--games", type=int, default=380)
    asked = options.parse_args()
    measured = measure(asked.seconds, asked.runs, asked.games)
    print_table(measured, asked.games)


def measure(seconds: float, runs: int, games: int) -> list[tuple[Kind, list[Load], list[float]]]:
    """Each kind with its loads and its ratios to the constant page, that page first."""
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder, Constant() as constant:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        with Server(data_dir, **GENEROUS) as server:
            server.add_person("Ada", "administrator")
            event_id, address = server.import_event(league(most_games=games))
            assert server.process is not None
            plain = Kind("Flask, a constant string", request(constant.port, "/"))
            found: list[tuple[Kind, list[Load], list[float]]] = [
                (kind, [], []) for kind in [plain, *kinds(server, event_id, address)]
            ]
            for _ in range(runs):
                for kind, loads, ratios in found:
                    of = constant if kind is plain else None
                    port, pid = (of.port, of.pid) if of else (server.port, server.process.pid)
                    loads.append(load(port, pid, kind.wanted, seconds))
                    ratios.append(found[0][1][-1].cpu_us / (loads[-1].cpu_us or 1))
            return found


def kinds(server: Server, event_id: int, address: str) -> Iterable[Kind]:
    port = server.port
    for name, tab in TABS.items():
        yield Kind(f"{name}, zipped", request(port, address + tab, [GZIP]), PAGE_TARGET)
    yield Kind("leaderboard, not zipped", request(port, f"{address}leaderboard/"), PAGE_TARGET)
    board = f"/api/events/{event_id}/leaderboard/"
    yield Kind("API, leaderboard, zipped", request(port, board, [GZIP]), PAGE_TARGET)
    for name, path in (("leaderboard", f"{address}leaderboard/"), ("API, leaderboard", board)):
        has_it = ("If-None-Match", tag_of(server, path))
        yield Kind(f"{name}, 304", request(port, path, [GZIP, has_it]), UNCHANGED_TARGET)
    cookie = ("Cookie", "somebody=else")
    yield Kind("leaderboard, with a cookie", request(port, f"{address}leaderboard/", [GZIP, cookie]))
    for name, tab in TABS.items():
        anew = [request(port, f"{address}{tab}?n={number}", [GZIP]) for number in range(MOST_ANEW)]
        yield Kind(f"{name}, drawn anew", anew)


def tag_of(server: Server, path: str) -> str:
    """As a browser keeps it."""
    with urlopen(server.url(path), timeout=10) as answer:
        return str(answer.headers["ETag"])


def print_table(measured: list[tuple[Kind, list[Load], list[float]]], games: int) -> None:
    print(f"A league of 20 teams, {games} games played; a second of the server's processor answers so many requests.")
    print(f"{'request':28}{'status':>7}{'bytes':>9}{'per s, wall':>13}{'CPU µs':>9}{'ratio':>8}{'target':>8}")
    for kind, loads, ratios in measured:
        ratio = median(ratios)
        print(
            f"{kind.name:28}{loads[-1].status:>7}{loads[-1].size:>9,}{median(one.per_second for one in loads):>13,.0f}"
            f"{median(one.cpu_us for one in loads):>9,.0f}{ratio:>8.2f}"
            + (f"{kind.target:>8}  {verdict(ratio >= kind.target)}" if kind.target else "")
        )


if __name__ == "__main__":
    main()
