"""A snapshot, of which all that is sent is made once for all who ask for it, however they come one after the other."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

# Each connection that has other things already is at a place of its own: what is made for it alone is not kept.
MOST_KEPT = 16


class CachedMessage(dict[str, Any]):
    """A message that is not altered any more. `made` are its texts, packets and frames, by name."""

    __slots__ = ("made",)

    def __init__(self, message: dict[str, Any]):
        super().__init__(message)
        self.made: dict[Hashable, Any] = {}


def made_once(message: Any, name: Hashable, make: Callable[[], T]) -> T:
    """What *make* makes of the message; of a whole one only the first time."""
    if not isinstance(message, CachedMessage):
        return make()
    found: T | None = message.made.get(name)
    if found is None:
        found = make()
        if len(message.made) < MOST_KEPT:
            message.made[name] = found
    return found
