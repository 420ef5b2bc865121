"""The schedule's page and its snapshot by the number of games, with the tables held back and not.

    .venv/bin/python -m bench.held_tables [--games 100 500 1000 2000 5000]

Seconds of the processor and the peak of memory, each in a process of its own: both are to grow with the games, and
held-back tables are to cost about as much as open ones.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

from flask import Flask

from bench.league import TEAMS
from bench.table import verdict
from config import Config
from timely import create_app
from timely.database import upgrade
from timely.event_file.read import read_event
from timely.extensions import db
from timely.live import snapshots
from timely.live.topics import topic_of
from timely.models import Event
from timely.services.event_files import import_event
from timely.services.freeze import freeze

SIZES = (100, 500, 1_000, 2_000, 5_000)
WORKS = ("page", "snapshot")
# Five times the games may take so much more than five times as long: what is made anew for more of them costs more.
MOST_ABOVE_STRAIGHT = 1.5


def main() -> None:
    options = argparse.ArgumentParser(description="The schedule of held and open tables, by the number of games.")
    options.add_argument("--games", type=int, nargs="+", default=list(SIZES), metavar="N")
    options.add_argument("--measure", nargs=3, metavar=("FOLDER", "SLUG", "WORK"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.measure:
        folder, slug, work = chosen.measure
        print(json.dumps(measured(Path(folder), slug, work)))
        return
    print(f"{'':16}{'page s':>9}{'MB':>8}{'snapshot s':>12}{'MB':>8}", flush=True)
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        found = {}
        upgrade.upgrade(app_on(Path(folder)))
        for games in chosen.games:
            for is_held in (False, True):
                slug = made(Path(folder), games, is_held=is_held)
                page, snapshot = found[games, is_held] = [in_a_process(folder, slug, work) for work in WORKS]
                title = f"{games:>6,} {'held' if is_held else 'open'}"
                print(f"{title:16}{page[0]:>9.2f}{page[1]:>8.0f}{snapshot[0]:>12.2f}{snapshot[1]:>8.0f}", flush=True)
    first, last = min(chosen.games), max(chosen.games)
    for number, work in enumerate(WORKS):
        for unit, name in enumerate(("seconds", "memory")):
            growth = found[last, True][number][unit] / found[first, True][number][unit]
            is_met = growth <= MOST_ABOVE_STRAIGHT * last / first
            comparison = f"{last / first:.0f} times the games take {growth:.1f} times"
            print(f"{work}, {name}, held: {comparison}  {verdict(is_met)}")


def app_on(folder: Path) -> Flask:
    path = (folder / "timely.sqlite3").as_posix()
    return create_app(Config(data_dir=folder, database_url=f"sqlite:///{path}", secret_key="a key for benches alone"))


def event_file(games: int) -> dict[str, Any]:
    """A league of twenty that meets as often as it takes; all of it is played."""
    pairs = list(permutations(TEAMS, 2))
    matches = [
        {"home": home, "away": away, "date": f"2026-{1 + n // 420:02}-{1 + n // 14 % 28:02}"}
        | {"time_local": f"{9 + n % 14:02}:00", "home_score": n * 7 % 5, "away_score": n * 3 % 4}
        for n in range(games)
        for home, away in [pairs[n % len(pairs)]]
    ]
    return {"name": f"League of {games}", "sport": "football", "teams": list(TEAMS), "matches": matches}


def made(folder: Path, games: int, *, is_held: bool) -> str:
    """The slug of a new event with so many games."""
    with app_on(folder).app_context():
        event = import_event(read_event(event_file(games)))
        if is_held:
            freeze(event, by=None)
        return event.slug


def in_a_process(folder: str, slug: str, work: str) -> list[float]:
    command = [sys.executable, "-m", "bench.held_tables", "--measure", folder, slug, work]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(folder: Path, slug: str, work: str) -> list[float]:
    """Seconds, and the peak of what Python held for it in MB: the same work twice, for counting takes time itself."""
    do = ready(folder, slug, work)
    began = time.process_time()
    do()
    seconds = time.process_time() - began
    do = ready(folder, slug, work)
    tracemalloc.start()
    do()
    return [seconds, tracemalloc.get_traced_memory()[1] / 1024 / 1024]


def ready(folder: Path, slug: str, work: str) -> Callable[[], None]:
    """The work, for an app that has answered once and keeps nothing of this event."""
    app = app_on(folder)
    client = app.test_client()
    client.get("/login/")

    def page() -> None:
        assert client.get(f"/events/{slug}/schedule/").status_code == 200

    def snapshot() -> None:
        with app.app_context():
            event_id = db.session.scalars(db.select(Event.id).where(Event.slug == slug)).one()
            message = snapshots.snapshot(topic_of(event_id, "schedule"))
            assert message is not None
            assert message["data"]["fixtures"]

    return {"page": page, "snapshot": snapshot}[work]


if __name__ == "__main__":
    main()
