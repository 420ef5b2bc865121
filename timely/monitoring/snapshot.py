"""Metrics snapshot of one process as a plain dict, and the merged snapshot of several workers."""

from collections.abc import Iterable, Sequence
from typing import Any

from timely import metrics
from timely.monitoring.counter_growth import Growth

Snapshot = dict[str, Any]

MINUTE, FIVE_MINUTES = 60.0, 300.0
# Enough delivery times per transport for a median and a worst; the slowest is always among them.
MAX_TIMES = 60

COUNTED = ("messages", "deliveries", "lost", "slow", "refused", "requests", "failed")
SUMMED = ("watching", "connections", "memory", *COUNTED)


def snapshot(growth: Growth, *, watching: int, memory: int | None, **more: Any) -> Snapshot:
    """A JSON-serialisable snapshot of this process: counts of the last minute, delivery times of the last five."""
    minute = growth.over(MINUTE)
    return {
        **more,
        "watching": watching,
        "connections": round(sum(one.value for family in metrics.CONNECTIONS.collect() for one in family.samples)),
        **{name: getattr(minute, name) for name in COUNTED},
        "cpu": round(minute.cpu_seconds / minute.at, 3) if minute.at > 0 else 0.0,
        "memory": memory or 0,
        "times": delivery_times(),
        "delay": max((number for _, number in metrics.DELAYS.since(MINUTE)), default=0.0),
    }


def delivery_times() -> dict[str, list[float]]:
    """{transport: seconds from commit to hand-over, slowest first}, down-sampled to at most 60."""
    by_transport: dict[str, list[float]] = {}
    for transport, number in metrics.DELIVERED.since(FIVE_MINUTES):
        by_transport.setdefault(transport, []).append(round(number, 4))
    return {transport: _sampled(sorted(times, reverse=True)) for transport, times in by_transport.items()}


def _sampled(times: Sequence[float]) -> list[float]:
    step = -(-len(times) // MAX_TIMES) or 1
    return list(times[::step])


def merged(snapshots: Iterable[Snapshot]) -> Snapshot:
    """One snapshot for all workers: sums where sums make sense, else the worst. The first is of this process."""
    every = list(snapshots)
    summed = {**every[0], **{name: sum(int(one.get(name) or 0) for one in every) for name in SUMMED}}
    times: dict[str, list[float]] = {}
    for one in every:
        for transport, found in (one.get("times") or {}).items():
            times.setdefault(transport, []).extend(found)
    return {
        **summed,
        "times": {transport: sorted(found, reverse=True) for transport, found in times.items()},
        "cpu": sum(float(one.get("cpu") or 0) for one in every),
        "delay": max(float(one.get("delay") or 0) for one in every),
        "warnings": _without_duplicates(warning for one in every for warning in one.get("warnings") or []),
        "workers": len(every),
    }


def _without_duplicates(warnings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Alerts with their duplicates removed: several workers may report the same, such as their shared disk."""
    return list({(one["key"], one["title"]): one for one in warnings}.values())
