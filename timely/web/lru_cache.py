"""LRU cache bounded by bytes, for several threads: cachetools' own, with a lock and the size given with each value."""

import threading
from collections.abc import Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

V = TypeVar("V")


class LruCache(Generic[V]):
    """Values by key whose sizes add up to *most_bytes* at most, and of which there are *most* at most."""

    def __init__(self, most_bytes: int, most: int = 2_000) -> None:
        self._least = most_bytes / most  # what a value counts at least, so that there are not too many of them
        self._kept: LRUCache[Hashable, tuple[V, float]] = LRUCache(most_bytes, getsizeof=lambda found: found[1])
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def bytes(self) -> float:
        return self._kept.currsize

    def get(self, key: Hashable) -> V | None:
        with self._lock:
            found = self._kept.get(key)
        return None if found is None else found[0]

    def put(self, key: Hashable, value: V, size: int) -> None:
        """Replaces what was there; a value larger than the whole cache is not kept."""
        with self._lock:
            self._kept.pop(key, None)
            if size <= self._kept.maxsize:
                self._kept[key] = (value, max(size, self._least))
