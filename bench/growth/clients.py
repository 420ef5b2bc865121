"""Costs by the number of Socket.IO clients that follow one league's results, on a server of their own."""

import os
import time
from pathlib import Path

from bench.fan_client import Storm
from bench.growth.row import FLAT, Row
from bench.growth.site import Site, site
from bench.league import League, league
from bench.measures import taken
from bench.servers import Timely
from timely.live import presence

TITLE = "clients of a server"
SIZES = [100, 1_250, 2_500, 5_000, 9_900]  # a server has 10,000 connections
ROUNDS = 6
IDLE_SECONDS = 20
GONE_SECONDS = 240
SPARE_FILES = 30  # that the server opens besides, such as more connections to its database


def measure(sizes: list[int]) -> list[Row]:
    rows = {
        "delivery": Row("a delivery, for each client", "µs", FLAT),
        "connect": Row("connected and subscribed, for each client", "ms", FLAT),
        "memory": Row("memory, for each client", "kB", FLAT),
        "idle": Row("idle: pings and heartbeats, a second", "ms"),
        "gone": Row("all gone at once, for each client", "ms", FLAT),
        "presence": Row("presence sampled", "ms"),
    }
    with league() as made, site() as place:
        for size in sorted(sizes):
            for name, cost in (measured(made, size) | {"presence": sampled(place, size)}).items():
                rows[name].costs[size] = cost
    return list(rows.values())


def measured(made: League, size: int) -> dict[str, float]:
    with Timely(made) as server:
        found = taken(server, "sio", size, ROUNDS)
    return {
        "delivery": found.delivery_us,
        "connect": found.connect_ms,
        "memory": found.kb_each,
        **at_rest(made, size),
    }


def at_rest(made: League, size: int) -> dict[str, float]:
    """Costs while nothing happens, and when everybody leaves at once."""
    with Timely(made) as server:
        (pid,) = server.pids
        before = open_files(pid)
        with Storm(server, "sio", size, '"leaderboard"') as clients:
            clients.wait_for("ready")
            time.sleep(1)  # what of their coming is still under way
            idle = cpu_ms(pid)
            time.sleep(IDLE_SECONDS)
            idle = cpu_ms(pid) - idle
            gone = cpu_ms(pid)
        give_up_at = time.monotonic() + GONE_SECONDS
        while open_files(pid) > before + SPARE_FILES:
            if time.monotonic() > give_up_at:
                raise RuntimeError(f"the server has not let go of its clients in {GONE_SECONDS} s")
            time.sleep(0.05)
        return {"idle": idle / IDLE_SECONDS, "gone": (cpu_ms(pid) - gone) / size}


def sampled(place: Site, size: int) -> float:
    for number in range(size):
        presence.record_connection(f"client {number}", "socketio-websocket", [1], "leaderboard")
    try:
        return place.cpu_ms(presence.sample)
    finally:
        presence.reset()


def open_files(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


def cpu_ms(pid: int) -> float:
    """Milliseconds of the processor that all threads of the process have had."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text("ascii").split()[0]) for task in tasks) / 1e6
