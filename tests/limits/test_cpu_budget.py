"""Processor-time budgets, and the meter of concurrent work."""

import pytest

from timely.limits.cpu_budget import LONGEST_WAIT, MAX_ADDRESSES, Budgets, Meter


def test_a_budget_is_spent_and_refills() -> None:
    now = [0.0]
    budgets = Budgets(0.25, 2.0, clock=lambda: now[0])
    budgets.spend("a", 2.5)
    assert (budgets.has_left("a"), budgets.has_left("b"), budgets.seconds_to_wait("b")) == (False, True, 0.0)
    assert budgets.seconds_to_wait("a") == LONGEST_WAIT
    now[0] = 1.9
    assert budgets.seconds_to_wait("a") == pytest.approx(0.1)
    now[0] = 2.1
    assert budgets.has_left("a")
    for number in range(MAX_ADDRESSES + 5):
        budgets.spend(str(number), 3.0)
    assert (budgets.has_left("a"), budgets.has_left("3"), budgets.has_left("9")) == (True, True, False)


def test_a_share_of_zero_means_no_limit() -> None:
    budgets = Budgets(0.0)
    budgets.spend("a", 1e9)
    assert budgets.has_left("a")


def test_time_is_split_among_concurrent_work() -> None:
    now = [0.0]
    meter = Meter(lambda: now[0])
    now[0] = 5.0  # nobody's
    first = meter.begin()
    now[0] = 6.0
    second = meter.begin()
    now[0] = 10.0
    assert meter.end(first) == pytest.approx(3.0)
    now[0] = 11.0
    assert meter.end(second) == pytest.approx(3.0)
