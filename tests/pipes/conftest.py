"""A real server on eventlet for the contract suite, and what the suite does to it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.server import ROOT, Server
from tests.conftest import LEAGUE
from tests.pipes.clients import EVERY_PIPE, NODE, Client, NodeSocketIo

ORGANISER = "Olga"


class Hall:
    """A server with a league on it; saves results and opens clients."""

    def __init__(self, server: Server):
        self.server = server
        server.add_person("Ada", "administrator")
        self.token = server.token_of("Ada")
        self.clients: list[Client] = []

    def new_league(self, **changed: Any) -> int:
        """The id of a new public league of four teams."""
        return self.server.import_event({**LEAGUE, **changed})[0]

    def fixtures(self, event_id: int) -> list[int]:
        found = self.server.call("GET", f"/api/events/{event_id}/schedule/", token=self.token)
        return [fixture["id"] for fixture in found["fixtures"]]

    def save(self, fixture_id: int, home: int, away: int) -> dict[str, Any]:
        body = {"home_score": home, "away_score": away, "reason": "again"}
        answer: dict[str, Any] = self.server.call("PUT", f"/api/fixtures/{fixture_id}/result/", body, self.token)
        return answer

    def withdraw(self, event_id: int) -> None:
        """Makes the event private, as its form does, in another process."""
        words = ["-m", "tests.pipes.withdraw", str(event_id)]
        subprocess.run([sys.executable, *words], cwd=ROOT, env=self.server.environ, check=True, timeout=30)

    def read(self, event_id: int, part: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.server.call("GET", f"/api/events/{event_id}/{part}", token=self.token)
        return answer

    def open(
        self,
        pipe: type[Client],
        event_id: int,
        topics: list[str] | None = None,
        have: dict[str, int] | None = None,
        epoch: str = "",
        key: str = "",
    ) -> Client:
        client = pipe(self.server.url().rstrip("/"))
        self.clients.append(client)
        client.start(event_id, topics or [], have or {}, epoch, key)
        return client

    def close_clients(self) -> None:
        for client in self.clients:
            client.stop()
        self.clients.clear()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data_dir = tmp_path_factory.mktemp("pipes") / "data"
    data_dir.mkdir()
    with Server(data_dir) as server:
        yield server


@pytest.fixture(scope="session")
def one_hall(server: Server) -> Hall:
    return Hall(server)


@pytest.fixture
def hall(one_hall: Hall) -> Iterator[Hall]:
    yield one_hall
    one_hall.close_clients()


@pytest.fixture(scope="session")
def node() -> None:
    """The clients that npm has; installed once. Where there is no node the test says so, in CI it fails."""
    missing = ""
    if not shutil.which("node") or not shutil.which("npm"):
        missing = "node and npm are not installed"
    elif not (NODE / "node_modules" / "ws").is_dir():
        install = ["npm", "install", "--no-audit", "--no-fund", "--silent"]
        done = subprocess.run(install, cwd=NODE, capture_output=True, text=True, check=False)
        missing = "" if done.returncode == 0 else f"npm install failed: {done.stderr[-300:]}"
    if missing:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)


@pytest.fixture(params=EVERY_PIPE, ids=lambda pipe: pipe.pipe)
def pipe(request: pytest.FixtureRequest) -> type[Client]:
    chosen: type[Client] = request.param
    if issubclass(chosen, NodeSocketIo):
        request.getfixturevalue("node")
    return chosen
