"""From the form's POST to the last of a thousand screens, and whose share is which.

    .venv/bin/python -m bench.whole_way [--clients 1000] [--rounds 60]

A league of 20 teams. Each round an organiser enters the result of another game on the desk, with cookie and token;
the clients follow the results over Socket.IO's WebSocket. What the server does in it, it times itself (`/metrics`).
"""

import argparse
import re
from dataclasses import dataclass
from typing import Any
from urllib.request import urlopen

from bench.limits import raise_file_limit
from bench.season import GAMES_TO_PLAY, season
from tests.browser.server import Server

# Of one series of the figures: how long it took in all, and how often.
SUM = re.compile(r"^timely_(\w+)_seconds_(sum|count)(?:\{([^}]*)\})? (\S+)$", re.M)


@dataclass(frozen=True)
class Part:
    """*name* in words, and the series of the figures that times it: {metric, labels}."""

    name: str
    metric: str
    label: str


PARTS = (
    Part("the request: form, rules, what it leads to", "request", 'kind="page",status="3xx"'),
    Part("  of it: the commit, on disk", "commit", ""),
    Part("from the commit to the message's turn", "telling", 'part="wait"'),
    Part("  of it: the look for what is new", "telling", 'part="look"'),
    Part("building the message, with the table", "telling", 'part="build"'),
    Part("handing it to all sockets", "telling", 'part="hand_out"'),
)


def main() -> None:
    options = argparse.ArgumentParser(description="Form to last screen, in milliseconds.")
    options.add_argument("--clients", type=int, default=1000)
    rounds = range(1, GAMES_TO_PLAY + 1)
    options.add_argument("--rounds", type=int, default=60, choices=rounds, metavar=f"1-{GAMES_TO_PLAY}")
    asked = options.parse_args()
    raise_file_limit()
    seen, shares = measure(asked.clients, asked.rounds)
    print(f"{seen['held']} screens held, {seen['lost']} deliveries lost, a message of {seen['message_bytes']:,} bytes")
    print(f"{'form POST to …, ms':46}{'median':>9}{'p99':>9}")
    print(f"{'any screen':46}{seen['p50_ms']:9.1f}{seen['p99_ms']:9.1f}")
    print(f"{'the last screen':46}{seen['last_ms']:9.1f}{seen['last_p99_ms']:9.1f}")
    print(f"{'whose share, ms in the mean of the rounds':46}")
    for part in PARTS:
        print(f"{part.name:46}{shares[part]:9.2f}")
    known = sum(shares[part] for part in PARTS if not part.name.startswith(" "))
    print(f"{'network, screens, and what stands in between':46}{seen['last_ms'] - known:9.2f}")


def measure(clients: int, rounds: int) -> tuple[dict[str, Any], dict[Part, float]]:
    """(what fan saw, milliseconds of each part in the mean)."""
    with season() as one, one.served() as server:
        trigger = one.save_by_form(server.port)
        before = timed(server)
        seen = one.play(server, trigger, clients, rounds)
        after = timed(server)
    return seen, {part: share(part, before, after, rounds) for part in PARTS}


def timed(server: Server) -> dict[tuple[str, str, str], float]:
    """{(metric, "sum" or "count", labels): value}, as the server counts itself."""
    with urlopen(server.url("/metrics"), timeout=10) as answer:
        text = answer.read().decode()
    return {(name, what, labels): float(value) for name, what, labels, value in SUM.findall(text)}


def share(part: Part, before: dict[Any, float], after: dict[Any, float], rounds: int) -> float:
    """Milliseconds of each time that it was done; a message is built once for each round."""
    spent, times = (
        after.get((part.metric, what, part.label), 0.0) - before.get((part.metric, what, part.label), 0.0)
        for what in ("sum", "count")
    )
    return spent * 1000 / (times or rounds)


if __name__ == "__main__":
    main()
