"""Prometheus collector of what is measured when asked; other metrics are counted where they occur."""

from collections.abc import Iterable, Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from timely.live import presence
from timely.monitoring.alert_rules import RULES
from timely.monitoring.monitor import Monitor


class CurrentGauges(Collector):
    """Uses the latest count of spectators: nothing here goes through every connection."""

    def __init__(self, monitor: Monitor) -> None:
        self.monitor = monitor

    def collect(self) -> Iterator[Metric]:
        snapshot = self.monitor.snapshot()
        yield gauge("timely_up_seconds", "Seconds since this process started.", snapshot["up"])
        yield labelled_gauge(
            "timely_server", "Always 1; the label is the mode of this server.", "mode", [(snapshot["mode"], 1)]
        )
        if snapshot["disk"] is not None:
            yield gauge("timely_disk_free_bytes", "Free bytes on the disk of the data folder.", snapshot["disk"])
        yield from self._watching()
        active = {one["key"] for one in snapshot["warnings"]}
        active_by_rule = [(rule.key, float(rule.key in active)) for rule in RULES]
        yield labelled_gauge("timely_warning", "1 while the alert is active, else 0.", "key", active_by_rule)

    def _watching(self) -> Iterator[Metric]:
        counted = presence.last_local_count()
        by_transport = counted.by_transport if counted else {}
        by_page = counted.by_page if counted else {}
        yield labelled_gauge(
            "timely_watching",
            "Spectators by transport.",
            "pipe",
            [(transport, by_transport.get(transport, 0)) for transport in presence.TRANSPORTS],
        )
        pages = [(page, by_page.get(page, 0)) for page in presence.PAGES]
        yield labelled_gauge(
            "timely_watching_page", "Spectators by page.", "page", [*pages, ("other", by_page.get("", 0))]
        )


def gauge(name: str, meaning: str, number: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=number)


def labelled_gauge(name: str, meaning: str, label: str, numbers: Iterable[tuple[str, float]]) -> Metric:
    """One metric with a sample for each value of its label."""
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for value, number in numbers:
        family.add_metric([value], float(number))
    return family
