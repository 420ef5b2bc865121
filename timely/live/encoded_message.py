"""Cache of the encoded forms of a snapshot, shared by all clients that ask for it."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

# Encodings kept per message. Event streams need one for each set of versions that a client has; most of these are used
# once, so their number is bounded.
MAX_ENCODINGS = 16


class CachedMessage(dict[str, Any]):
    """A message that must not be changed any more. `encodings` holds its encoded texts, packets and frames by name."""

    __slots__ = ("encodings",)

    def __init__(self, message: dict[str, Any]):
        super().__init__(message)
        self.encodings: dict[Hashable, Any] = {}


def encode_once(message: Any, name: Hashable, encode: Callable[[], T]) -> T:
    """The result of *encode*. For a `CachedMessage` it is stored under *name*, and *encode* is called only once."""
    if not isinstance(message, CachedMessage):
        return encode()
    found: T | None = message.encodings.get(name)
    if found is None:
        found = encode()
        if len(message.encodings) < MAX_ENCODINGS:
            message.encodings[name] = found
    return found
