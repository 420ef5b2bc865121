"""The server is killed under a full hall and started again: when is everybody live, and how is a page meanwhile?

    .venv/bin/python -m bench.storm [--clients 1000] [--runs 3] [--only NAME...]

Nobody waits before coming back, as browsers would: all dial again ten times a second until the door is open.
"""

import argparse
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.fan_client import Storm
from bench.league import League, league
from bench.limits import raise_file_limit
from bench.servers import Restartable, Timely
from bench.table import verdict
from tests.browser.server import ROOT

MOST_SECONDS = 5.0
MOST_PAGE_SECONDS = 0.5
PAUSE_SECONDS = 0.02
PAGE_GIVE_UP_SECONDS = 20


@dataclass(frozen=True)
class Case:
    """A way in which the clients come back: the transport, the request, and the text that shows the answer."""

    title: str
    mode: str
    follows: Callable[[Timely], dict[str, Any]]
    mark: str


def results(server: Timely) -> dict[str, Any]:
    return {"topics": ["results"]}


def everything(server: Timely) -> dict[str, Any]:
    return {}


def what_is_lacking(server: Timely) -> dict[str, Any]:
    """As a page does that was there before: it brings the versions that it has."""
    event = server.league.event_id
    versions = {key: server.call(f"/api/events/{event}/{part}/") for key, part in PARTS.items()}
    epoch = versions["results"]["epoch"]
    return {"versions": {key: read["version"] for key, read in versions.items()}, "epoch": epoch}


PARTS = {"results": "leaderboard", "schedule": "schedule", "announcements": "announcements"}
SNAPSHOT, HEARTBEAT = '"since":0,', '"type":"heartbeat"'
CASES = {
    "results": Case("Socket.IO, the table anew", "sio", results, SNAPSHOT),
    "everything": Case("Socket.IO, table and 380 games anew", "sio", everything, '"type":"schedule_update"'),
    "versions": Case("Socket.IO, with its versions", "sio", what_is_lacking, HEARTBEAT),
    "polling": Case("Socket.IO long-polling, the table anew", "poll", results, SNAPSHOT),
    "stream": Case("event stream, the table anew", "sse", results, SNAPSHOT),
    "ws": Case("WebSocket, the table anew", "ws", results, SNAPSHOT),
}


@dataclass(frozen=True)
class Weathered:
    """One storm, in seconds from the moment at which the first client was connected again."""

    live: int
    away: float
    half: float
    all_: float
    page: float
    pages: int


def main() -> None:
    options = argparse.ArgumentParser(description="A reconnect storm after a restart.")
    options.add_argument("--clients", type=int, default=1_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--only", nargs="+", choices=sorted(CASES), default=list(CASES), metavar="NAME")
    asked = options.parse_args()
    if asked.runs < 1 or not 2 <= asked.clients <= 10_000:
        options.error("--runs 1 or more, --clients from 2 to 10000")
    raise_file_limit()
    print(f"{'':40}{'clients':>8}{'live':>6}{'away, s':>9}{'half, s':>9}{'all, s':>8}{'pages':>7}{'page, s':>9}")
    with league() as one:
        for name in asked.only:
            case = CASES[name]
            runs = [storm(one, case, asked.clients) for _ in range(asked.runs)]
            print(row(case, asked.clients, runs), flush=True)
    print(f"to be met: all live {MOST_SECONDS:g} s after the first is connected, a page within {MOST_PAGE_SECONDS:g} s")


def row(case: Case, clients: int, runs: list[Weathered]) -> str:
    """The medians, and whether both promises are kept; the fewest that were live."""
    live, all_ = min(run.live for run in runs), median(run.all_ for run in runs)
    page = median(run.page for run in runs)
    kept = live == clients and all_ <= MOST_SECONDS and page <= MOST_PAGE_SECONDS
    away, half = median(run.away for run in runs), median(run.half for run in runs)
    return (
        f"{case.title:40}{clients:8}{live:6}{away:9.2f}{half:9.2f}{all_:8.2f}"
        f"{sum(run.pages for run in runs):7}{page:9.3f}  {verdict(kept)}"
    )


def storm(one: League, case: Case, clients: int, root: Path = ROOT) -> Weathered:
    """One restart under so many clients. Raises RuntimeError if they did not all get in to begin with."""
    with Timely(one, root) as server:
        server.follows = case.follows(server)
        return weathered(server, case, clients, one.address)


def weathered(server: Restartable, case: Case, clients: int, address: str) -> Weathered:
    """One restart of a server that runs. *address* is its event's."""
    with Storm(server, case.mode, clients, case.mark) as fan:
        fan.wait_for("ready")
        server.kill()
        starting = threading.Thread(target=server.start)
        starting.start()
        try:
            fan.wait_for("open")
            pages = ask_until(fan.is_over, server.url(address + "leaderboard/"))
            seen = fan.result()
        finally:
            starting.join()
    return Weathered(seen["live"], seen["away_s"], seen["half_s"], seen["all_s"], median(pages), len(pages))


def ask_until(is_over: Callable[[], bool], url: str) -> list[float]:
    """Seconds that pages of visitors took, one after the other, until the storm was over; at least one."""
    times: list[float] = []
    while not times or not is_over():
        began = time.monotonic()
        try:
            with urllib.request.urlopen(url, timeout=PAGE_GIVE_UP_SECONDS) as answer:
                answer.read()
        except OSError as error:
            print(f"a page was not answered: {error}", file=sys.stderr)
        times.append(time.monotonic() - began)
        time.sleep(PAUSE_SECONDS)
    return times


if __name__ == "__main__":
    main()
