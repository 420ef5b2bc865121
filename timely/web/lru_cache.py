"""LRU cache bounded by bytes, for several threads: cachetools' own, with a lock and the size given with each value."""

import threading
from collections.abc import Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

V = TypeVar("V")


class LruCache(Generic[V]):
    """Values by key whose sizes add up to *max_bytes* at most, and of which there are *max_items* at most."""

    def __init__(self, max_bytes: int, max_items: int = 2_000) -> None:
        self._min_size = max_bytes / max_items  # what a value counts at least, so that there are not too many of them
        self._cache: LRUCache[Hashable, tuple[V, float]] = LRUCache(max_bytes, getsizeof=lambda found: found[1])
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._cache)

    @property
    def bytes(self) -> float:
        return self._cache.currsize

    def get(self, key: Hashable) -> V | None:
        with self._lock:
            found = self._cache.get(key)
        return None if found is None else found[0]

    def put(self, key: Hashable, value: V, size: int) -> None:
        """Replaces what was there; a value larger than the whole cache is not kept."""
        with self._lock:
            self._cache.pop(key, None)
            if size <= self._cache.maxsize:
                self._cache[key] = (value, max(size, self._min_size))
