"""A loop that stands still is noticed, by how long it did."""

import time

from timely import figures
from timely.health.clocks import Clocks
from timely.health.counts import observed
from timely.health.delay import TICK, tick


def test_a_late_tick_is_noted(monkeypatch):
    figures.DELAYS.forget()
    before = observed(figures.LOOP_DELAY_SECONDS)[()]
    tick(lambda seconds: time.sleep(seconds + 0.3), Clocks())
    tick(lambda seconds: time.sleep(seconds), Clocks())
    late, prompt = [number for _, number in figures.DELAYS.since(60)]
    assert 0.3 <= late < 5
    assert prompt < late
    assert observed(figures.LOOP_DELAY_SECONDS)[()] - before == 2
    figures.DELAYS.forget()


def test_a_tick_looks_at_the_clocks():
    wall = [1_790_000_000.0]
    clocks = Clocks(lambda: wall[0], time.monotonic, lambda: None)
    tick(lambda seconds: None, clocks)
    wall[0] -= 3600
    tick(lambda seconds: None, clocks)
    assert round(clocks.lately(60)[0]) == -3600
    assert TICK <= 1
    figures.DELAYS.forget()
