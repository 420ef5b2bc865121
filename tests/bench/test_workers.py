"""The bench of several workers, with few clients: both of them have their share, and nobody misses anything."""

from bench import workers
from tests import postgres
from tests.large import redis_server

CLIENTS, ROUNDS = 10, 2


def test_two_workers_tell_everybody():
    postgres.require()
    redis_server.require()
    seen = workers.measure(2, CLIENTS, ROUNDS)
    assert (seen.held, seen.lost) == (CLIENTS, 0)
    assert seen.last_ms >= seen.first_ms > 0
    assert workers.row(2, seen).split()[:4] == ["2", str(CLIENTS), str(CLIENTS), "0"]
