"""LRU cache bounded by bytes."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class LruCache(Generic[V]):
    """Thread-safe. The sizes given with the values stay below *most_bytes* in all, and their number within *most*."""

    def __init__(self, most_bytes: int, most: int = 2_000) -> None:
        self.most_bytes, self.most = most_bytes, most
        self.bytes = 0
        self._found: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._found)

    def get(self, key: Hashable) -> V | None:
        with self._lock:
            found = self._found.get(key)
            if found is None:
                return None
            self._found.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: V, size: int) -> None:
        """Replaces the old value; a value larger than the whole cache is not kept."""
        with self._lock:
            _, old = self._found.pop(key, (None, 0))
            self.bytes -= old
            if size > self.most_bytes:
                return
            self._found[key] = (value, size)
            self.bytes += size
            while self.bytes > self.most_bytes or len(self._found) > self.most:
                _, (_, gone) = self._found.popitem(last=False)
                self.bytes -= gone
