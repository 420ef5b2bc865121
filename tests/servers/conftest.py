"""Each server in turn, and a small app on it."""

import pytest

from config import ASYNC_MODES
from tests import modes
from tests.servers.small_server import Small


@pytest.fixture(scope="module", params=ASYNC_MODES)
def mode(request):
    modes.require(request.param)
    return request.param


@pytest.fixture(scope="module")
def small(mode):
    server = Small(mode)
    yield server
    server.stop()
