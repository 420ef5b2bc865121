"""A queue for each address: one piece of work at a time, so that between two of them the others get their turn."""

import threading
import time
from collections import deque


class Queue:
    """Those who wait while one of an address is at work."""

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
    """For several threads, and for green ones."""

    def __init__(self) -> None:
        self._queues: dict[str, Queue] = {}  # there is one for each address that is at work
        self._lock = threading.Lock()

    def begin(self, who: str, seconds: float, most: float = float("inf"), *, is_first: bool = False) -> bool:
        """Wait for the turn of *who*, *seconds* at most; True where it is, and `end` is to be said then.

        *most*: False at once where as many are at work and waiting. *is_first*: before all who wait and are not.
        """
        with self._lock:
            queue, turn = self._queues.get(who), threading.Event()
            if queue is None:
                self._queues[who] = Queue()
            elif 1 + len(queue) >= most:
                return False
            else:
                mine = queue.first if is_first else queue.others
                mine.append(turn)
        if queue is not None and not turn.wait(seconds):
            with self._lock:
                if not turn.is_set():
                    mine.remove(turn)
                    return False
        time.sleep(0)  # a work that never waits would meet nobody, and many would be done in one go
        return True

    def end(self, who: str) -> None:
        with self._lock:
            turn = self._queues[who].next()
            if turn is None:
                del self._queues[who]
            else:
                turn.set()
