"""The benches of pages and saves, tiny: they start what they measure, and what they say is so of a real server."""

import pytest

from bench import ten_scorers, whole_way, workshop
from bench.http_load import Reading, request
from bench.large_event import GZIP
from bench.pages import measure


def test_a_page_is_compared_with_a_constant_string():
    found = {kind.name: loads for kind, loads, _ in measure(0.5, 1, 20)}
    assert found["Flask, a constant string"][0].status == 200
    assert found["leaderboard, zipped"][0].status == 200
    assert found["leaderboard, 304"][0].status == 304
    assert found["leaderboard, zipped"][0].size < found["leaderboard, not zipped"][0].size
    assert all(load.per_second > 0 for loads in found.values() for load in loads)


def test_an_answer_in_pieces_is_read_whole():
    reading = Reading()
    assert not reading.take(b"HTTP/1.1 200 OK\r\nContent-")
    assert not reading.take(b"Length: 5\r\n\r\nab")
    assert reading.take(b"cde")
    assert (reading.status, reading.size) == (200, 43)
    reading.begin()
    assert reading.take(b"HTTP/1.1 304 NOT MODIFIED\r\nContent-Length: 5\r\n\r\n")
    with pytest.raises(RuntimeError, match="hung up"):
        reading.take(b"")


def test_a_request_is_whole():
    assert request(80, "/", GZIP).endswith(b"Accept-Encoding: gzip, deflate\r\n\r\n")


def test_results_of_several_scorers_are_all_there():
    seen = ten_scorers.measure(scorers=3, saves=2, followers=2)
    assert seen.statuses == {302: 6}
    assert (seen.lost, seen.right, seen.followers) == (0, 2, 2)
    assert seen.messages["results_update"] >= 1


def test_the_whole_way_is_timed():
    try:
        workshop.compiled(workshop.HERE / "fan.c")
    except workshop.Missing as missing:
        pytest.skip(str(missing))
    seen, shares = whole_way.measure(clients=5, rounds=2)
    assert (seen["held"], seen["lost"]) == (5, 0)
    assert all(spent > 0 for spent in shares.values()), shares
