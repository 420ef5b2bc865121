"""A hall that comes back: processor time of the server for each client that connects and is sent a snapshot."""

from bench.before_after.figure import Figure
from bench.before_after.trees import Trees
from bench.season import Season, fan, season
from tests.browser.server import Server

TITLE = "4: a hall that comes back, 1,000 clients of each transport, league of 20 in mid-season"
CLIENTS = 1_000
MODES = {
    "sio": "Socket.IO on WebSocket",
    "poll": "Socket.IO on long-polling",
    "sse": "event stream",
    "ws": "plain WebSocket",
    "xhr": "plain polling",
}


def measure(trees: Trees, runs: int) -> list[Figure]:
    """The median of the runs; every server is a fresh one."""
    connects = {mode: Figure(f"{title}: connect with snapshot", "ms", most_times=0.6) for mode, title in MODES.items()}
    with season(trees.before) as one:
        for _ in range(runs):
            for mode, figure in connects.items():
                for root in trees:
                    with one.served(root) as server:
                        found = connect_ms(one, server, mode)
                    (figure.before if root == trees.before else figure.after).append(found)
    return list(connects.values())


def connect_ms(one: Season, server: Server, mode: str) -> float:
    """For each of the clients, until all have their snapshots. Raises RuntimeError if one is not let in."""
    fan(server, one.event_id, 1, 0, "", mode)  # what only the first client of a server costs
    seen = fan(server, one.event_id, CLIENTS, 0, "", mode)
    if seen["held"] != CLIENTS:
        raise RuntimeError(f"{seen['held']} of {CLIENTS} clients were let in")
    return float(seen["connect_cpu_s"]) / CLIENTS * 1e3
