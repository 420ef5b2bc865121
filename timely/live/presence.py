"""Who is watching: by event, pipe and page, now and over the last hour. Kept in memory.

Of several workers each counts its own, and hears from the others how many theirs are.
"""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

SAMPLE_EVERY = 10.0
KEPT_SAMPLES = 360  # an hour

# The pages that a client may say it is; what it says else counts as none of ours.
PAGES = {
    "front": "Front page",
    "event": "Event, details",
    "leaderboard": "Leaderboard",
    "schedule": "Schedule",
    "announcements": "Announcements",
    "matches": "Matches of the day",
    "display": "Displays in the hall",
    "desk": "Results desk",
    "embed": "Tables on other web sites",
}
OTHER_PAGE = "Other pages and programs"
PIPES = {
    "socketio-websocket": "Socket.IO on WebSocket",
    "socketio-polling": "Socket.IO on long-polling",
    "websocket": "WebSocket",
    "stream": "Event stream",
    "poll": "Polling",
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """One connection: the events that it follows anything of, None among them for what is of no event."""

    pipe: str | Callable[[], str]
    event_ids: frozenset[int | None]
    page: str | None
    until: float | None  # for a client that comes and goes: when it counts as gone

    @property
    def pipe_name(self) -> str:
        return self.pipe if isinstance(self.pipe, str) else self.pipe()


@dataclass(frozen=True, slots=True)
class Count:
    """How many watch: in all, and by event id, pipe and page."""

    at: float
    total: int
    by_event: Counter[int]
    by_pipe: Counter[str]
    by_page: Counter[str]


_watchers: dict[str, Viewer] = {}
_samples: deque[Count] = deque(maxlen=KEPT_SAMPLES)
_elsewhere: dict[str, tuple[float, Count]] = {}  # by worker: until when it holds, and how many watch there
_counted: deque[Count] = deque(maxlen=1)
_lock = threading.Lock()


def joined(
    connection_id: str,
    pipe: str | Callable[[], str],
    event_ids: Iterable[int | None],
    page: str | None = None,
    *,
    lasts: float | None = None,
) -> None:
    """The connection follows these events now, and nothing else; said again whenever that changes.

    *pipe* is one of PIPES, or what answers with one where it may change. *page* is one of PAGES; None keeps what was
    said before. A client that asks from time to time instead of staying is counted for *lasts* seconds.
    """
    until = None if lasts is None else time.monotonic() + lasts
    with _lock:
        before = _watchers.get(connection_id)
        page = (page if page in PAGES else None) or (before.page if before else None)
        _watchers[connection_id] = Viewer(pipe, _one_for_all(frozenset(event_ids)), page, until)


@lru_cache(maxsize=1_000)
def _one_for_all(event_ids: frozenset[int | None]) -> frozenset[int | None]:
    """The same set for all who follow the same."""
    return event_ids


def left(connection_id: str) -> None:
    with _lock:
        _watchers.pop(connection_id, None)


def count() -> Count:
    """How many are watching at this moment, at all workers."""
    mine = here()
    counts = [mine, *elsewhere().values()]
    return Count(
        at=mine.at,
        total=sum(one.total for one in counts),
        by_event=sum((one.by_event for one in counts), Counter()),
        by_pipe=sum((one.by_pipe for one in counts), Counter()),
        by_page=sum((one.by_page for one in counts), Counter()),
    )


def elsewhere() -> dict[str, Count]:
    """{worker: how many are watching there} of the other workers, as they said last."""
    moment = time.monotonic()
    with _lock:
        return {worker: count for worker, (until, count) in _elsewhere.items() if until >= moment}


def heard(worker: str, told: dict[str, Any], *, lasts: float) -> None:
    """Another worker has told its count, as `spelled` spells it; it holds for so many seconds."""
    count = Count(
        at=time.monotonic(),
        total=told["total"],
        by_event=Counter({int(id_): number for id_, number in told["by_event"].items()}),
        by_pipe=Counter(told["by_pipe"]),
        by_page=Counter(told["by_page"]),
    )
    with _lock:
        _elsewhere[worker] = (count.at + lasts, count)
        for gone in [one for one, (until, _) in _elsewhere.items() if until < count.at]:
            del _elsewhere[gone]


def heard_no_more(worker: str) -> None:
    """The other worker has stopped."""
    with _lock:
        _elsewhere.pop(worker, None)


def spelled(count: Count) -> dict[str, Any]:
    """The count as it travels from one worker to another."""
    return {
        "total": count.total,
        "by_event": dict(count.by_event),
        "by_pipe": dict(count.by_pipe),
        "by_page": dict(count.by_page),
    }


def here() -> Count:
    """How many are watching at this moment, at this worker."""
    moment = time.monotonic()
    with _lock:
        for connection_id in [key for key, one in _watchers.items() if one.until is not None and one.until < moment]:
            del _watchers[connection_id]
        watchers = [one for one in _watchers.values() if one.event_ids]
    found = Count(
        at=moment,
        total=len(watchers),
        by_event=Counter(id_ for one in watchers for id_ in one.event_ids if id_ is not None),
        by_pipe=Counter(one.pipe_name for one in watchers),
        by_page=Counter(one.page or "" for one in watchers),
    )
    _counted.append(found)
    return found


def lately_here() -> Count | None:
    """How many were watching at this worker when they were counted last, which costs nothing."""
    return _counted[-1] if _counted else None


def sample() -> None:
    """Keeps the count of this moment for the charts; called every ten seconds."""
    _samples.append(count())


def history() -> list[Count]:
    """The samples of the last hour, the oldest first."""
    earliest = time.monotonic() - KEPT_SAMPLES * SAMPLE_EVERY
    return [one for one in list(_samples) if one.at >= earliest]


def forget() -> None:
    """As after a start: nobody, and no history."""
    with _lock:
        _watchers.clear()
        _elsewhere.clear()
    _samples.clear()
    _counted.clear()
