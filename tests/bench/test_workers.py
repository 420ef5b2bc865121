"""The bench of several workers, with few clients: both of them have their share, and nobody misses anything."""

import shutil
import sys

import pytest

from bench import workers
from tests import postgres
from tests.large import redis_server

CLIENTS, ROUNDS = 10, 2

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the load client is made for Linux"),
    pytest.mark.skipif(not shutil.which("cc"), reason="the load client needs a C compiler"),
]


def test_two_workers_tell_everybody():
    postgres.require()
    redis_server.require()
    seen = workers.measure(2, CLIENTS, ROUNDS)
    assert (seen.held, seen.lost) == (CLIENTS, 0)
    assert seen.last_ms >= seen.first_ms > 0
    assert workers.row(2, seen).split()[:4] == ["2", str(CLIENTS), str(CLIENTS), "0"]
