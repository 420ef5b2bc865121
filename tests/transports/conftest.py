"""Real servers for the contract tests, one in each mode, and the actions of the tests on them."""

from collections.abc import Iterator
from typing import Any

import pytest

from config import ASYNC_MODES
from tests import modes, npm
from tests.browser.server import Server
from tests.conftest import LEAGUE
from tests.transports.client import Client
from tests.transports.clients import ALL_CLIENTS
from tests.transports.node_clients import NODE, NodeSocketIo

ORGANISER = "Olga"


class LeagueServer:
    """A server with a league on it; saves results and opens clients."""

    def __init__(self, server: Server):
        self.server = server
        self.base = server.url().rstrip("/")
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
        self.server.ask_clerk("tests.transports.withdraw", str(event_id))

    def read(self, event_id: int, part: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.server.call("GET", f"/api/events/{event_id}/{part}", token=self.token)
        return answer

    def open(
        self,
        client_class: type[Client],
        event_id: int,
        topics: list[str] | None = None,
        have: dict[str, int] | None = None,
        epoch: str = "",
        key: str = "",
    ) -> Client:
        client = client_class(self.base)
        self.clients.append(client)
        client.start(event_id, topics or [], have or {}, epoch, key)
        return client

    def close_clients(self) -> None:
        for client in self.clients:
            client.stop()
        self.clients.clear()


@pytest.fixture(scope="module", params=ASYNC_MODES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    modes.require(request.param)
    data_dir = tmp_path_factory.mktemp("pipes") / "data"
    data_dir.mkdir()
    with Server(data_dir, TIMELY_ASYNC_MODE=request.param) as server:
        yield server


@pytest.fixture(scope="module")
def shared_server(server: Server) -> LeagueServer:
    return LeagueServer(server)


@pytest.fixture
def league_server(shared_server: LeagueServer) -> Iterator[LeagueServer]:
    yield shared_server
    shared_server.close_clients()


@pytest.fixture(scope="module")
def listening(shared_server: LeagueServer) -> Iterator[dict[str, Client]]:
    """{transport: its client}, all opened at the same time, because heartbeats are ten seconds apart."""
    here = [
        client_class
        for client_class in ALL_CLIENTS
        if not (issubclass(client_class, NodeSocketIo) and npm.missing(NODE))
    ]
    event_id = shared_server.new_league()
    opened = {client_class.transport: client_class(shared_server.base) for client_class in here}
    for client in opened.values():
        client.start(event_id, ["results"], {}, "", "")
    yield opened
    for client in opened.values():
        client.stop()


@pytest.fixture(params=ALL_CLIENTS, ids=lambda client_class: client_class.transport)
def client_class(request: pytest.FixtureRequest) -> type[Client]:
    chosen: type[Client] = request.param
    if issubclass(chosen, NodeSocketIo):
        npm.require(NODE)
    return chosen
