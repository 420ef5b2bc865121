"""Pacing of an address: the first turns are free, later ones are spaced, and too long a wait is refused."""

import pytest

from timely.limits.pacing import LONGEST_WAIT, MAX_ADDRESSES, Pacer
from timely.live import request_limits
from timely.live.request_limits import FREE_SUBSCRIPTIONS, Refused, RequestLimits


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_needs_no_wait_and_later_turns_are_spaced() -> None:
    clock = Clock()
    turns = Pacer(per_second=10, burst=5, clock=clock)
    assert [turns.wait("10.0.0.9") for _ in range(6)] == [0.0] * 6
    assert [round(turns.wait("10.0.0.9") or 0, 1) for _ in range(3)] == [0.1, 0.2, 0.3]
    assert turns.wait("10.0.0.8") == 0.0, "each address for itself"
    clock.now += 60
    assert turns.wait("10.0.0.9") == 0.0


def test_too_long_a_wait_is_refused_and_takes_no_turn() -> None:
    clock = Clock()
    turns = Pacer(per_second=10, burst=1, clock=clock)
    waits = [turns.wait("10.0.0.9") for _ in range(500)]
    assert waits[-1] is None
    assert max(wait for wait in waits if wait is not None) <= LONGEST_WAIT
    clock.now += 1
    assert turns.wait("10.0.0.9") is not None


def test_addresses_that_have_been_quiet_are_forgotten() -> None:
    clock = Clock()
    turns = Pacer(per_second=10, burst=1, clock=clock)
    for number in range(3 * MAX_ADDRESSES):
        turns.wait(f"10.0.{number // 250}.{number % 250}")
        clock.now += 0.2
    assert len(turns._next_at) <= MAX_ADDRESSES + 1


def test_the_first_subscriptions_of_a_connection_are_free(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(request_limits, "SUBSCRIPTION_PACER", Pacer(per_second=10, burst=1, clock=lambda: 0.0))
    monkeypatch.setattr(request_limits.socketio, "sleep", slept.append)
    greedy, others = (
        RequestLimits("10.0.0.9"),
        [RequestLimits("10.0.0.9") for _ in range(50)],
    )
    for _ in range(FREE_SUBSCRIPTIONS + 4):
        greedy.wait_to_subscribe()
    assert [round(one, 1) for one in slept] == [0.1, 0.2]
    for other in others:
        other.wait_to_subscribe()
    assert len(slept) == 2, "whoever has just come waits for nobody"
    with pytest.raises(Refused) as refused:
        for _ in range(200):
            greedy.wait_to_subscribe()
    assert refused.value.code == "too_many_messages"
