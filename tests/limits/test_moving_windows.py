"""Storage of moving windows: what counts, for how long, and that it is bounded."""

import threading
import time

import pytest

from timely.limits import moving_windows
from timely.limits.moving_windows import FEW, MovingWindows


class Clock:
    now = 1000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(moving_windows, "time", clock)
    return clock


def test_as_many_as_the_limit_in_any_minute(clock: Clock) -> None:
    windows = MovingWindows()
    assert [windows.acquire_entry("ada", 2, 60) for _ in range(3)] == [True, True, False]
    assert windows.acquire_entry("bob", 2, 60)
    assert windows.get_moving_window("ada", 2, 60) == (1000.0, 2)
    clock.now = 1060.5
    assert windows.get_moving_window("ada", 2, 60) == (1060.5, 0)
    assert windows.acquire_entry("ada", 2, 60)
    assert windows.get_moving_window("ada", 2, 60) == (1060.5, 1)


def test_several_at_once_count_whole_or_not_at_all(clock: Clock) -> None:
    windows = MovingWindows()
    assert windows.acquire_entry("ada", 5, 60, amount=4)
    assert not windows.acquire_entry("ada", 5, 60, amount=2)
    assert windows.get_moving_window("ada", 5, 60)[1] == 4


def test_windows_that_are_over_are_forgotten(clock: Clock) -> None:
    windows = MovingWindows()
    for number in range(FEW):
        windows.acquire_entry(f"old {number}", 5, 60)
    clock.now += 61
    windows.acquire_entry("new", 5, 60)
    assert windows.reset() == 1


def test_a_window_can_be_cleared(clock: Clock) -> None:
    windows = MovingWindows()
    windows.acquire_entry("ada", 1, 60)
    windows.clear("ada")
    assert windows.acquire_entry("ada", 1, 60)


def test_no_thread_is_started() -> None:
    before = threading.active_count()
    windows = MovingWindows()
    windows.acquire_entry("ada", 1, 60)
    assert threading.active_count() == before
    assert windows.get_moving_window("ada", 1, 60)[0] <= time.time()
