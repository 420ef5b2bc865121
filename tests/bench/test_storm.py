"""The bench of the reconnect storm, with few clients: all of them come back, on each pipe."""

import pytest

from bench import storm
from bench.storm import CASES, Weathered

CLIENTS = 20


@pytest.mark.parametrize("name", ["everything", "versions", "polling", "stream"])
def test_all_come_back(one, name):
    seen = storm.storm(one, CASES[name], CLIENTS)
    assert seen.live == CLIENTS
    assert seen.away > 0
    assert 0 < seen.half <= seen.all_
    assert seen.page > 0
    assert seen.pages >= 1


def test_a_row_says_whether_it_was_in_time():
    good = Weathered(live=20, away=1, half=0.2, all_=0.5, page=0.1, pages=4)
    assert storm.row(CASES["results"], 20, [good]).endswith("  met")
    for fault in ({"live": 19}, {"all_": 5.1}, {"page": 0.6}):
        assert storm.row(CASES["results"], 20, [Weathered(**vars(good) | fault)]).endswith("  MISSED")
