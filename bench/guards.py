"""Cost of each attack to the server, and the delay that another client has meanwhile.

    .venv/bin/python -m bench.guards [--scale 1] [--only WORD] [--mode eventlet]

Starts a server of its own on this computer and attacks that alone. Linux tells what a process takes; others do not.
"""

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.leagues import large_event
from config import ASYNC_MODES
from tests.browser.server import Server
from tests.limits import (  # noqa: F401  (modules that register attacks)
    greedy,
    http_attacks,
    raw_client,
    socketio_attacks,
    swarms,
    websocket_attacks,
)
from tests.limits.attacks import ATTACKS, Target
from tests.limits.bystander import Bystander, Felt, forget_peak, memory, peak, processor_seconds
from tests.transports.conftest import LeagueServer

HEAD = ("attack", "seconds", "CPU s", "MB peak", "MB left")
FELT = tuple(f"{one} ms" for kind in ("update", "page", "save") for one in (kind, f"worst {kind}"))
LOOKS = 10
GIVEN_BACK = 2  # seconds after the attack


def main() -> None:
    options = argparse.ArgumentParser(description="What attacks cost, and what others feel of them.")
    options.add_argument("--scale", type=int, default=1, choices=range(1, 21), metavar="1-20")
    options.add_argument("--only", default="", help="attacks with this word in their name")
    options.add_argument("--mode", default="eventlet", choices=ASYNC_MODES)
    chosen = options.parse_args()
    print("| " + " | ".join(HEAD + FELT) + " |\n|" + "---|" * len(HEAD + FELT), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        with Server(data_dir, TIMELY_ASYNC_MODE=chosen.mode) as server:
            league_server = LeagueServer(server)
            large_id = server.import_event(large_event())[0]
            print(line("nothing (for comparison)", measure(league_server, large_id, "", chosen.scale)), flush=True)
            for name in ATTACKS:
                if chosen.only in name:
                    print(line(name, measure(league_server, large_id, name, chosen.scale)), flush=True)
            league_server.close_clients()


def measure(league_server: LeagueServer, large_id: int, name: str, scale: int) -> list[str]:
    """The cells of one line: what the attack took of the server, and what a bystander felt while it held on."""
    assert league_server.server.process
    pid, bystander, felt = league_server.server.process.pid, Bystander(league_server), Felt()
    bystander.look(Felt())
    began, processor, before = time.monotonic(), processor_seconds(pid), memory(pid)
    forget_peak(pid)
    clients = ATTACKS[name](Target(league_server.server.port, bystander.event_id, scale, large_id)) if name else []
    seconds = time.monotonic() - began
    for _ in range(LOOKS):
        bystander.look(felt)
    # With the bystander's own, which stands in the first line: what was sent may be read long after it.
    spent, more = processor_seconds(pid) - processor, peak(pid) - before
    raw_client.close_all(clients)
    league_server.close_clients()
    time.sleep(GIVEN_BACK)
    left = memory(pid) - before
    times = [
        f"{one * 1000:.0f}" for some in (felt.updates, felt.pages, felt.saves) for one in (median(some), max(some))
    ]  # fmt: skip
    return [f"{seconds:.1f}", f"{spent:.2f}", f"{more / 1024:.1f}", f"{left / 1024:.1f}", *times]


def line(name: str, cells: list[str]) -> str:
    return "| " + " | ".join([name, *cells]) + " |"


if __name__ == "__main__":
    main()
