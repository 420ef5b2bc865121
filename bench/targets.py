"""Targets of the table: each a ratio between two of its rows, or a bound on one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.measures import Measure
from bench.table import verdict

Rows = Mapping[tuple[str, int], Measure]

# (row, the row that it is compared with, at most so many times its time for each delivery)
DELIVERY = (
    ("timely", "node", 0.5),
    ("timely", "bare", 1.5),
    ("timely", "plain", None),
    ("timely", "channels", None),
    ("timely", "timely-library", None),
    ("timely-polling", "plain-polling", 0.8),
    ("timely-stream", "plain", 0.6),
    ("timely-stream", "node", 1.0),
    ("timely-ws", "plain", 0.6),
    ("timely-gevent", "plain", None),
    ("timely-threading", "plain", None),
)
MOST_KB = {"timely": 35, "timely-stream": 45}
MOST_KB_FROM = 5_000
# From the smallest to the largest number of clients, for each: "close to straight".
MOST_GROWTH = 1.3


@dataclass(frozen=True)
class Verdict:
    """One line below the table; no limit is none that was promised."""

    what: str
    value: float
    limit: float | None

    @property
    def word(self) -> str:
        return "" if self.limit is None else verdict(self.value <= self.limit)


def verdicts(rows: Rows) -> list[Verdict]:
    """Of what was measured; a row that is not there is not judged."""
    return [*_deliveries(rows), *_screens(rows), *_held(rows), *_growth(rows)]


def _deliveries(rows: Rows) -> Iterator[Verdict]:
    for ours, theirs, limit in DELIVERY:
        for clients in _numbers(rows, ours):
            if other := rows.get((theirs, clients)):
                ratio = rows[ours, clients].delivery_us / max(other.delivery_us, 0.01)
                yield Verdict(f"processor per update, {ours} to {theirs}, {clients} clients", ratio, limit)


def _screens(rows: Rows) -> Iterator[Verdict]:
    for clients in _numbers(rows, "timely"):
        if other := rows.get(("node", clients)):
            ratio = rows["timely", clients].spread_ms / max(other.spread_ms, 0.01)
            yield Verdict(f"last screen after the first, timely to node, {clients} clients", ratio, 1.0)


def _held(rows: Rows) -> Iterator[Verdict]:
    for (key, clients), row in rows.items():
        if key.startswith("timely"):
            yield Verdict(f"clients and messages lost, {key}, {clients} clients", clients - row.held + row.lost, 0)
    for (key, clients), row in rows.items():
        if key in MOST_KB and clients >= MOST_KB_FROM:
            yield Verdict(f"kB for each client, {key}, {clients} clients", row.kb_each, MOST_KB[key])


def _growth(rows: Rows) -> Iterator[Verdict]:
    for key in ("timely", "timely-stream"):
        numbers = _numbers(rows, key)
        if len(numbers) > 1:
            few, many = rows[key, numbers[0]], rows[key, numbers[-1]]
            span = f"{key}, from {numbers[0]} to {numbers[-1]} clients"
            time = many.delivery_us / max(few.delivery_us, 0.01)
            memory = many.kb_each / max(few.kb_each, 0.01)
            yield Verdict(f"growth of the processor's time per update, {span}", time, MOST_GROWTH)
            yield Verdict(f"growth of the memory for each client, {span}", memory, MOST_GROWTH)


def _numbers(rows: Rows, key: str) -> list[int]:
    return sorted(clients for other, clients in rows if other == key)
