"""The metrics of this process as plain numbers, and their recent growth."""

import time
from collections import deque
from dataclasses import dataclass

from prometheus_client import Counter, Histogram

from timely import metrics

KEPT_SECONDS = 330.0


def total(metric: Counter) -> int:
    """The sum over all labels of the counter."""
    return sum(by_labels(metric).values())


def by_labels(metric: Counter) -> dict[tuple[str, ...], int]:
    found = {}
    for family in metric.collect():
        for sample in family.samples:
            if sample.name.endswith("_total"):
                found[tuple(sample.labels.values())] = int(sample.value)
    return found


def observed(metric: Histogram) -> dict[tuple[str, ...], int]:
    """The number of observations in the histogram, by its labels."""
    found = {}
    for family in metric.collect():
        for sample in family.samples:
            if sample.name.endswith("_count"):
                found[tuple(sample.labels.values())] = int(sample.value)
    return found


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts since the start of this process."""

    at: float
    messages: int
    deliveries: int
    lost: int
    slow: int
    refused: int
    requests: int
    failed: int
    trouble: int
    unreadable: int
    cpu_seconds: float

    def since(self, earlier: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) - getattr(earlier, name) for name in self.__slots__))


def take() -> Counts:
    requests = observed(metrics.REQUEST_SECONDS)
    return Counts(
        at=time.monotonic(),
        messages=total(metrics.MESSAGES),
        deliveries=total(metrics.DELIVERIES),
        lost=total(metrics.LOST),
        slow=total(metrics.SLOW),
        refused=total(metrics.REFUSED),
        requests=sum(requests.values()),
        failed=sum(number for (_, status), number in requests.items() if status == "5xx"),
        trouble=total(metrics.DATABASE_TROUBLE),
        unreadable=total(metrics.UNREADABLE),
        cpu_seconds=time.process_time(),
    )


class Growth:
    """Counts of the last minutes, sampled every few seconds."""

    def __init__(self) -> None:
        self._taken: deque[Counts] = deque([take()])

    def take(self) -> None:
        self._taken.append(take())
        while self._taken[-1].at - self._taken[0].at > KEPT_SECONDS:
            self._taken.popleft()

    def over(self, seconds: float) -> Counts:
        """The growth of each count in the last *seconds*; `at` is the time covered, shorter right after the start."""
        last = self._taken[-1]
        earliest = next(one for one in self._taken if one.at >= last.at - seconds - 0.5)
        return last.since(earliest)
