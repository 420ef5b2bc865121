"""Clock drift: jumps of the clock and sleep of the computer are distinguished; small steps are ignored."""

import pytest

from timely.monitoring.clock_drift import Clocks


class Times:
    def __init__(self):
        self.wall, self.steady, self.awake = 1_790_000_000.0, 50.0, 70.0

    def go(self, seconds):
        self.wall += seconds
        self.steady += seconds
        self.awake += seconds


@pytest.fixture
def times():
    return Times()


@pytest.fixture
def clocks(times):
    found = Clocks(lambda: times.wall, lambda: times.steady, lambda: times.awake)
    found.check()
    return found


@pytest.mark.parametrize("jump", [-3480.0, 3600.0, -31.0])
def test_a_jump_is_reported_for_a_while(times, clocks, jump):
    times.go(0.5)
    times.wall += jump
    clocks.check()
    assert clocks.recent(600) == (pytest.approx(jump), 0.0)
    for _ in range(100):
        times.go(5)
        clocks.check()
    assert clocks.recent(600)[0] == pytest.approx(jump)
    times.go(150)
    clocks.check()
    assert clocks.recent(600) == (0.0, 0.0)


def test_sleep_is_no_jump(times, clocks):
    times.wall += 7200
    times.awake += 7200
    clocks.check()
    jump, slept = clocks.recent(600)
    assert (round(jump), round(slept)) == (0, 7200)


def test_without_a_clock_that_counts_sleep_it_looks_like_a_jump(times):
    clocks = Clocks(lambda: times.wall, lambda: times.steady, lambda: None)
    clocks.check()
    times.wall += 7200
    clocks.check()
    assert clocks.recent(600) == (pytest.approx(7200), 0.0)


def test_small_steps_and_late_checks_are_ignored(times, clocks):
    for _ in range(50):
        times.go(20)
        times.wall += 0.4
        clocks.check()
    assert clocks.recent(1e9) == (0.0, 0.0)


def test_the_computers_own_clocks_agree():
    clocks = Clocks()
    clocks.check()
    clocks.check()
    assert clocks.recent(1e9) == (0.0, 0.0)
