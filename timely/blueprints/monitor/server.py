"""Server statistics with their charts, as rows shared by the page and its script."""

import time
from typing import Any

from timely.domain.translation import Text, gettext, lazy_gettext, ngettext, pgettext
from timely.monitoring.alerts import alert_texts
from timely.monitoring.history import KEPT, POINT_EVERY, Point
from timely.monitoring.monitor import Monitor
from timely.monitoring.snapshot import Snapshot
from timely.presenters.chart import SMALL_HEIGHT, SMALL_WIDTH, line
from timely.presenters.number_text import grouped
from timely.presenters.row import Row
from timely.presenters.units import median, room, seconds, span

TRANSPORTS: dict[str, Text] = {"socketio": "Socket.IO", "streams": lazy_gettext("Event streams, WebSockets, polling")}
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
    title, message = alert_texts(alert)
    return {
        "id": alert["key"],
        "priority": alert["priority"],
        "title": title,
        "message": message,
        "age": gettext("for %(span)s", span=age) if age else gettext("just now"),
    }


def _tiles(shown: Snapshot, points: list[Point]) -> list[Row]:
    times = [number for found in shown["times"].values() for number in found]
    middle = median(times)
    takes = NOTHING if middle is None else seconds(middle)
    worst = gettext("%(time)s at worst", time=seconds(max(times))) if times else gettext("none in five minutes")
    slow = ngettext("%(count)s slow reader", "%(count)s slow readers", shown["slow"], count=grouped(shown["slow"]))
    failed = ngettext("%(num)s failed", "%(num)s failed", shown["failed"])
    return [
        _tile("delivery", gettext("An update takes"), takes, worst, "slowest", points),
        _tile("messages", gettext("Updates a minute"), shown["messages"], gettext("changes told"), "messages", points),
        _tile(
            "deliveries",
            gettext("Deliveries a minute"),
            shown["deliveries"],
            gettext("one for each open page"),
            "deliveries",
            points,
        ),
        _tile("lost", gettext("Lost in a minute"), shown["lost"], slow, "lost", points),
        _tile(
            "refused",
            gettext("Refused in a minute"),
            shown["refused"],
            gettext("asked too much at once"),
            "refused",
            points,
        ),
        _tile("requests", gettext("Requests a minute"), shown["requests"], failed, "requests", points),
    ]


def _tile(key: str, name: str, value: int | str, note: str, of: str, points: list[Point]) -> Row:
    samples = [(point.at, getattr(point, of)) for point in points]
    return {
        "id": key,
        "name": name,
        "value": grouped(value) if isinstance(value, int) else value,
        "note": note,
        "line": line(samples, KEPT * POINT_EVERY, time.monotonic(), SMALL_WIDTH, SMALL_HEIGHT),
    }


def _delivery(key: str, name: Text, times: list[float]) -> Row:
    middle = median(times)
    return {
        "id": key,
        "name": str(name),
        "median": NOTHING if middle is None else seconds(middle),
        "worst": seconds(max(times)) if times else NOTHING,
    }


def _facts(shown: Snapshot) -> list[Row]:
    files, mode = shown["files"], shown["mode"]
    if shown["workers"] != 1:
        mode = ngettext("%(mode)s, %(num)s worker", "%(mode)s, %(num)s workers", shown["workers"], mode=mode)
    pairs = [
        ("up", pgettext("server", "Running"), gettext("for %(span)s", span=span(shown["up"]))),
        ("mode", gettext("Server"), mode),
        ("memory", gettext("Memory"), room(shown["memory"]) if shown["memory"] else ""),
        ("cpu", gettext("Processor"), gettext("%(percent)s %% of one core", percent=round(shown["cpu"] * 100))),
        ("disk", gettext("Room on the disk"), room(shown["disk"]) if shown["disk"] is not None else ""),
        (
            "files",
            gettext("Open files and connections"),
            gettext("%(open)s of %(most)s", open=grouped(files[0]), most=grouped(files[1])) if files else "",
        ),
        ("delay", gettext("Longest pause in a minute"), seconds(shown["delay"])),
    ]
    return [{"id": key, "name": name, "text": text} for key, name, text in pairs if text]
