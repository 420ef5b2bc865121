"""Attacks on the real server: other clients are served meanwhile, at little cost, and nothing is left over."""

import os
import time

import pytest

from bench.leagues import large_event
from tests.limits import (  # noqa: F401  (modules that register attacks)
    greedy,
    http_attacks,
    raw_client,
    socketio_attacks,
    swarms,
    websocket_attacks,
)
from tests.limits.attacks import ATTACKS, Target
from tests.limits.bystander import Bystander, Felt, memory, open_files
from tests.transports.conftest import LeagueServer

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="memory is read as Linux tells it")

# Generous: the tests share the computer with others. What it really costs is what bench.guards prints.
MOST_KB = 80_000
PATIENCE_SECONDS = 10.0
MOST_GROWN_KB = 8_000
FEW = 5  # files: what a page or a save has open at the moment
GREEDY = "300 sockets that subscribe again and again and never read"


@pytest.fixture(scope="module")
def large_id(besieged: LeagueServer) -> int:
    """The id of an event with 500 games, whose snapshots are large."""
    return besieged.server.import_event(large_event())[0]


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_costs_little_and_delays_no_client(
    besieged: LeagueServer, bystander: Bystander, large_id: int, name: str
) -> None:
    process = besieged.server.process
    assert process
    before, said, felt = memory(process.pid), told(besieged), Felt()
    clients = ATTACKS[name](Target(besieged.server.port, bystander.event_id, large_id=large_id))
    try:
        bystander.look(felt)
        bystander.look(felt)
        cost = memory(process.pid) - before
    finally:
        raw_client.close_all(clients)
    assert process.poll() is None
    assert max(felt.updates) < PATIENCE_SECONDS
    assert max(felt.pages) < PATIENCE_SECONDS
    assert cost < MOST_KB
    bystander.look(felt)
    time.sleep(0.1)
    assert told(besieged).removeprefix(said) == ""


def test_a_second_attack_takes_no_more_than_the_first(
    besieged: LeagueServer, bystander: Bystander, large_id: int
) -> None:
    process = besieged.server.process
    assert process
    held = []
    for _ in range(3):
        files = open_files(process.pid)
        raw_client.close_all(ATTACKS[GREEDY](Target(besieged.server.port, bystander.event_id, large_id=large_id)))
        give_up_at = time.monotonic() + 60
        while open_files(process.pid) > files + FEW:
            assert time.monotonic() < give_up_at, "those who have gone are still held"
            bystander.look(Felt())
        held.append(memory(process.pid))
    assert held[-1] - held[0] < MOST_GROWN_KB


def told(league_server: LeagueServer) -> str:
    """The lines of terminal and log about the attack; malformed input alone must not fill them."""
    logs = [path.read_text("utf-8", "replace") for path in league_server.server.data_dir.glob("*.log")]
    lines = [*league_server.server.printed().splitlines(), *"\n".join(logs).splitlines()]
    return "".join(f"{line}\n" for line in lines if "Traceback" in line or "ERROR" in line or "Error" in line)
