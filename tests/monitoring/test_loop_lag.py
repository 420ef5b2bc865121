"""Event loop lag is measured."""

import time

from timely import metrics
from timely.monitoring.clock_drift import Clocks
from timely.monitoring.counter_growth import observed
from timely.monitoring.loop_lag import TICK, tick


def test_a_late_tick_is_recorded(monkeypatch):
    metrics.DELAYS.clear()
    before = observed(metrics.LOOP_DELAY_SECONDS)[()]
    tick(lambda seconds: time.sleep(seconds + 0.3), Clocks())
    tick(lambda seconds: time.sleep(seconds), Clocks())
    late, prompt = [number for _, number in metrics.DELAYS.since(60)]
    assert 0.3 <= late < 5
    assert prompt < late
    assert observed(metrics.LOOP_DELAY_SECONDS)[()] - before == 2
    metrics.DELAYS.clear()


def test_a_tick_checks_the_clocks():
    wall = [1_790_000_000.0]
    clocks = Clocks(lambda: wall[0], time.monotonic, lambda: None)
    tick(lambda seconds: None, clocks)
    wall[0] -= 3600
    tick(lambda seconds: None, clocks)
    assert round(clocks.recent(60)[0]) == -3600
    assert TICK <= 1
    metrics.DELAYS.clear()
