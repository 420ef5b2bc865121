"""Metrics of this process, for Prometheus (/metrics) and for the organiser's monitor page.

Kept in memory. Code that has something to count calls this module where it happens.
"""

import time
from collections import deque

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # creation times are not used, and would double the size of the answer
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)  # CPU, memory, open files; on Linux only

# Buckets in seconds: to a spectator 0.1 s is immediate, and 2 s are a delay.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

DELIVERY_SECONDS = Histogram(
    "timely_delivery_seconds",
    "Seconds from the commit of a change until its message was handed to all subscribers of a transport.",
    ["pipe"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
MESSAGES = Counter("timely_messages", "Messages built, by type.", ["type"], registry=REGISTRY)
DELIVERIES = Counter("timely_deliveries", "Messages handed to subscribers, by transport.", ["pipe"], registry=REGISTRY)
SLOW = Counter(
    "timely_slow_clients", "Times that a subscriber's queue was full, by what was done.", ["done"], registry=REGISTRY
)
LOST = Counter("timely_lost_connections", "Connections that broke, by reason.", ["why"], registry=REGISTRY)
REFUSED = Counter(
    "timely_refused", "Refused connections, requests and messages, by reason.", ["why"], registry=REGISTRY
)
CONNECTIONS = Gauge("timely_connections", "Open connections.", registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "timely_request_seconds",
    "Seconds that a response took, by kind and status class.",
    ["kind", "status"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
PUBLISHING_SECONDS = Histogram(
    "timely_telling_seconds",
    "Seconds that each part of publishing took: waiting for the check, check (look), build, hand-out.",
    ["part"],
    buckets=(0.0005, *_SECONDS),
    registry=REGISTRY,
)
COMMIT_SECONDS = Histogram(
    "timely_commit_seconds",
    "Seconds that the database took to commit a save, with its versions and changes.",
    buckets=(0.001, *_SECONDS),
    registry=REGISTRY,
)
LOOP_DELAY_SECONDS = Histogram(
    "timely_loop_delay_seconds",
    "Seconds by which a sleeping task woke too late; no request is served meanwhile.",
    buckets=_SECONDS,
    registry=REGISTRY,
)
PAGES = Counter(
    "timely_pages",
    "Public pages and API reads, by origin: whole response cached, page cached, rendered now, or an older copy "
    "for an address that had spent its processor budget.",
    ["came_from"],
    registry=REGISTRY,
)
READY, RENDERED_BEFORE, RENDERED_NOW, RENDERED_LAST = (
    PAGES.labels(way) for way in ("ready", "drawn_before", "drawn_now", "drawn_last")
)
DATABASE_TROUBLE = Counter("timely_database_trouble", "Failed saves and reads, by reason.", ["why"], registry=REGISTRY)
UNREADABLE = Counter(
    "timely_unreadable_values", "Values in the database that could not be read, by kind.", ["kind"], registry=REGISTRY
)
RELAYED = Counter(
    "timely_relayed",
    "Messages between workers, by direction (said: sent; heard: received) and kind.",
    ["way", "kind"],
    registry=REGISTRY,
)
SIGN_INS = Counter("timely_sign_ins", "Log-in attempts, by outcome.", ["went"], registry=REGISTRY)

# Prometheus sees no increase in a series that first appears with value 1, so the series that alerts use start at 0.
for _why in ("ping_timeout", "transport_error", "websocket"):
    LOST.labels(_why)
for _why in ("connections", "drawing", "messages", "nonsense", "requests", "topics"):
    REFUSED.labels(_why)
for _why in ("busy", "disk_full", "read_only", "disk_error", "database_gone", "database_damaged", "database_other"):
    DATABASE_TROUBLE.labels(_why)
for _kind in ("page", "api", "static"):
    REQUEST_SECONDS.labels(_kind, "5xx")


class SlidingWindow:
    """The last observations with their times, for what a counter cannot give, such as the maximum of a minute."""

    def __init__(self, most: int = 2000) -> None:
        self._observations: deque[tuple[float, str, float]] = deque(maxlen=most)

    def record(self, name: str, number: float = 1.0) -> None:
        self._observations.append((time.monotonic(), name, number))

    def since(self, seconds: float) -> list[tuple[str, float]]:
        """(name, number) of each observation of the last *seconds*, the oldest first."""
        earliest = time.monotonic() - seconds
        return [(name, number) for at, name, number in self._observations.copy() if at >= earliest]

    def clear(self) -> None:
        self._observations.clear()


class CpuTime:
    """Processor time of the last minute by address and page, in steps of a few seconds."""

    STEP, STEPS = 5.0, 12
    MOST = 500  # keys kept in each step; further ones are not counted

    def __init__(self) -> None:
        self._steps: deque[tuple[float, dict[tuple[str, str], list[float]]]] = deque(maxlen=self.STEPS)

    def record(self, address: str, page: str, seconds: float) -> None:
        now = time.monotonic()
        if not self._steps or now - self._steps[-1][0] > self.STEP:
            self._steps.append((now, {}))
        step = self._steps[-1][1]
        found = step.get((address, page))
        if found is None:
            if len(step) >= self.MOST:
                return
            found = step[address, page] = [0.0, 0.0]
        found[0] += seconds
        found[1] += 1

    def most(self) -> tuple[str, str, float, int]:
        """(address, page, seconds, count): the address that used most in the last minute, the page that it spent most
        on, and its total seconds and requests. ("", "", 0.0, 0) without any.
        """
        earliest = time.monotonic() - self.STEP * self.STEPS
        by_address: dict[str, float] = {}
        each: dict[tuple[str, str], list[float]] = {}
        for _, step in [one for one in self._steps.copy() if one[0] >= earliest]:
            for (address, page), (seconds, count) in step.copy().items():
                by_address[address] = by_address.get(address, 0.0) + seconds
                sums = each.setdefault((address, page), [0.0, 0.0])
                sums[0] += seconds
                sums[1] += count
        if not by_address:
            return "", "", 0.0, 0
        most = max(by_address, key=lambda address: by_address[address])
        own = {page: sums for (address, page), sums in each.items() if address == most}
        return (
            most,
            max(own, key=lambda page: own[page]),
            by_address[most],
            round(sum(n for _, n in own.values())),
        )

    def clear(self) -> None:
        self._steps.clear()


DELIVERED = SlidingWindow()  # by transport, in seconds
DELAYS = SlidingWindow(1200)  # of the event loop, in seconds
REFUSALS = SlidingWindow(5000)  # by "<address> <reason>"
WRONG_SIGN_INS = SlidingWindow()  # by address
CPU_TIME = CpuTime()


def record_delivery(transport: str, seconds: float) -> None:
    """Records that a message was handed to all subscribers of the transport, *seconds* after its commit."""
    DELIVERY_SECONDS.labels(transport).observe(seconds)
    DELIVERED.record(transport, seconds)


def count_refusal(why: str, address: str | None = None) -> None:
    """Records a refused request or connection. *why* must be one of few words: each is a time series of its own."""
    REFUSED.labels(why).inc()
    if address:
        REFUSALS.record(f"{address} {why}")


def count_login_attempt(outcome: str, address: str | None = None) -> None:
    """Records a log-in attempt; *outcome* is `right`, `wrong` or `too_soon`."""
    SIGN_INS.labels(outcome).inc()
    if outcome != "right":
        WRONG_SIGN_INS.record(address or "")
