"""Normal client during an attack: measures how long an update and a page take."""

import itertools
import os
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.transports.clients import SocketIo
from tests.transports.conftest import LeagueServer

NUMBERS = itertools.count(1)


@dataclass
class Felt:
    """Seconds, each time it was tried."""

    updates: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)


class Bystander:
    """Follows an event on a WebSocket; saves a result of it now and then and waits until it is on the page."""

    def __init__(self, league_server: LeagueServer):
        self.league_server = league_server
        self.event_id = league_server.new_league()
        self.fixture_id = league_server.fixtures(self.event_id)[0]
        self.client = league_server.open(SocketIo, self.event_id, ["results"])
        self.topic = f"event_{self.event_id}_results"
        self.client.until(self.topic, 1)

    def look(self, felt: Felt) -> None:
        version = self.league_server.read(self.event_id, "leaderboard/")["version"]
        began = time.monotonic()
        self.league_server.save(self.fixture_id, next(NUMBERS) % 90, 0)
        felt.saves.append(time.monotonic() - began)
        self.client.until(self.topic, version + 1, within=20)
        felt.updates.append(time.monotonic() - began)
        began = time.monotonic()
        with urllib.request.urlopen(self.league_server.base + "/", timeout=20) as page:
            assert page.status == 200
            page.read()
        felt.pages.append(time.monotonic() - began)


def memory(pid: int) -> int:
    """The process's memory in kB, as much as is really there. Linux tells."""
    return _read_status(pid, "VmRSS:")


def peak(pid: int) -> int:
    """The most that it has been, in kB, since `forget_peak`."""
    return _read_status(pid, "VmHWM:")


def forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _read_status(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def open_files(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))
