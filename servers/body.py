"""A request's body, which must arrive in time: one byte a second would hold its place for ever."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

TimeLimit = Callable[[float, Exception], AbstractContextManager[Any]]


class Body:
    """A file whose reads all together take no longer than *seconds* from the first one on.

    *limit(seconds, error)* raises the error in whoever waits for longer; *too_slow* is called before it is passed on.
    """

    def __init__(self, file: Any, seconds: float, limit: TimeLimit, too_slow: Callable[[], None]) -> None:
        self.file, self.seconds = file, seconds
        self.limit, self.too_slow = limit, too_slow
        self.until: float | None = None

    def read(self, size: int = -1) -> bytes:
        return self._in_time(self.file.read, size)

    def readline(self, size: int = -1) -> bytes:
        return self._in_time(self.file.readline, size)

    def _in_time(self, read: Callable[[int], bytes], size: int) -> bytes:
        now = time.monotonic()
        if self.until is None:
            self.until = now + self.seconds
        error = TimeoutError("The request came too slowly")
        try:
            if now > self.until:
                raise error  # a limit of nothing lets through what has arrived already
            with self.limit(self.until - now, error):
                return read(size)
        except TimeoutError:
            self.too_slow()
            raise
