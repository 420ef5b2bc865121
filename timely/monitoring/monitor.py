"""Monitor: measures the server every few seconds, and logs the alerts that begin and end."""

import logging
import time
from collections import deque
from datetime import datetime
from pathlib import Path

from timely import metrics
from timely.clock import now, stamp
from timely.live import presence
from timely.live.relay import Relay
from timely.logs import FIELDS
from timely.monitoring import system
from timely.monitoring.alerts import Alert, Alerts, as_row
from timely.monitoring.clock_drift import Clocks
from timely.monitoring.counter_growth import Growth, by_labels
from timely.monitoring.history import POINT_EVERY, History
from timely.monitoring.measurements import Measurements, most_of
from timely.monitoring.snapshot import FIVE_MINUTES, MINUTE, Snapshot, merged, snapshot

log = logging.getLogger(__name__)

CHECK_INTERVAL = 5.0
JUMP_SECONDS = 600.0  # seconds for which a clock jump stays on the page


class Monitor:
    """One per process. `timely/background.py` starts its tasks."""

    def __init__(self, data_dir: Path, name: str = "", mode: str = "threading", clocks: Clocks | None = None) -> None:
        self.data_dir, self.name, self.mode = data_dir, name, mode
        self.clocks = clocks or Clocks()
        self.growth, self.history, self.alerts = Growth(), History(), Alerts()
        self.relay: Relay | None = None
        self.started_at: datetime = now()
        self._started = time.monotonic()
        self._disk_free: deque[tuple[float, int]] = deque(maxlen=120)
        self._database_errors: deque[tuple[float, dict[str, int]]] = deque(
            [(time.monotonic(), database_error_counts())]
        )
        self._point_at = float("-inf")

    def share_through(self, relay: Relay) -> None:
        """Shares snapshots through the relay, because the page of each worker shows the metrics of all."""
        self.relay = relay
        relay.share_metrics(self.snapshot)

    def check(self) -> tuple[list[Alert], list[Alert]]:
        """(alerts that begin, alerts that end), after logging them."""
        self.growth.take()
        self._record_disk_space()
        self._record_database_errors()
        measurements = self.measure()
        begun, ended = self.alerts.check(measurements)
        for one in begun:
            fields = {"event": "warning begins", "warning": one.key, "priority": one.priority}
            log.warning("%s. %s", one.title, one.message, extra={FIELDS: fields})
        for one in ended:
            log.warning("It is over: %s", one.title, extra={FIELDS: {"event": "warning ends", "warning": one.key}})
        if time.monotonic() - self._point_at >= POINT_EVERY - 0.5:
            slowest = max((number for _, number in metrics.DELIVERED.since(POINT_EVERY)), default=0.0)
            self.history.add(self.merged_snapshot(), slowest)
            self._point_at = time.monotonic()
        return begun, ended

    def measure(self) -> Measurements:
        minute = self.growth.over(MINUTE)
        jump, slept = self.clocks.recent(JUMP_SECONDS)
        refusals = [name.rpartition(" ")[::2] for name, _ in metrics.REFUSALS.since(MINUTE)]
        refused_most = most_of([address for address, _ in refusals])
        busiest, busiest_with, busiest_seconds, busiest_count = metrics.CPU_TIME.most()
        wrong = [address for address, _ in metrics.WRONG_SIGN_INS.since(FIVE_MINUTES)]
        return Measurements(
            watching=self.watching(),
            lost=minute.lost,
            slow_clients=minute.slow,
            refused=minute.refused,
            refused_most=refused_most,
            refused_for=most_of([why for address, why in refusals if address == refused_most[0]])[0],
            busiest=busiest,
            busiest_with=busiest_with,
            busiest_seconds=busiest_seconds,
            busiest_count=busiest_count,
            wrong_sign_ins=len(wrong),
            sign_ins_from=most_of(wrong)[0],
            failed=max(0, minute.failed - minute.trouble),
            unreadable=minute.unreadable,
            trouble=self._recent_database_errors(),
            slowest_delivery=max((number for _, number in metrics.DELIVERED.since(MINUTE)), default=0.0),
            longest_delay=max((number for _, number in metrics.DELAYS.since(MINUTE)), default=0.0),
            disk_free=self._disk_free[-1][1] if self._disk_free else None,
            disk_lasts=self._seconds_until_disk_full(),
            memory_free=system.free_memory_bytes(),
            files=system.files(),
            clock_jump=jump,
            slept=slept,
            redis=self.relay.is_connected if self.relay else None,
        )

    def snapshot(self) -> Snapshot:
        """The metrics of this process alone, for the page and for the other workers."""
        return snapshot(
            self.growth,
            watching=self.watching(),
            memory=system.memory_bytes(),
            name=self.name,
            mode=self.mode,
            started_at=stamp(self.started_at),
            up=round(time.monotonic() - self._started),
            disk=self._disk_free[-1][1] if self._disk_free else system.free_disk_bytes(self.data_dir),
            files=system.files(),
            warnings=[as_row(one, time.monotonic()) for one in self.alerts.active],
        )

    def merged_snapshot(self) -> Snapshot:
        """The metrics of all workers together."""
        return merged([self.snapshot(), *(self.relay.metrics_of_others() if self.relay else [])])

    @staticmethod
    def watching() -> int:
        """The latest count of spectators: a new count would go through every connection."""
        counted = presence.last_local_count()
        return counted.total if counted else 0

    def _record_disk_space(self) -> None:
        free = system.free_disk_bytes(self.data_dir)
        if free is not None:
            self._disk_free.append((time.monotonic(), free))

    def _seconds_until_disk_full(self) -> float | None:
        """Seconds until the disk is full at the rate of the last minutes; None if less than 1 MB was used up."""
        if len(self._disk_free) < 2:
            return None
        (then, before), (at, free) = self._disk_free[0], self._disk_free[-1]
        used = before - free
        if used < 1_000_000 or at <= then:
            return None
        return free * (at - then) / used

    def _record_database_errors(self) -> None:
        self._database_errors.append((time.monotonic(), database_error_counts()))
        while len(self._database_errors) > 2 and self._database_errors[1][0] < time.monotonic() - MINUTE:
            self._database_errors.popleft()

    def _recent_database_errors(self) -> dict[str, int]:
        first = self._database_errors[0][1]
        return {why: number - first.get(why, 0) for why, number in self._database_errors[-1][1].items()}


def database_error_counts() -> dict[str, int]:
    return {labels[0]: number for labels, number in by_labels(metrics.DATABASE_TROUBLE).items()}
