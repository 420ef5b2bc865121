"""A server of their own for the hostile clients, and somebody who only wants to see the results."""

from collections.abc import Iterator

import pytest

from tests.browser.server import Server
from tests.limits.bystander import Bystander
from tests.transports.conftest import Hall


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    data_dir = tmp_path_factory.mktemp("guards") / "data"
    data_dir.mkdir()
    with Server(data_dir) as server:
        hall = Hall(server)
        yield hall
        hall.close_clients()


@pytest.fixture
def bystander(besieged: Hall) -> Iterator[Bystander]:
    yield Bystander(besieged)
    besieged.close_clients()
