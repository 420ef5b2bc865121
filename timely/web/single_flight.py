"""Single flight: the same work is done once at a time, and concurrent requests for it wait."""

import threading
from collections.abc import Hashable


class SingleFlight:
    """Work in progress, by key. Works with threads and with green threads."""

    def __init__(self) -> None:
        self._going_on: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    def begin(self, key: Hashable) -> bool:
        """Whether the caller is to do the work; it must then call `end`."""
        with self._lock:
            if key in self._going_on:
                return False
            self._going_on[key] = threading.Event()
            return True

    def end(self, key: Hashable) -> None:
        with self._lock:
            self._going_on.pop(key).set()

    def wait(self, key: Hashable, seconds: float) -> None:
        """Waits until the work in progress is done; returns at once if there is none."""
        going_on = self._going_on.get(key)
        if going_on is not None:
            going_on.wait(seconds)
