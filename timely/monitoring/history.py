"""History of the last hour for the charts: one point every ten seconds, in memory."""

import time
from collections import deque
from dataclasses import dataclass

from timely.monitoring.snapshot import Snapshot

POINT_EVERY = 10.0
KEPT = 360


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the charts: `slowest` in milliseconds, the rest counted over the minute before."""

    at: float
    slowest: int
    messages: int
    deliveries: int
    lost: int
    requests: int
    refused: int


class History:
    def __init__(self) -> None:
        self._points: deque[Point] = deque(maxlen=KEPT)

    def add(self, snapshot: Snapshot, slowest: float) -> None:
        names = ("messages", "deliveries", "lost", "requests", "refused")
        self._points.append(Point(time.monotonic(), round(slowest * 1000), *(snapshot[name] for name in names)))

    def points(self) -> list[Point]:
        """The points of the last hour, oldest first."""
        earliest = time.monotonic() - KEPT * POINT_EVERY
        return [one for one in list(self._points) if one.at >= earliest]
