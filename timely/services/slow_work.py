"""Slow work off the server's event loop: in a thread of its own, while the request that asked for it waits."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app

T = TypeVar("T")


def run_slow(work: Callable[..., T], *args: object) -> T:
    """The result of *work(*args)*, which must not touch the database: its connection is another thread's.

    Raises what the work raises.
    """
    run: Callable[..., T] = current_app.extensions["timely.run_slow"]
    return run(work, *args)
