"""Presence: how many clients watch, by event, transport and page, now and over the last hour. Kept in memory.

Each worker counts its own clients, and receives the counts of the others.
"""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from timely.domain.translation import gettext_noop

SAMPLE_EVERY = 10.0
KEPT_SAMPLES = 360  # an hour

# Pages that a client may say it is; any other value counts as `OTHER_PAGE`.
PAGES = {
    "front": gettext_noop("Front page"),
    "event": gettext_noop("Event, details"),
    "leaderboard": gettext_noop("Leaderboard"),
    "schedule": gettext_noop("Schedule"),
    "announcements": gettext_noop("Announcements"),
    "matches": gettext_noop("Matches of the day"),
    "display": gettext_noop("Displays in the hall"),
    "desk": gettext_noop("Results desk"),
    "embed": gettext_noop("Tables on other web sites"),
}
OTHER_PAGE = gettext_noop("Other pages and programs")
TRANSPORTS = {
    "socketio-websocket": gettext_noop("Socket.IO on WebSocket"),
    "socketio-polling": gettext_noop("Socket.IO on long-polling"),
    "websocket": gettext_noop("WebSocket"),
    "stream": gettext_noop("Event stream"),
    "poll": gettext_noop("Polling"),
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """One connection and the events of its topics; the event id None stands for topics of no event."""

    transport: str | Callable[[], str]
    event_ids: frozenset[int | None]
    page: str | None
    until: float | None  # for a polling client: when it counts as gone

    @property
    def transport_name(self) -> str:
        return self.transport if isinstance(self.transport, str) else self.transport()


@dataclass(frozen=True, slots=True)
class Count:
    """Numbers of connections: in total, and by event id, transport and page."""

    at: float
    total: int
    by_event: Counter[int]
    by_transport: Counter[str]
    by_page: Counter[str]


_viewers: dict[str, Viewer] = {}
_samples: deque[Count] = deque(maxlen=KEPT_SAMPLES)
_remote: dict[str, tuple[float, Count]] = {}  # by worker: (valid until, its count)
_last_local_count: deque[Count] = deque(maxlen=1)
_lock = threading.Lock()


def record_connection(
    connection_id: str,
    transport: str | Callable[[], str],
    event_ids: Iterable[int | None],
    page: str | None = None,
    *,
    lasts: float | None = None,
) -> None:
    """Records the events that the connection follows, in place of earlier ones; to be called whenever they change.

    *transport* is one of TRANSPORTS, or a function that returns one if it may change. *page* is one of PAGES; None
    keeps the earlier one. A polling client is counted for *lasts* seconds.
    """
    until = None if lasts is None else time.monotonic() + lasts
    with _lock:
        before = _viewers.get(connection_id)
        page = (page if page in PAGES else None) or (before.page if before else None)
        _viewers[connection_id] = Viewer(transport, _interned(frozenset(event_ids)), page, until)


@lru_cache(maxsize=1_000)
def _interned(event_ids: frozenset[int | None]) -> frozenset[int | None]:
    """One shared set for all connections with the same events, to save memory."""
    return event_ids


def remove_connection(connection_id: str) -> None:
    with _lock:
        _viewers.pop(connection_id, None)


def count() -> Count:
    """The current count of all workers together."""
    mine = local_count()
    counts = [mine, *remote_counts().values()]
    return Count(
        at=mine.at,
        total=sum(one.total for one in counts),
        by_event=sum((one.by_event for one in counts), Counter()),
        by_transport=sum((one.by_transport for one in counts), Counter()),
        by_page=sum((one.by_page for one in counts), Counter()),
    )


def remote_counts() -> dict[str, Count]:
    """{worker: its latest count} of the other workers."""
    moment = time.monotonic()
    with _lock:
        return {worker: count for worker, (until, count) in _remote.items() if until >= moment}


def record_worker(worker: str, data: dict[str, Any], *, lasts: float) -> None:
    """Records the count of another worker, in the form of `as_dict`; it is valid for *lasts* seconds."""
    count = Count(
        at=time.monotonic(),
        total=data["total"],
        by_event=Counter({int(id_): number for id_, number in data["by_event"].items()}),
        by_transport=Counter(data["by_pipe"]),
        by_page=Counter(data["by_page"]),
    )
    with _lock:
        _remote[worker] = (count.at + lasts, count)
        for gone in [one for one, (until, _) in _remote.items() if until < count.at]:
            del _remote[gone]


def remove_worker(worker: str) -> None:
    """Removes the count of a worker that has stopped."""
    with _lock:
        _remote.pop(worker, None)


def as_dict(count: Count) -> dict[str, Any]:
    """The count as a dict for JSON, without its time, as the relay sends it."""
    return {
        "total": count.total,
        "by_event": dict(count.by_event),
        "by_pipe": dict(count.by_transport),
        "by_page": dict(count.by_page),
    }


def local_count() -> Count:
    """The current count of this worker."""
    moment = time.monotonic()
    with _lock:
        for connection_id in [key for key, one in _viewers.items() if one.until is not None and one.until < moment]:
            del _viewers[connection_id]
        viewers = [one for one in _viewers.values() if one.event_ids]
    found = Count(
        at=moment,
        total=len(viewers),
        by_event=Counter(id_ for one in viewers for id_ in one.event_ids if id_ is not None),
        by_transport=Counter(one.transport_name for one in viewers),
        by_page=Counter(one.page or "" for one in viewers),
    )
    _last_local_count.append(found)
    return found


def last_local_count() -> Count | None:
    """The last count of this worker, without counting again; None if there is none."""
    return _last_local_count[-1] if _last_local_count else None


def sample() -> None:
    """Stores the current count for the charts; called every ten seconds."""
    _samples.append(count())


def history() -> list[Count]:
    """The samples of the last hour, the oldest first."""
    earliest = time.monotonic() - KEPT_SAMPLES * SAMPLE_EVERY
    return [one for one in list(_samples) if one.at >= earliest]


def reset() -> None:
    """Resets to the state after a start: no connections, no history."""
    with _lock:
        _viewers.clear()
        _remote.clear()
    _samples.clear()
    _last_local_count.clear()
