"""One server for the tests of a module, on a disk that fails when it is told to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import Server
from tests.safety.faults import Faults, build
from tests.safety.halls import Hall


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="module")
def failing(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hall, Faults]]:
    folder = tmp_path_factory.mktemp("failing")
    data_dir = folder / "data"
    data_dir.mkdir()
    faults = Faults(library, folder / "faults", data_dir)
    with Server(data_dir, **faults.environ) as server:
        yield Hall(server), faults


@pytest.fixture
def hall(failing: tuple[Hall, Faults]) -> Hall:
    return failing[0]


@pytest.fixture
def faults(failing: tuple[Hall, Faults]) -> Iterator[Faults]:
    """All is well again afterwards."""
    yield failing[1]
    failing[1].mend()
