"""Cleans and compares text that people typed: names, notes, reasons."""

import unicodedata

from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_gettext

# Letters and symbols that are shown as a blank: Hangul fillers, the empty Braille pattern.
BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Categories that are not visible by themselves: combining marks, blanks, controls and formatting; and, as ranges, the
# code points that Unicode reserves for more of these.
UNSEEN = frozenset(("Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"))
UNSEEN_RANGES = (range(0x2060, 0x2070), range(0xFFF0, 0xFFF9), range(0xE0000, 0xE1000))
# No text of one line is longer: a name with its division has at most 143 characters, a reason 200.
LONGEST_LINE = 200


def clean_text(value: str, path: str, *, most: int, lines: bool = False) -> str:
    """The text without blanks at its ends.

    Raises ValidationError if it is too long, has characters that no page can show, or no visible one.
    """
    value = value.strip()
    if len(value) > most:
        raise ValidationError(
            path, lazy_gettext("is too long: %(count)s characters, at most %(most)s", count=len(value), most=most)
        )
    value = value if lines else plain(value)
    if len(value) > most:  # a few texts are longer when composed
        raise ValidationError(
            path, lazy_gettext("is too long: %(count)s characters, at most %(most)s", count=len(value), most=most)
        )
    for character in value:
        if character in "\n\r\t" and lines:
            continue
        if ord(character) < 32 or ord(character) == 127 or 0xD800 <= ord(character) <= 0xDFFF:
            raise ValidationError(
                path, lazy_gettext("has a character that cannot be shown (code %(code)s)", code=ord(character))
            )
    if value and not can_be_seen(value):
        raise ValidationError(path, lazy_gettext("has no character that can be seen"))
    return value


def plain(value: str) -> str:
    """The text without blanks at its ends, its accents composed: “é” as one character, however it was typed.

    The accents of a text longer than any name stay as they are: composing takes time quadratic in their number.
    """
    value = value.strip()
    return unicodedata.normalize("NFC", value) if len(value) <= LONGEST_LINE else value


def same_name(name: str) -> str:
    """The key by which names are compared: case, blanks and how an accent was typed make no difference."""
    return plain(" ".join(name.split())).casefold()


def can_be_seen(value: str) -> bool:
    """Whether the text has a visible character.

    A name of blanks, zero-width joiners or overrides would be an empty row on the projector.
    """
    return any(
        unicodedata.category(character) not in UNSEEN
        and character not in BLANKS
        and not any(ord(character) in unseen for unseen in UNSEEN_RANGES)
        for character in value
    )
