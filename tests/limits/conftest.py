"""A server for the tests of attacks, and a normal client of it."""

from collections.abc import Iterator

import pytest

from tests.browser.server import Server
from tests.limits.bystander import Bystander
from tests.transports.conftest import LeagueServer


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LeagueServer]:
    data_dir = tmp_path_factory.mktemp("guards") / "data"
    data_dir.mkdir()
    with Server(data_dir) as server:
        league_server = LeagueServer(server)
        yield league_server
        league_server.close_clients()


@pytest.fixture
def bystander(besieged: LeagueServer) -> Iterator[Bystander]:
    yield Bystander(besieged)
    besieged.close_clients()
