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
    "From the commit of a change to the last follower of a pipe that was handed the message.",
    ["pipe"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
MESSAGES = Counter("timely_messages", "Messages built, by type.", ["type"], registry=REGISTRY)
DELIVERIES = Counter("timely_deliveries", "Messages handed to a follower, by pipe.", ["pipe"], registry=REGISTRY)
SLOW = Counter(
    "timely_slow_clients", "Times that a follower's queue was full, by what was done.", ["done"], registry=REGISTRY
)
LOST = Counter("timely_lost_connections", "Followers whose connection broke, by why.", ["why"], registry=REGISTRY)
REFUSED = Counter("timely_refused", "What was turned away, by why.", ["why"], registry=REGISTRY)
CONNECTIONS = Gauge("timely_connections", "Connections open at this moment.", registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "timely_request_seconds",
    "Pages and API answers, by kind and status class.",
    ["kind", "status"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
TELLING_SECONDS = Histogram(
    "timely_telling_seconds",
    "Where the time of a delivery goes: wait for the look, look, build, hand_out.",
    ["part"],
    buckets=(0.0005, *_SECONDS),
    registry=REGISTRY,
)
COMMIT_SECONDS = Histogram(
    "timely_commit_seconds",
    "Of a save, how long the database took to commit it, versions and log within.",
    buckets=(0.001, *_SECONDS),
    registry=REGISTRY,
)
LOOP_DELAY_SECONDS = Histogram(
    "timely_loop_delay_seconds",
    "How much later than asked for a sleeping task wakes: while it does not, nobody is served.",
    buckets=_SECONDS,
    registry=REGISTRY,
)
PAGES = Counter(
    "timely_pages",
    "Public pages and API reads, by where they came from: ready as they were, drawn before, drawn now, "
    "drawn last for an address that had spent its share.",
    ["came_from"],
    registry=REGISTRY,
)
READY, DRAWN_BEFORE, DRAWN_NOW, DRAWN_LAST = (
    PAGES.labels(way) for way in ("ready", "drawn_before", "drawn_now", "drawn_last")
)
DATABASE_TROUBLE = Counter(
    "timely_database_trouble", "Saves and reads that failed, by why.", ["why"], registry=REGISTRY
)
UNREADABLE = Counter(
    "timely_unreadable_values", "Values in the database that could not be read, by kind.", ["kind"], registry=REGISTRY
)
RELAYED = Counter(
    "timely_relayed",
    "What workers have told each other, by whether it was said or heard.",
    ["way", "kind"],
    registry=REGISTRY,
)
SIGN_INS = Counter("timely_sign_ins", "Tries to sign in, by how they went.", ["went"], registry=REGISTRY)

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
        self._kept: deque[tuple[float, str, float]] = deque(maxlen=most)

    def note(self, name: str, number: float = 1.0) -> None:
        self._kept.append((time.monotonic(), name, number))

    def since(self, seconds: float) -> list[tuple[str, float]]:
        """(name, number) of each observation of the last *seconds*, the oldest first."""
        earliest = time.monotonic() - seconds
        return [(name, number) for at, name, number in self._kept.copy() if at >= earliest]

    def forget(self) -> None:
        self._kept.clear()


class Spent:
    """Processor time of the last minute by address and by what was requested, in steps of a few seconds."""

    STEP, STEPS = 5.0, 12
    MOST = 500  # keys kept in each step; further ones are not counted

    def __init__(self) -> None:
        self._steps: deque[tuple[float, dict[tuple[str, str], list[float]]]] = deque(maxlen=self.STEPS)

    def note(self, who: str, what: str, seconds: float) -> None:
        now = time.monotonic()
        if not self._steps or now - self._steps[-1][0] > self.STEP:
            self._steps.append((now, {}))
        step = self._steps[-1][1]
        found = step.get((who, what))
        if found is None:
            if len(step) >= self.MOST:
                return
            found = step[who, what] = [0.0, 0.0]
        found[0] += seconds
        found[1] += 1

    def most(self) -> tuple[str, str, float, int]:
        """(address, request, seconds, count): the address that used most in the last minute, what it spent most on,
        and its total seconds and requests. ("", "", 0.0, 0) without any.
        """
        earliest = time.monotonic() - self.STEP * self.STEPS
        by_who: dict[str, float] = {}
        each: dict[tuple[str, str], list[float]] = {}
        for _, step in [one for one in self._steps.copy() if one[0] >= earliest]:
            for (who, what), (seconds, count) in step.copy().items():
                by_who[who] = by_who.get(who, 0.0) + seconds
                sums = each.setdefault((who, what), [0.0, 0.0])
                sums[0] += seconds
                sums[1] += count
        if not by_who:
            return "", "", 0.0, 0
        most = max(by_who, key=lambda who: by_who[who])
        mine = {what: sums for (who, what), sums in each.items() if who == most}
        return most, max(mine, key=lambda what: mine[what]), by_who[most], round(sum(n for _, n in mine.values()))

    def forget(self) -> None:
        self._steps.clear()


DELIVERED = SlidingWindow()  # by transport, in seconds
DELAYS = SlidingWindow(1200)  # of the event loop, in seconds
TURNED_AWAY = SlidingWindow(5000)  # by "<address> <reason>"
WRONG_SIGN_INS = SlidingWindow()  # by address
SPENT = Spent()


def delivered(pipe: str, seconds: float) -> None:
    """Records that a message was handed to all subscribers of the transport, *seconds* after its commit."""
    DELIVERY_SECONDS.labels(pipe).observe(seconds)
    DELIVERED.note(pipe, seconds)


def refused(why: str, address: str | None = None) -> None:
    """Records a refused request or connection. *why* must be one of few words: each is a time series of its own."""
    REFUSED.labels(why).inc()
    if address:
        TURNED_AWAY.note(f"{address} {why}")


def tried_to_sign_in(went: str, address: str | None = None) -> None:
    """Records a log-in attempt; *went* is `right`, `wrong` or `too_soon`."""
    SIGN_INS.labels(went).inc()
    if went != "right":
        WRONG_SIGN_INS.note(address or "")
