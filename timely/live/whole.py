"""A snapshot, whose text is made once for all who ask for it, however they come one after the other."""

from collections.abc import Callable
from typing import Any


class Whole(dict[str, Any]):
    """A message that is not altered any more. `texts` are its encodings by the name of who made them."""

    __slots__ = ("texts",)

    def __init__(self, message: dict[str, Any]):
        super().__init__(message)
        self.texts: dict[str, str] = {}


def text_of(message: Any, name: str, encode: Callable[[], str]) -> str:
    """What *encode* makes of the message; of a whole one only the first time."""
    if not isinstance(message, Whole):
        return encode()
    found = message.texts.get(name)
    if found is None:
        found = message.texts[name] = encode()
    return found
