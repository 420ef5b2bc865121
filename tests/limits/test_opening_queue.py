"""Concurrent openings: one at a time for each address, and other addresses in between."""

import socket
import threading
from typing import Any

import pytest

from timely.limits import address_queue, opening_queue
from timely.limits.opening_queue import Opening, end_turn, respond_in_turn
from timely.live import request_limits
from timely.live.request_limits import Refused, RequestLimits


@pytest.fixture(autouse=True)
def _nobody_waits_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening_queue, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr(opening_queue, "OPENINGS", address_queue.AddressQueue())


def test_one_at_a_time_for_each_address() -> None:
    first, second, other = Opening("10.0.0.9"), Opening("10.0.0.9"), Opening("10.0.0.8")
    assert first.begin()
    assert other.begin()
    assert not second.begin()
    second.end()  # it never had it
    assert not Opening("10.0.0.9").begin()
    first.end()
    first.end()
    assert second.begin()
    assert not Opening("10.0.0.9").begin()


def test_a_turn_yields_even_if_no_caller_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(address_queue.time, "sleep", slept.append)
    assert Opening("10.0.0.9").begin()
    assert slept == [0]


def test_the_number_of_waiting_callers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening_queue, "LONGEST_WAIT", 10)
    monkeypatch.setattr(opening_queue, "MAX_WAITING", 2)
    first, second = Opening("10.0.0.9"), Opening("10.0.0.9")
    assert first.begin()
    waits = threading.Thread(target=second.begin)
    waits.start()
    while not opening_queue.OPENINGS._queues["10.0.0.9"]:
        assert waits.is_alive()
    assert not Opening("10.0.0.9").begin()
    first.end()
    waits.join()


def test_an_answered_request_ends_its_turn_and_a_long_wait_is_refused() -> None:
    said: list[str] = []

    def ask() -> Any:
        def inner(environ: dict[str, Any], start: Any) -> list[bytes]:
            nested = respond_in_turn(lambda *more: [b"never"], {"REMOTE_ADDR": "10.0.0.9"}, start)
            assert b"too_many_requests" in b"".join(nested)
            end_turn(environ)
            return list(respond_in_turn(lambda *more: [b"now"], {"REMOTE_ADDR": "10.0.0.9"}, start))

        return respond_in_turn(inner, {"REMOTE_ADDR": "10.0.0.9"}, lambda status, headers: said.append(status))

    assert list(ask()) == [b"now"]
    assert said == ["429 Too Many Requests"]
    assert list(ask()) == [b"now"], "the turn is over however it ended"
    end_turn({})


def test_subscriptions_of_an_address_take_their_turn() -> None:
    one, another = RequestLimits("10.0.0.9"), RequestLimits("10.0.0.9")
    with one.in_turn(), pytest.raises(Refused) as refused, another.in_turn():
        pass
    assert refused.value.code == "too_many_messages"
    with another.in_turn():
        pass


def test_a_client_that_disconnects_while_waiting_is_refused() -> None:
    turns = request_limits.Pacer(per_second=1, burst=1, clock=lambda: 0.0)
    limits = RequestLimits("10.0.0.9")
    limits.sleep = lambda seconds: False
    with pytest.raises(Refused) as refused, limits.in_turn():
        pytest.fail("it is answered")
    assert refused.value.code == "gone"
    while turns.wait("10.0.0.9") == 0:
        pass
    with pytest.raises(Refused) as refused:
        limits.wait_for_turn(turns)
    assert refused.value.code == "gone"


def test_a_disconnected_client_is_skipped_and_not_counted_as_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[tuple[str, str | None]] = []
    monkeypatch.setattr(opening_queue.metrics, "count_refusal", lambda *what: refused.append(what))
    ours, client = socket.socketpair()
    environ = {"REMOTE_ADDR": "10.0.0.9", "timely.socket": ours}
    monkeypatch.setattr(opening_queue, "has_disconnected", lambda connection: True)
    said: list[str] = []
    respond_in_turn(lambda *more: pytest.fail("it is answered"), environ, lambda status, headers: said.append(status))
    assert (said, refused) == (["429 Too Many Requests"], [])
    assert Opening("10.0.0.9").begin()
    monkeypatch.setattr(opening_queue, "has_disconnected", lambda connection: False)
    respond_in_turn(lambda *more: pytest.fail("it is answered"), environ, lambda status, headers: said.append(status))
    assert refused == [("messages", "10.0.0.9")]
    ours.close()
    client.close()
