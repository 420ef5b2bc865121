"""Reads the fields of an event file: those of any JSON, and the names, zones and colours that only it has."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.json_fields import JsonFields, a_clean_text
from timely.domain.text import LONGEST_LINE, plain
from timely.domain.validation import a_mapping, a_text, refuse, shown
from timely.event_file.limits import Ignored
from timely.timezones import is_timezone


class Fields(JsonFields):
    """One object of the file; `ignored` has the paths of the keys that nobody has read, of the whole file."""

    def __init__(self, data: object, path: str = "", ignored: set[str] | None = None) -> None:
        super().__init__(a_mapping(data, path or "the file"), path)
        self.ignored: set[str] = Ignored() if ignored is None else ignored

    def timezone(self, key: str, default: str) -> str:
        return self.read(key, a_timezone, default)

    def colour(self, key: str) -> str:
        return self.read(key, a_colour, "")

    def note_unknown(self) -> None:
        """Adds the keys that were not read to `ignored`."""
        for key in self.unread():
            self.ignored.add(re.sub(r"\[\d+\]", "[]", self.at(key[:60])))


def a_timezone(value: object, path: str) -> str:
    name = a_text(value, path)
    if not is_timezone(name):
        raise ValidationError(path, f"{shown(name)} is not a time zone; use an IANA name such as Europe/Dublin")
    return name


def a_colour(value: object, path: str) -> str:
    colour = a_clean_text(value, path, most=20).lower()
    if colour and not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise ValidationError(path, f"{shown(colour)} is not a colour; write it like #d62828")
    return colour


def name_in(value: Any, names: Mapping[str, Any] | set[str], path: str, what: str) -> str:
    """*value* if it is one of *names*. Raises a ValidationError that suggests the nearest name."""
    if not isinstance(value, str):
        refuse(value, path, f"the name of a {what}")
    name: str = plain(value)
    if name in names:
        return name
    near = get_close_matches(name, list(names), n=1) if len(name) <= LONGEST_LINE else []
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise ValidationError(path, f"{name[:60]!r} is not among the {what}s of this file{hint}")
