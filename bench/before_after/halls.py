"""A hall that comes back: what each client costs that is sent a snapshot, and how long a page takes meanwhile."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench import workers
from bench.before_after.figure import Figure
from bench.before_after.trees import Trees
from bench.fan_client import play
from bench.league import league
from bench.servers import Measured, Restartable, Timely
from bench.storm import CASES, MOST_PAGE_SECONDS, Weathered, ask_until, storm
from bench.workers import Workers
from tests.large import nginx

TITLE = "4: a hall that comes back, 1,000 clients of each transport, league of 20 in mid-season"
CLIENTS = 1_000
LARGE = "PostgreSQL, 2 workers behind nginx"
MODES = {
    "sio": "Socket.IO on WebSocket",
    "poll": "Socket.IO on long-polling",
    "sse": "event stream",
    "ws": "plain WebSocket",
    "xhr": "plain polling",
}
# A client on plain polling brings its versions when it comes back, and is not sent the table anew.
STORMS = {"sio": "results", "poll": "polling", "sse": "stream", "ws": "ws"}


def measure(trees: Trees, runs: int) -> Iterator[Figure]:
    """The median of the runs; every server is a fresh one. Each transport's figures come as soon as they are there."""
    with league(trees.before) as one:
        for mode, title in MODES.items():
            connect = connect_figure(title)
            figures = [connect, *(storm_figures(title) if mode in STORMS else [])]
            for root, is_before in turns(trees, runs):
                with Timely(one, root) as server:
                    note(connect, is_before, connect_ms(server, mode))
                if mode in STORMS:
                    note_storm(figures, is_before, storm(one, CASES[STORMS[mode]], CLIENTS, root))
            yield from figures
    yield from large(trees, runs)


def large(trees: Trees, runs: int) -> list[Figure]:
    """The same on the larger set-up, with Socket.IO; no figures where a program for it is missing.

    Nobody is away: ten times a second from each of a thousand clients is more than nginx lets through meanwhile.
    """
    if lacking := workers.missing() or ("" if nginx.program() else "nginx is not installed."):
        print(f"{LARGE}: {lacking}", file=sys.stderr)
        return []
    connect, page = figures = [connect_figure(LARGE), storm_figures(LARGE)[0]]
    for root, is_before in turns(trees, runs):
        with Workers(2, root, has_nginx=True) as server:
            note(connect, is_before, connect_ms(server, "sio"))
            note(page, is_before, page_seconds(server, server.league.address))
    return figures


def turns(trees: Trees, runs: int) -> Iterator[tuple[Path, bool]]:
    """(tree, whether it is the earlier one), by turns."""
    for _ in range(runs):
        for root in trees:
            yield root, root == trees.before


def connect_figure(title: str) -> Figure:
    return Figure(f"{title}: connect with snapshot", "ms", most_times=0.6)


def storm_figures(title: str) -> list[Figure]:
    return [
        Figure(f"{title}: a page in the midst", "s", most=MOST_PAGE_SECONDS),
        Figure(f"{title}: all live again", "s"),
    ]


def note(figure: Figure, is_before: bool, value: float) -> None:
    (figure.before if is_before else figure.after).append(value)


def note_storm(figures: list[Figure], is_before: bool, seen: Weathered) -> None:
    """Raises RuntimeError if somebody did not come back."""
    if seen.live != CLIENTS:
        raise RuntimeError(f"{seen.live} of {CLIENTS} clients came back")
    note(figures[-2], is_before, seen.page)
    note(figures[-1], is_before, seen.all_)


def connect_ms(server: Measured, mode: str) -> float:
    """The servers' processor time for each client, until all have their snapshots; the median of three halls.

    Raises RuntimeError if a client is not let in.
    """
    play(server, mode, 1, 0)  # what only the first client of a server costs
    halls = [play(server, mode, CLIENTS, 0) for _ in range(3)]
    if any(hall.held != CLIENTS for hall in halls):
        raise RuntimeError(f"not all of {CLIENTS} clients were let in")
    return median(hall.connect_cpu_s for hall in halls) / CLIENTS * 1e3


def page_seconds(server: Restartable, address: str) -> float:
    """The median of an event's page while all come in."""
    hall = threading.Thread(target=play, args=(server, "sio", CLIENTS, 0))
    hall.start()
    return median(ask_until(lambda: not hall.is_alive(), server.url(address + "leaderboard/")))
