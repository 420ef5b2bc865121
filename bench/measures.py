"""One measurement: a fresh server, whose work without clients and with one is told apart from what each more costs."""

from dataclasses import dataclass, fields
from statistics import median

from bench.contenders import Contender
from bench.fan_client import play
from bench.league import League
from bench.servers import Measured

WARMING_ROUNDS = 3


@dataclass(frozen=True)
class Measure:
    """The figures of one run, or the medians of several. Times are the server's processor time, or a screen's."""

    clients: int
    held: float
    lost: float
    save_ms: float  # a trigger that nobody follows: for Timely a request, a commit, and that is all
    one_ms: float  # the same with one follower: the message is made as well
    delivery_us: float  # each further client that it reaches, in the middle one of the rounds
    whole_us: float  # everything of all rounds, heartbeats and collected garbage too, shared among the deliveries
    first_ms: float  # from the trigger to the first screen
    last_ms: float  # and to the last
    kb_each: float
    connect_ms: float  # of the processor's time, for each client
    message_bytes: float

    @property
    def spread_ms(self) -> float:
        """Seconds from the first screen to the last."""
        return self.last_ms - self.first_ms


def measure(contender: Contender, league: League, clients: int, rounds: int) -> Measure:
    """Raises workshop.Missing, or RuntimeError if the server could not do it."""
    with contender.make(league) as server:
        return taken(server, contender.mode, clients, rounds)


def taken(server: Measured, mode: str, clients: int, rounds: int) -> Measure:
    """Of a server that runs."""
    play(server, mode, 1, WARMING_ROUNDS)
    nobody = play(server, mode, 0, rounds)
    one = play(server, mode, 1, rounds)
    all_ = play(server, mode, clients, rounds)
    if not one.deliveries or not all_.deliveries:
        raise RuntimeError("nothing arrived")
    return Measure(
        clients=clients,
        held=min(all_.held, all_.still),
        lost=all_.lost,
        save_ms=nobody.cpu_round_ms,
        one_ms=one.cpu_round_ms,
        delivery_us=(all_.cpu_round_ms - one.cpu_round_ms) * 1e3 / max(1, all_.still - 1),
        whole_us=all_.cpu_s / all_.deliveries * 1e6,
        first_ms=all_.first_ms,
        last_ms=all_.last_ms,
        kb_each=(all_.kb_after - all_.kb_before) / clients,
        connect_ms=all_.connect_cpu_s / clients * 1e3,
        message_bytes=all_.message_bytes,
    )


def middle(runs: list[Measure]) -> Measure:
    """The median of each figure; but the fewest clients held, and the most messages lost, of all runs."""
    found = {field.name: median(getattr(run, field.name) for run in runs) for field in fields(Measure)}
    found |= {"clients": runs[0].clients}
    return Measure(**found | {"held": min(run.held for run in runs), "lost": max(run.lost for run in runs)})
