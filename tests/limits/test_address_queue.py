"""Address queues: in order of arrival, the privileged first, and no caller waits for ever."""

import threading
import time

from timely.limits.address_queue import AddressQueue

LONG = 30.0


def queued(queue: AddressQueue, done: list[str], name: str, *, is_first: bool = False) -> threading.Thread:
    """A thread that waits for its turn by the time this returns."""

    def work() -> None:
        if queue.acquire("a", LONG, is_first=is_first):
            done.append(name)
            queue.release("a")

    before = len(queue._queues["a"])
    thread = threading.Thread(target=work)
    thread.start()
    while len(queue._queues["a"]) == before:
        time.sleep(0.001)
    return thread


def test_callers_get_turns_in_order_and_privileged_ones_first() -> None:
    queue, done = AddressQueue(), []
    assert queue.acquire("a", LONG)
    threads = [queued(queue, done, name, is_first=name.startswith("f")) for name in ("1", "2", "f1", "3", "f2")]
    queue.release("a")
    for thread in threads:
        thread.join(LONG)
    assert done == ["f1", "f2", "1", "2", "3"]
    assert queue._queues == {}


def test_addresses_do_not_wait_for_each_other() -> None:
    queue = AddressQueue()
    assert queue.acquire("a", LONG)
    assert queue.acquire("b", 0)
    assert not queue.acquire("a", 0)
    queue.release("b")
    queue.release("a")
    assert queue._queues == {}


def test_a_caller_that_timed_out_gets_no_turn() -> None:
    queue, done = AddressQueue(), []
    assert queue.acquire("a", LONG)
    assert not queue.acquire("a", 0.01)
    thread = queued(queue, done, "next")
    queue.release("a")
    thread.join(LONG)
    assert done == ["next"]


def test_callers_beyond_the_limit_are_refused_at_once() -> None:
    queue, done = AddressQueue(), []
    assert queue.acquire("a", LONG, most=2)
    thread = queued(queue, done, "second")
    assert not queue.acquire("a", LONG, most=2)
    queue.release("a")
    thread.join(LONG)
    assert done == ["second"]
    assert queue.acquire("a", LONG, most=1)
    queue.release("a")
