"""Time slices: a long loop of a page lets the server's other tasks run whenever its slice of time is used up."""

import threading
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from timely.extensions import db
from timely.services.batches import yield_to_others

T = TypeVar("T")

SLICE_SECONDS = 0.01


class _Slice(threading.local):
    """When the current slice of this thread, or green thread, began."""

    began = 0.0


_slice = _Slice()


def in_slices(items: Iterable[T]) -> Iterator[T]:
    """The items; other tasks run between two of them once the slice is used up, except in a write transaction.

    What a page shows is of one version all the same: its reads are one transaction, which sees nothing of a save that
    comes in between.
    """
    for item in items:
        if time.perf_counter() - _slice.began > SLICE_SECONDS:
            if not db.session.info.get("writing"):  # all other writers would wait for it
                yield_to_others()
            _slice.began = time.perf_counter()
        yield item
