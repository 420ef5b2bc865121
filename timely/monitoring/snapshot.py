"""What one process shows of itself, as a plain dict; and those of several workers put together."""

from collections.abc import Iterable, Sequence
from typing import Any

from timely import metrics
from timely.monitoring.counters import Growth

Snapshot = dict[str, Any]

MINUTE, MINUTES = 60.0, 300.0
# So many times of a pipe tell a median and a worst; the slowest are always among them.
MOST_TIMES = 60

COUNTED = ("messages", "deliveries", "lost", "slow", "refused", "requests", "failed")
SUMMED = ("watching", "connections", "memory", *COUNTED)


def snapshot(growth: Growth, *, watching: int, memory: int | None, **more: Any) -> Snapshot:
    """The figures of this process: numbers of the last minute, delivery times of the last five. JSON can hold it."""
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
    """{pipe: seconds from commit to handed over, the slowest first}; every so-manieth where there are many."""
    by_pipe: dict[str, list[float]] = {}
    for pipe, number in metrics.DELIVERED.since(MINUTES):
        by_pipe.setdefault(pipe, []).append(round(number, 4))
    return {pipe: _thinned(sorted(times, reverse=True)) for pipe, times in by_pipe.items()}


def _thinned(times: Sequence[float]) -> list[float]:
    step = -(-len(times) // MOST_TIMES) or 1
    return list(times[::step])


def together(snapshots: Iterable[Snapshot]) -> Snapshot:
    """One for all workers: what can be summed is, of the rest the worst counts. The first is this process."""
    every = list(snapshots)
    merged = {**every[0], **{name: sum(int(one.get(name) or 0) for one in every) for name in SUMMED}}
    times: dict[str, list[float]] = {}
    for one in every:
        for pipe, found in (one.get("times") or {}).items():
            times.setdefault(pipe, []).extend(found)
    return {
        **merged,
        "times": {pipe: sorted(found, reverse=True) for pipe, found in times.items()},
        "cpu": sum(float(one.get("cpu") or 0) for one in every),
        "delay": max(float(one.get("delay") or 0) for one in every),
        "warnings": _each_once(warning for one in every for warning in one.get("warnings") or []),
        "workers": len(every),
    }


def _each_once(warnings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What several workers warn of in the same words, such as their common disk, is one warning."""
    return list({(one["key"], one["title"]): one for one in warnings}.values())
