"""Queues work by address, one piece at a time per address, so that no address holds up the others."""

import threading
import time
from collections import deque


class WaitingCallers:
    """The waiting callers of one address. Those in `first` go before those in `others`."""

    __slots__ = ("first", "others")

    def __init__(self) -> None:
        self.first: deque[threading.Event] = deque()
        self.others: deque[threading.Event] = deque()

    def __len__(self) -> int:
        return len(self.first) + len(self.others)

    def next(self) -> threading.Event | None:
        queue = self.first or self.others
        return queue.popleft() if queue else None


class AddressQueue:
    """Lets one caller per address work at a time. Safe for threads and for green threads."""

    def __init__(self) -> None:
        self._queues: dict[str, WaitingCallers] = {}  # an address has an entry only while one of its callers works
        self._lock = threading.Lock()

    def acquire(self, key: str, seconds: float, most: float = float("inf"), *, is_first: bool = False) -> bool:
        """Waits up to *seconds* for the address, given by its *key*, to be free.

        True once it is, and the caller must call `release` when done. False after *seconds*, or at once if *most*
        callers of the address work and wait already. With *is_first* the caller goes before all that wait without it.
        """
        turn = None
        with self._lock:
            queue = self._queues.get(key)
            if queue is None:
                self._queues[key] = WaitingCallers()
            elif 1 + len(queue) >= most:
                return False
            else:
                turn = threading.Event()
                waiting = queue.first if is_first else queue.others
                waiting.append(turn)
        if turn is not None and not turn.wait(seconds):
            with self._lock:
                if not turn.is_set():
                    waiting.remove(turn)
                    return False
        time.sleep(0)  # yield: work that never blocks would otherwise run many times in a row without queueing
        return True

    def release(self, key: str) -> None:
        with self._lock:
            turn = self._queues[key].next()
            if turn is None:
                del self._queues[key]
            else:
                turn.set()
