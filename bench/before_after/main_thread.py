"""Main thread of a page: what a change costs it, from a trace of the browser, in processor time."""

import json
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"]
MARK = "timely-changed"
# Set before the page's own scripts run; several changes in one task are one mark.
MARK_CHANGES = f"""
document.addEventListener("DOMContentLoaded", () => {{
  const lists = document.querySelectorAll("[data-list=leaderboard], [data-list=fixtures]");
  const observer = new MutationObserver(() => performance.mark("{MARK}"));
  lists.forEach(one => observer.observe(one, {{subtree: true, childList: true, characterData: true}}));
}});
"""


@dataclass(frozen=True)
class Work:
    """Milliseconds of the main thread for a change, and how often its script made the browser lay the page out."""

    shown_ms: float  # until the frame with the change is handed over
    calm_ms: float  # all of the trace: animations and highlights too
    forced_layouts: int


@dataclass(frozen=True)
class _Event:
    name: str
    begin: float
    end: float
    cpu_ms: float


def work(trace: bytes) -> Work:
    """Raises RuntimeError if nothing was marked as changed."""
    events, marks = _main_thread(trace)
    tasks = [one for one in events if one.name == "RunTask"]
    commits = [one.begin for one in events if one.name == "Commit"]
    if not marks or not commits:
        raise RuntimeError("the page has not changed")
    changing, showing = set(), set()
    for mark in marks:
        changing.add(_around(tasks, mark))
        at = bisect_left(commits, mark)
        if at < len(commits):
            showing.add(_around(tasks, commits[at]))
    layouts = [one for one in events if one.name == "Layout"]
    forced = sum(1 for one in layouts if any(task.begin <= one.begin < task.end for task in changing - showing))
    return Work(sum(one.cpu_ms for one in changing | showing), sum(one.cpu_ms for one in tasks), forced)


def total_ms(trace: bytes) -> float:
    """Of all tasks of the main thread."""
    events, _ = _main_thread(trace)
    return sum(one.cpu_ms for one in events if one.name == "RunTask")


def longest_ms(trace: bytes) -> float:
    """The longest task of the main thread."""
    events, _ = _main_thread(trace)
    return max(one.cpu_ms for one in events if one.name == "RunTask")


def _main_thread(trace: bytes) -> tuple[list[_Event], list[float]]:
    """The events of the page's main thread in their order, and when something was marked.

    Of several renderers it is the one that did most.
    """
    all_events: list[dict[str, Any]] = json.loads(trace)["traceEvents"]
    threads: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    mains = set()
    for one in all_events:
        thread = one["pid"], one["tid"]
        threads[thread].append(one)
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain":
            mains.add(thread)
    own = max((threads[thread] for thread in mains), key=len)
    events = [
        _Event(one["name"], one["ts"], one["ts"] + one.get("dur", 0), one.get("tdur", 0) / 1000)
        for one in own
        if one["ph"] == "X"
    ]
    return sorted(events, key=lambda one: one.begin), sorted(one["ts"] for one in own if one["name"] == MARK)


def _around(tasks: list[_Event], moment: float) -> _Event:
    return next(task for task in reversed(tasks) if task.begin <= moment)
