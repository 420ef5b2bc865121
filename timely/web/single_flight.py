"""Work that is done once at a time: whoever else asks for the same waits until it is done."""

import threading
from collections.abc import Hashable


class SingleFlight:
    """By key, what is being done at this moment. For several threads, and for green ones."""

    def __init__(self) -> None:
        self._going_on: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    def begin(self, key: Hashable) -> bool:
        """Whether nobody else is at it; say `end` then."""
        with self._lock:
            if key in self._going_on:
                return False
            self._going_on[key] = threading.Event()
            return True

    def end(self, key: Hashable) -> None:
        with self._lock:
            self._going_on.pop(key).set()

    def wait(self, key: Hashable, seconds: float) -> None:
        """Until whoever is at it has done it; at once if nobody is."""
        going_on = self._going_on.get(key)
        if going_on is not None:
            going_on.wait(seconds)
