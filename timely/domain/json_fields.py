"""Reads the fields of one object of parsed JSON, each checked, and knows which keys nobody has read."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, TypeVar

from timely.domain.errors import ValidationError
from timely.domain.text import clean_text
from timely.domain.translation import lazy_gettext
from timely.domain.validation import (
    a_day,
    a_list,
    a_mapping,
    a_moment,
    a_text,
    an_integer,
    inside,
    one_of,
    yes_or_no,
)

Value = TypeVar("Value")
Default = TypeVar("Default")

CHECKS: dict[type, Callable[[object, str], Any]] = {
    dict: a_mapping,
    list: a_list,
    str: a_text,
    int: an_integer,
    bool: yes_or_no,
}


def a_clean_text(value: object, path: str, *, most: int, lines: bool = False) -> str:
    return clean_text(a_text(value, path), path, most=most, lines=lines)


class JsonFields:
    """One JSON object at a path.

    A field that is absent or null has its default. A wrong one raises ValidationError with its path at once; a subclass
    may collect the errors instead, by `refuse`, and then the field has its default too.
    """

    def __init__(self, data: object, path: str = "") -> None:
        self.data = a_mapping(data, path)
        self.path = path
        self._known: set[str] = set()

    def at(self, key: str) -> str:
        """The path of the field."""
        return inside(self.path, key)

    def has(self, key: str) -> bool:
        """Whether the field is there, even as null."""
        return key in self.data

    def unread(self) -> set[str]:
        """The keys that were not read."""
        return self.data.keys() - self._known

    def refuse(self, error: ValidationError) -> None:
        """Called with each error."""
        raise error

    def read(self, key: str, check: Callable[..., Value], default: Default, **bounds: Any) -> Value | Default:
        """The answer of *check* for the value, its path and the *bounds*. All other methods read by this one."""
        self._known.add(key)
        value = self.data.get(key)
        if value is None:
            return default
        try:
            return check(value, self.at(key), **bounds)
        except ValidationError as error:
            self.refuse(error)
            return default

    def get(self, key: str, kind: type, *, required: bool = False) -> Any:
        """The value, which has to be of that kind (dict, list, str, int or bool); text as it was sent."""
        if required and self.data.get(key) is None:
            self.refuse(ValidationError(self.at(key), lazy_gettext("is missing")))
        return self.read(key, CHECKS[kind], None)

    def flag(self, key: str) -> bool:
        return self.read(key, yes_or_no, False)

    def whole(self, key: str) -> int | None:
        return self.read(key, an_integer, None)

    def text(self, key: str, default: str = "", *, most: int, lines: bool = False, required: bool = False) -> str:
        """The text, as `clean_text` returns it. *required*: it may not be empty."""
        found = self.read(key, a_clean_text, default, most=most, lines=lines)
        if required and not found:
            self.refuse(ValidationError(self.at(key), lazy_gettext("is missing or empty")))
        return found

    def choice(self, key: str, choices: Collection[str], default: Default) -> str | Default:
        return self.read(key, one_of, default, choices=choices)

    def items(self, key: str, most: int) -> Sequence[Any]:
        """The list, of which nothing is read if it has more than *most* entries."""
        return self.read(key, a_list, [], most=most)

    def mapping(self, key: str, most: int) -> Mapping[str, Any]:
        """The object, of which nothing is read if it has more than *most* keys."""
        return self.read(key, a_mapping, {}, most=most)

    def day(self, key: str) -> date | None:
        return self.read(key, a_day, None)

    def moment(self, key: str, *, zone: tzinfo | None = None) -> datetime | None:
        """An aware time in UTC, as `a_moment` returns it."""
        return self.read(key, a_moment, None, zone=zone)
