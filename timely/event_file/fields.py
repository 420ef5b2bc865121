"""Reads the fields of an event file: those of any JSON, and the names, zones and colours that only it has."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.json_fields import JsonFields, a_clean_text
from timely.domain.text import LONGEST_LINE, plain
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.domain.validation import a_mapping, a_text, refuse, shown
from timely.event_file.limits import THE_FILE, Ignored
from timely.timezones import is_timezone

NAMED = {
    "team": gettext_noop("the name of a team"),
    "division": gettext_noop("the name of a division"),
    "pitch": gettext_noop("the name of a pitch"),
}
UNKNOWN = {
    "team": gettext_noop("%(name)s is not among the teams of this file"),
    "division": gettext_noop("%(name)s is not among the divisions of this file"),
    "pitch": gettext_noop("%(name)s is not among the pitches of this file"),
}


class Fields(JsonFields):
    """One object of the file; `ignored` has the paths of the keys that nobody has read, of the whole file."""

    def __init__(self, data: object, path: str = "", ignored: set[str] | None = None) -> None:
        super().__init__(a_mapping(data, path or THE_FILE), path)
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
        raise ValidationError(
            path, lazy_gettext("%(name)s is not a time zone; use an IANA name such as Europe/Dublin", name=shown(name))
        )
    return name


def a_colour(value: object, path: str) -> str:
    colour = a_clean_text(value, path, most=20).lower()
    if colour and not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise ValidationError(
            path, lazy_gettext("%(colour)s is not a colour; write it like #d62828", colour=shown(colour))
        )
    return colour


def name_in(value: Any, names: Mapping[str, Any] | set[str], path: str, what: str) -> str:
    """*value* if it is one of *names*. Raises a ValidationError that suggests the nearest name.

    *what* is a key of NAMED.
    """
    if not isinstance(value, str):
        refuse(value, path, lazy_gettext(NAMED[what]))
    name: str = plain(value)
    if name in names:
        return name
    near = get_close_matches(name, list(names), n=1) if len(name) <= LONGEST_LINE else []
    message = lazy_gettext(UNKNOWN[what], name=repr(name[:60]))
    if near:
        message = lazy_gettext("%(fault)s; did you mean %(near)s?", fault=message, near=repr(near[0]))
    raise ValidationError(path, message)
