"""Cache of the encoded forms of a snapshot, shared by all clients that ask for it."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

# Encodings kept per message. Event streams need one for each set of versions that a client has; most of these are used
# once, so their number is bounded.
MOST_KEPT = 16


class CachedMessage(dict[str, Any]):
    """A message that must not be changed any more. `made` holds its encoded texts, packets and frames by name."""

    __slots__ = ("made",)

    def __init__(self, message: dict[str, Any]):
        super().__init__(message)
        self.made: dict[Hashable, Any] = {}


def made_once(message: Any, name: Hashable, make: Callable[[], T]) -> T:
    """The result of *make*. For a `CachedMessage` it is stored under *name*, and *make* is called only once."""
    if not isinstance(message, CachedMessage):
        return make()
    found: T | None = message.made.get(name)
    if found is None:
        found = make()
        if len(message.made) < MOST_KEPT:
            message.made[name] = found
    return found
