"""Distribution of the tests among pytest-xdist's workers: how many, which stay together, which are begun first."""

import math
import os
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# Some tests wait and others compute, so that two processors do three at a time. With many more workers than that, pages
# would wait longer for their browsers than the protocol lets them wait for the server.
EACH = 1.5

HEARTBEATS = "tests/transports/test_contract.py::test_heartbeats"
# All by one worker: they share eight browsers, clients that listen side by side, a larger set-up of servers.
TOGETHER = ("tests/engines/", HEARTBEATS, "tests/large/")
# Each by itself, wherever there is time; the tests of any other file stay together.
APART = ("tests/browser/test_transport_ladder.py", "tests/browser/test_embed.py", "tests/transports/test_contract.py")
# Begun first, in this order, so that nobody is left alone with them at the end.
FIRST = (HEARTBEATS, "tests/large/", "tests/browser/test_transport_ladder.py", "tests/browser/", "tests/transports/")
# When nearly all else is done: eight browsers keep a computer busy, and another's page would wait too long for answers.
LAST = ("tests/engines/",)


def company(name: str) -> str:
    """What tests have in common that one worker runs one after the other."""
    for beginning in TOGETHER:
        if name.startswith(beginning):
            return beginning
    return name if name.startswith(APART) else name.split("::")[0]


def place(name: str) -> int:
    if name.startswith(LAST):
        return len(FIRST) + 1
    return next((at for at, beginning in enumerate(FIRST) if name.startswith(beginning)), len(FIRST))


class Sharing(LoadScopeScheduling):
    """As xdist does it, with our companies."""

    def _split_scope(self, nodeid: str) -> str:
        return company(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    return math.ceil(EACH * (os.cpu_count() or 1))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    config.option.loadscopereorder = False  # else the company with the most tests would be first
    return Sharing(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: place(item.nodeid))
