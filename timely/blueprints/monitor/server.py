"""Server statistics with their charts, as rows shared by the page and its script."""

import time
from typing import Any

from timely.monitoring.history import KEPT, POINT_EVERY, Point
from timely.monitoring.monitor import Monitor
from timely.monitoring.snapshot import Snapshot
from timely.presenters.chart import SMALL_HEIGHT, SMALL_WIDTH, line
from timely.presenters.row import Row
from timely.presenters.units import count, median, room, seconds, span

TRANSPORTS = {"socketio": "Socket.IO", "streams": "Event streams, WebSockets, polling"}
NOTHING = "–"


def server_numbers(monitor: Monitor) -> dict[str, Any]:
    """Alerts, tiles, delivery times and facts, merged over all workers."""
    shown = monitor.merged_snapshot()
    return {
        "warnings": [_warning(one) for one in shown["warnings"]],
        "tiles": _tiles(shown, monitor.history.points()),
        "delivery": [_delivery(key, name, shown["times"].get(key, [])) for key, name in TRANSPORTS.items()],
        "server": _facts(shown),
    }


def _warning(alert: dict[str, Any]) -> Row:
    age = span(alert["age"]) if alert["age"] >= 60 else ""
    return {
        "id": alert["key"],
        "priority": alert["priority"],
        "title": alert["title"],
        "message": alert["message"],
        "age": f"for {age}" if age else "just now",
    }


def _tiles(shown: Snapshot, points: list[Point]) -> list[Row]:
    times = [number for found in shown["times"].values() for number in found]
    middle = median(times)
    takes = NOTHING if middle is None else seconds(middle)
    worst = f"{seconds(max(times))} at worst" if times else "none in five minutes"
    return [
        _tile("delivery", "An update takes", takes, worst, "slowest", points),
        _tile("messages", "Updates a minute", shown["messages"], "changes told", "messages", points),
        _tile("deliveries", "Deliveries a minute", shown["deliveries"], "one for each open page", "deliveries", points),
        _tile("lost", "Lost in a minute", shown["lost"], count(shown["slow"], "slow reader"), "lost", points),
        _tile("refused", "Refused in a minute", shown["refused"], "asked too much at once", "refused", points),
        _tile("requests", "Requests a minute", shown["requests"], f"{shown['failed']} failed", "requests", points),
    ]


def _tile(key: str, name: str, value: int | str, note: str, of: str, points: list[Point]) -> Row:
    samples = [(point.at, getattr(point, of)) for point in points]
    return {
        "id": key,
        "name": name,
        "value": f"{value:,}" if isinstance(value, int) else value,
        "note": note,
        "line": line(samples, KEPT * POINT_EVERY, time.monotonic(), SMALL_WIDTH, SMALL_HEIGHT),
    }


def _delivery(key: str, name: str, times: list[float]) -> Row:
    middle = median(times)
    return {
        "id": key,
        "name": name,
        "median": NOTHING if middle is None else seconds(middle),
        "worst": seconds(max(times)) if times else NOTHING,
    }


def _facts(shown: Snapshot) -> list[Row]:
    files, workers = shown["files"], count(shown["workers"], "worker")
    pairs = [
        ("up", "Running", f"for {span(shown['up'])}"),
        ("mode", "Server", shown["mode"] if shown["workers"] == 1 else f"{shown['mode']}, {workers}"),
        ("memory", "Memory", room(shown["memory"]) if shown["memory"] else ""),
        ("cpu", "Processor", f"{shown['cpu'] * 100:.0f} % of one core"),
        ("disk", "Room on the disk", room(shown["disk"]) if shown["disk"] is not None else ""),
        ("files", "Open files and connections", f"{files[0]:,} of {files[1]:,}" if files else ""),
        ("delay", "Longest pause in a minute", seconds(shown["delay"])),
    ]
    return [{"id": key, "name": name, "text": text} for key, name, text in pairs if text]
