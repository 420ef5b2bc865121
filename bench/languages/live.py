"""One result, told to as many clients in one, two and three languages: processor time of the server, the last screen.

All are measured on one server, in turns, so that a busy minute is not that of one number of languages alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from urllib.request import urlopen

from bench.fan_client import play
from bench.league import League
from bench.measures import WARMING_ROUNDS
from bench.servers import Timely, subscription
from bench.whole_way import Part, share, timed

CODES = ("en", "de", "fr")
TITLES = {"sio": "Socket.IO", "sse": "event stream"}
BUILD, HAND_OUT = Part("build", "telling", 'part="build"'), Part("hand out", "telling", 'part="hand_out"')
MESSAGES = "timely_messages_total"
HEAD = (
    f"{'transport':14}{'clients':>8}{'languages':>10}{'held':>6}{'lost':>6}{'built':>7}{'result':>8}{'build':>7}"
    f"{'hand out':>9}{'last':>7}{'each more':>10}{'times':>7}"
)


class InLanguages(Timely):
    """Its clients ask for the languages of *codes* in turn."""

    codes: Sequence[str] = CODES

    def subscribe(self, mode: str) -> str:
        """One subscription for each language, with line ends between them."""
        return "\n".join(self.subscription_in(mode, code) for code in self.codes)

    def subscription_in(self, mode: str, code: str) -> str:
        said = subscription(mode, self.league.event_id, {**self.follows, "lang": code})
        return said if mode == "sio" else f"{said}{'&' if '?' in said else '?'}lang={code}"


@dataclass
class Row:
    """Figures of several runs of one number of languages. Times are in ms for each saved result.

    *built* is how many messages the server has made for a result.
    """

    mode: str
    clients: int
    languages: int
    held: list[float] = field(default_factory=list)
    lost: list[float] = field(default_factory=list)
    built: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    build_ms: list[float] = field(default_factory=list)
    hand_out_ms: list[float] = field(default_factory=list)
    last_ms: list[float] = field(default_factory=list)

    def line(self, alone: "Row") -> str:
        """Beside the row with one language; of several runs the fewest held, and the most lost."""
        cpu, cpu_alone = median(self.cpu_ms), median(alone.cpu_ms)
        more = f"{'':10}{'':7}"
        if self.languages > 1:
            more = f"{(cpu - cpu_alone) / (self.languages - 1):10.2f}{cpu / (cpu_alone or float('nan')):7.2f}"
        return (
            f"{TITLES[self.mode]:14}{self.clients:8}{self.languages:10}{min(self.held):6.0f}{max(self.lost):6.0f}"
            f"{median(self.built):7.1f}{cpu:8.2f}{median(self.build_ms):7.2f}{median(self.hand_out_ms):9.2f}"
            f"{median(self.last_ms):7.1f}{more}"
        )


def measure(league: League, clients: Mapping[str, int], runs: int, rounds: int) -> list[Row]:
    """*clients* are as many of each transport, as fan.c names it. Raises RuntimeError if a message was not made."""
    rows = [Row(mode, number, many) for mode, number in clients.items() for many in range(1, len(CODES) + 1)]
    for mode, number in clients.items():
        with InLanguages(league) as server:
            for many in range(len(CODES), 0, -1):
                server.codes = CODES[:many]
                play(server, mode, many, WARMING_ROUNDS)
            for _ in range(runs):
                for row in (row for row in rows if row.mode == mode):
                    server.codes = CODES[: row.languages]
                    note(row, server, number, rounds)
    return rows


def note(row: Row, server: InLanguages, clients: int, rounds: int) -> None:
    assert server.server is not None
    before, built_before = timed(server.server), built(server)
    seen = play(server, row.mode, clients, rounds)
    after, built_after = timed(server.server), built(server)
    row.held.append(min(seen.held, seen.still))
    row.lost.append(seen.lost)
    row.built.append((built_after - built_before) / rounds)
    row.cpu_ms.append(seen.cpu_round_ms)
    row.build_ms.append(share(BUILD, before, after, rounds))
    row.hand_out_ms.append(share(HAND_OUT, before, after, rounds))
    row.last_ms.append(seen.last_ms)
    if row.built[-1] < min(row.languages, clients):
        raise RuntimeError(f"{row.built[-1]} messages for a result in {row.languages} languages")


def built(server: InLanguages) -> float:
    """How many messages of the results the server has made."""
    with urlopen(server.url("/metrics"), timeout=10) as answer:
        text = answer.read().decode()
    found = [line for line in text.splitlines() if line.startswith(f'{MESSAGES}{{type="results_update"}}')]
    return float(found[0].split()[-1]) if found else 0.0


def table(rows: Sequence[Row]) -> list[str]:
    alone = {row.mode: row for row in rows if row.languages == 1}
    return [HEAD, *(row.line(alone[row.mode]) for row in rows)]
