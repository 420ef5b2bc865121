"""Single flight: the same work is done once at a time, and concurrent requests for it wait."""

import threading
from collections.abc import Hashable


class SingleFlight:
    """Work in progress, by key. Works with threads and with green threads."""

    def __init__(self) -> None:
        self._running: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    def begin(self, key: Hashable) -> bool:
        """Whether the caller is to do the work; it must then call `end`."""
        with self._lock:
            if key in self._running:
                return False
            self._running[key] = threading.Event()
            return True

    def end(self, key: Hashable) -> None:
        with self._lock:
            self._running.pop(key).set()

    def wait(self, key: Hashable, seconds: float) -> None:
        """Waits until the work in progress is done; returns at once if there is none."""
        running = self._running.get(key)
        if running is not None:
            running.wait(seconds)
