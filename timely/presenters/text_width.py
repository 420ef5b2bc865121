"""Estimates text widths and truncates names for drawings: SVG cannot truncate."""

from functools import lru_cache
from unicodedata import combining, east_asian_width

ELLIPSIS = "…"
NARROW = frozenset(" .,:;'’!|()[]/-fijlrtI1")
WIDE = frozenset("mw&—…")
WIDEST = frozenset("MW@%")


@lru_cache(1_000)
def width(text: str) -> float:
    """Estimated width in em, for the widest common bold sans-serif (DejaVu); most others are a little narrower."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if combining(letter):
        return 0
    if east_asian_width(letter) in "WF":
        return 1
    if letter in NARROW:
        return 0.42
    if letter in WIDEST:
        return 1.12
    if letter in WIDE:
        return 1.0
    return 0.78 if letter.isupper() else 0.69


@lru_cache(5_000)  # a large bracket has a thousand, the same after each save
def cut(text: str, room: float) -> str:
    """The text, truncated with an ellipsis if it is wider than *room* em."""
    if width(text) <= room:
        return text
    left = room - _width(ELLIPSIS)
    for end, letter in enumerate(text):
        left -= _width(letter)
        if left < 0:
            return text[:end].rstrip() + ELLIPSIS
    return text
