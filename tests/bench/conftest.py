"""The league that the benches of the load client share, and where they can run at all."""

import shutil
import sys
from collections.abc import Iterator

import pytest

from bench.league import League, league

OF_THE_LOAD_CLIENT = ("test_fanout.py", "test_languages.py", "test_storm.py", "test_workers.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "bench" and item.path.name in OF_THE_LOAD_CLIENT:
            item.add_marker(pytest.mark.skipif(sys.platform != "linux", reason="the load client is made for Linux"))
            item.add_marker(pytest.mark.skipif(not shutil.which("cc"), reason="the load client needs a C compiler"))


@pytest.fixture(scope="module")
def one() -> Iterator[League]:
    with league() as made:
        yield made
