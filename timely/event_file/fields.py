"""Reads single values of parsed JSON: each has the right type, or a ValidationError says where and why."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from difflib import get_close_matches
from typing import Any

from timely.clock import read_moment, within_reason
from timely.domain.errors import ValidationError
from timely.event_file.limits import Ignored, require_few
from timely.timezones import is_timezone

# Letters and symbols that are shown as a blank: Hangul fillers, the empty Braille pattern.
BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Categories that are not visible by themselves: combining marks, blanks, controls and formatting; and, as ranges, the
# code points that Unicode reserves for more of these.
UNSEEN = frozenset(("Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"))
UNSEEN_RANGES = (range(0x2060, 0x2070), range(0xFFF0, 0xFFF9), range(0xE0000, 0xE1000))
# No text of one line is longer: a name with its division has at most 143 characters, a reason 200.
LONGEST_LINE = 200
KINDS = {dict: "an object", list: "a list", str: "text", int: "a whole number", bool: "true or false"}


class Fields:
    """One JSON object at a path; remembers which keys were read, so that the others can be reported."""

    def __init__(self, data: Any, path: str = "", ignored: set[str] | None = None):
        if not isinstance(data, dict):
            raise ValidationError(path or "the file", f"must be an object in {{braces}}, not {describe(data)}")
        self.data = data
        self.path = path
        self.ignored: set[str] = Ignored() if ignored is None else ignored
        self._known: set[str] = set()

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def get(self, key: str, kind: type) -> Any:
        """The value, or None if it is absent or null."""
        self._known.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ValidationError(self.at(key), f"must be {KINDS[kind]}, not {describe(value)}")
        return value

    def text(self, key: str, default: str = "", *, most: int, lines: bool = False) -> str:
        value = self.get(key, str)
        return default if value is None else clean_text(value, self.at(key), most=most, lines=lines)

    def required_text(self, key: str, *, most: int) -> str:
        value = self.text(key, most=most)
        if not value:
            raise ValidationError(self.at(key), "is missing or empty")
        return value

    def choice(self, key: str, choices: Iterable[str], default: str) -> str:
        value = self.get(key, str)
        if value is None:
            return default
        if value not in choices:
            raise ValidationError(self.at(key), f"{value[:40]!r} is unknown; use one of {', '.join(choices)}")
        return str(value)

    def flag(self, key: str) -> bool:
        return bool(self.get(key, bool))

    def whole(self, key: str) -> int | None:
        value = self.get(key, int)
        return None if value is None else int(value)

    def items(self, key: str, most: int) -> list[Any]:
        found = self.get(key, list) or []
        require_few(found, most, self.at(key))
        return found

    def mapping(self, key: str, most: int) -> dict[str, Any]:
        found = self.get(key, dict) or {}
        require_few(found, most, self.at(key))
        return found

    def day(self, key: str) -> date | None:
        value = self.get(key, str)
        if value is None:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                raise ValueError
            return within_reason(date.fromisoformat(value))
        except ValueError:
            raise ValidationError(self.at(key), f"{value[:40]!r} is not a day; write it like 2026-11-28") from None

    def moment(self, key: str, *, zone: tzinfo | None = None) -> datetime | None:
        """An aware time in UTC from `2026-11-28T15:00:00Z`; any offset is accepted, none only if *zone* is given."""
        value = self.get(key, str)
        if value is None:
            return None
        try:
            return read_moment(value, zone)
        except ValueError:
            raise ValidationError(
                self.at(key), f"{value[:40]!r} is not a time; write it like 2026-11-28T15:00:00Z"
            ) from None

    def timezone(self, key: str, default: str) -> str:
        value = self.get(key, str)
        if value is None:
            return default
        if not is_timezone(value):
            raise ValidationError(
                self.at(key), f"{value[:40]!r} is not a time zone; use an IANA name such as Europe/Dublin"
            )
        return str(value)

    def colour(self, key: str) -> str:
        value = self.text(key, most=20).lower()
        if value and not re.fullmatch(r"#[0-9a-f]{6}", value):
            raise ValidationError(self.at(key), f"{value!r} is not a colour; write it like #d62828")
        return value

    def note_unknown(self) -> None:
        """Adds the keys that were not read to `ignored`."""
        for key in self.data.keys() - self._known:
            self.ignored.add(re.sub(r"\[\d+\]", "[]", self.at(key[:60])))


def describe(value: Any) -> str:
    """A value for a message, its type first."""
    if value is None:
        return "null"
    for kind in (bool, int, str, list, dict):
        if isinstance(value, kind):
            shown = f" ({str(value)[:30]!r})" if kind in (bool, int, str) else ""
            return KINDS[kind] + shown
    return f"a number with a fraction ({value})" if isinstance(value, float) else type(value).__name__


def clean_text(value: str, path: str, *, most: int, lines: bool = False) -> str:
    """The text without blanks at its ends.

    Raises ValidationError if it is too long, has characters that no page can show, or no visible one.
    """
    value = value.strip()
    if len(value) > most:
        raise ValidationError(path, f"is too long: {len(value)} characters, at most {most}")
    value = value if lines else plain(value)
    if len(value) > most:  # a few texts are longer when composed
        raise ValidationError(path, f"is too long: {len(value)} characters, at most {most}")
    for character in value:
        if character in "\n\r\t" and lines:
            continue
        if ord(character) < 32 or ord(character) == 127 or 0xD800 <= ord(character) <= 0xDFFF:
            raise ValidationError(path, f"has a character that cannot be shown (code {ord(character)})")
    if value and not can_be_seen(value):
        raise ValidationError(path, "has no character that can be seen")
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


def name_in(value: Any, names: Mapping[str, Any] | set[str], path: str, what: str) -> str:
    """*value* if it is one of *names*. Raises a ValidationError that suggests the nearest name."""
    if not isinstance(value, str):
        raise ValidationError(path, f"must be the name of a {what}, not {describe(value)}")
    name: str = plain(value)
    if name in names:
        return name
    near = get_close_matches(name, list(names), n=1) if len(name) <= LONGEST_LINE else []
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise ValidationError(path, f"{name[:60]!r} is not among the {what}s of this file{hint}")
