"""One server for the tests of a module, on a disk whose faults the tests switch on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import Server
from tests.safety.faults import Faults, build
from tests.safety.league_server import LeagueServer


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="module")
def failing(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LeagueServer, Faults]]:
    folder = tmp_path_factory.mktemp("failing")
    data_dir = folder / "data"
    data_dir.mkdir()
    faults = Faults(library, folder / "faults", data_dir)
    with Server(data_dir, **faults.environ) as server:
        yield LeagueServer(server), faults


@pytest.fixture
def league_server(failing: tuple[LeagueServer, Faults]) -> LeagueServer:
    return failing[0]


@pytest.fixture
def faults(failing: tuple[LeagueServer, Faults]) -> Iterator[Faults]:
    """All is well again afterwards."""
    yield failing[1]
    failing[1].mend()
