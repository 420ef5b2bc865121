"""Costs of a server to which nothing happens, by the number of events on it and by their teams: the whole process."""

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.growth.clients import cpu_ms
from bench.growth.event_files import league
from bench.growth.row import FLAT, Row
from bench.growth.site import Site
from tests.browser.server import Server
from timely.extensions import db

TITLE = "a server at rest, nobody watching"
SIZES = [1, 12, 25, 50, 100, 200]
SECONDS = 20
TEAMS, GAMES = 8, 28


def measure(sizes: list[int]) -> list[Row]:
    """Sizes are numbers of events; a league of so many times eight teams, up to 64, is measured by its side."""
    events = Row("processor in a second, by events", "ms", FLAT)
    teams = Row("processor in a second, by teams of an event", "ms", FLAT)
    for size in sorted(sizes):
        files = [league(TEAMS, GAMES, f"League {number}", number - size // 2) for number in range(size)]
        events.costs[size] = at_rest(files)
    for count in sorted({min(64, TEAMS * size) for size in sizes}):
        teams.costs[count] = at_rest([league(count, count * GAMES // TEAMS)])
    return [events, teams]


def at_rest(files: Iterable[dict[str, Any]]) -> float:
    """Milliseconds of the processor in a second of a server with these events."""
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        place = Site(data_dir)
        for file in files:
            place.imported(file)
        with place.app.app_context():
            db.session.remove()
            db.engine.dispose()
        with Server(data_dir) as server:
            assert server.process is not None
            time.sleep(3)  # what a start leaves to be done
            began = cpu_ms(server.process.pid)
            time.sleep(SECONDS)
            return (cpu_ms(server.process.pid) - began) / SECONDS
