"""Names cut to the room that a drawing has: the server cuts, for SVG cannot."""

from unicodedata import combining, east_asian_width

ELLIPSIS = "…"
NARROW = frozenset(" .,:;'’!|()[]/-fijlrtI1")
WIDE = frozenset("mw&—…")
WIDEST = frozenset("MW@%")


def width(text: str) -> float:
    """About how many em it takes in the boldest of a system's sans, and a little more in most: DejaVu is the widest."""
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


def cut(text: str, room: float) -> str:
    """The text, or as much of its beginning as *room* em hold with an ellipsis."""
    if width(text) <= room:
        return text
    left = room - _width(ELLIPSIS)
    for end, letter in enumerate(text):
        left -= _width(letter)
        if left < 0:
            return text[:end].rstrip() + ELLIPSIS
    return text
