"""Queue of a polling client: bounded, unless it is fetched."""

import queue
import time

import pytest
from engineio.packet import MESSAGE, Packet

from timely.live.connection import MAX_FRAMES
from timely.live.socketio.long_polling import GRACE_SECONDS, PollQueue


def packet(size: int = 10) -> Packet:
    return Packet(MESSAGE, "x" * size)


@pytest.mark.parametrize(("count", "size"), [(MAX_FRAMES + 1, 10), (12, 100_000)])
def test_unfetched_messages_are_bounded(monkeypatch, count, size):
    disconnected: list[bool] = []
    poll_queue, began = PollQueue(queue.Queue(), lambda: disconnected.append(True)), time.monotonic()
    for _ in range(count):
        poll_queue.put(packet(size))
    monkeypatch.setattr(time, "monotonic", lambda: began + GRACE_SECONDS - 1)
    poll_queue.put(packet())
    assert not disconnected  # much at once is no fault
    assert len(poll_queue.take() or []) == count + 1
    for _ in range(count):
        poll_queue.put(packet(size))
    monkeypatch.setattr(time, "monotonic", lambda: began + 2 * GRACE_SECONDS + 1)
    poll_queue.put(packet())
    assert disconnected == [True]
    assert poll_queue.take() is None
    poll_queue.put(None)  # the end is always heard
    assert poll_queue.take() == []
