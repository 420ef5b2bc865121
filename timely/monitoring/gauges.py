"""Prometheus collector of what is measured when asked; other metrics are counted where they occur."""

from collections.abc import Iterable, Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from timely.live import presence
from timely.monitoring.alert_rules import RULES
from timely.monitoring.monitor import Monitor


class OfTheMoment(Collector):
    """Uses the latest count of spectators: nothing here goes through every connection."""

    def __init__(self, watchman: Monitor) -> None:
        self.watchman = watchman

    def collect(self) -> Iterator[Metric]:
        shown = self.watchman.snapshot()
        yield gauge("timely_up_seconds", "How long this process has been running.", shown["up"])
        yield lines("timely_server", "1, with the mode of this server.", "mode", [(shown["mode"], 1)])
        if shown["disk"] is not None:
            yield gauge("timely_disk_free_bytes", "Room left on the disk of the data folder.", shown["disk"])
        yield from self._watching()
        standing = {one["key"] for one in shown["warnings"]}
        warned = [(rule.key, float(rule.key in standing)) for rule in RULES]
        yield lines("timely_warning", "1 while the organiser is warned of it.", "key", warned)

    def _watching(self) -> Iterator[Metric]:
        counted = presence.last_local_count()
        by_transport = counted.by_transport if counted else {}
        by_page = counted.by_page if counted else {}
        yield lines(
            "timely_watching",
            "Spectators by pipe.",
            "pipe",
            [(pipe, by_transport.get(pipe, 0)) for pipe in presence.TRANSPORTS],
        )
        pages = [(page, by_page.get(page, 0)) for page in presence.PAGES]
        yield lines("timely_watching_page", "Spectators by page.", "page", [*pages, ("other", by_page.get("", 0))])


def gauge(name: str, meaning: str, number: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=number)


def lines(name: str, meaning: str, label: str, numbers: Iterable[tuple[str, float]]) -> Metric:
    """One metric with a sample for each value of its label."""
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for value, number in numbers:
        family.add_metric([value], float(number))
    return family
