"""Column types that always yield a value of their type, whatever the database holds.

A page, message or export never fails because of one row: an unreadable value is logged and replaced by a neutral one.
Where the value's type allows, it is marked (`is_unreadable`), so that the row can say so.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, String
from sqlalchemy.types import TypeDecorator

from timely import metrics
from timely.domain.storable import storable, unstorable
from timely.timezones import is_timezone

log = logging.getLogger(__name__)

MOST_NOTED = 200
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_noted: set[tuple[str, str]] = set()


class UnreadableText(str):
    """Replaces an unknown word or time zone."""


class UnreadableMap(dict[str, Any]):
    """Replaces an object of the wrong shape."""


def is_unreadable(*values: object) -> bool:
    """Whether any of the values replaces one that could not be read."""
    return any(isinstance(value, UnreadableText | UnreadableMap) for value in values)


def note_unreadable(kind: str, value: object) -> None:
    """Counts the unreadable value, and logs it the first time."""
    metrics.UNREADABLE.labels(kind).inc()
    key = kind, ascii(value)[:80]
    if key not in _noted and len(_noted) < MOST_NOTED:
        _noted.add(key)
        log.warning("A %s in the database cannot be read: %s", *key)


class Readable(TypeDecorator[Any]):
    """Base type: values are converted by `parse`, and replaced by `replacement` if that fails."""

    impl: Any = String
    cache_ok = True
    kind = "value"

    def replacement(self) -> Any:
        return None

    def parse(self, value: Any) -> Any:
        """The value, converted. Raises ValueError, LookupError or TypeError if it cannot be read."""
        return value

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[Any], Any]:
        inner = super().result_processor(dialect, coltype)

        def read(value: Any) -> Any:
            if value is None:
                return None
            try:
                return self.parse(inner(value) if inner else value)
            except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
                note_unreadable(self.kind, value)
                return self.replacement()

        return read


class Json(Readable):
    """A JSON object or list; may be null if *optional*. *is_fit* says whether it has the column's shape.

    An unreadable value becomes an empty one, or null with *or_null*.
    """

    impl = JSON
    cache_ok = True
    kind = "JSON value"

    def __init__(
        self,
        shape: type = dict,
        *,
        optional: bool = False,
        or_null: bool = False,
        is_fit: Callable[[Any], bool] | None = None,
    ) -> None:
        super().__init__(none_as_null=optional)
        self.shape, self.optional, self.or_null, self.is_fit = shape, optional, or_null, is_fit

    def replacement(self) -> Any:
        if self.or_null:
            return None
        return UnreadableMap() if self.shape is dict else []

    def parse(self, value: Any) -> Any:
        if value is None and self.optional:
            return None
        if not isinstance(value, self.shape) or (self.is_fit and not self.is_fit(value)):
            raise ValueError("another shape")
        return value

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[Any], Any]:
        read = super().result_processor(dialect, coltype)
        may_be_empty = self.shape is dict and (self.is_fit is None or self.is_fit({}))

        def cleaned(value: Any) -> Any:
            if value == "{}" and may_be_empty:
                return {}  # as in most rows: nothing to parse
            found = read(value)
            # Serialised JSON spells such characters as \u escapes.
            may_be_odd = not isinstance(value, str) or "\\u" in value
            return storable(found) if may_be_odd and found and unstorable(found) is not None else found

        return cleaned


class Known(dict[Any, Any]):
    """Values of a column that are known to be what they are read as. Any other is read by *read*.

    A long list reads thousands of words, and looks them up here without a call of a Python function.
    """

    def __init__(self, known: Mapping[Any, Any], read: Callable[[Any], Any]) -> None:
        super().__init__(known)
        self._read = read

    def __missing__(self, value: Any) -> Any:
        return self._read(value)


class Word(Readable):
    """One of a few words; *otherwise* is the neutral one that replaces any other."""

    cache_ok = True
    kind = "word"

    def __init__(self, length: int, allowed: tuple[str, ...], otherwise: str) -> None:
        super().__init__(length)
        self.length, self.allowed, self.otherwise = length, allowed, otherwise

    def replacement(self) -> str:
        return UnreadableText(self.otherwise)

    def parse(self, value: str) -> str:
        if value not in self.allowed:
            raise ValueError("an unknown word")
        return value

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[Any], Any]:
        known = {word: word for word in (None, *self.allowed)}
        return Known(known, super().result_processor(dialect, coltype)).__getitem__


class Zone(Readable):
    """IANA time zone name; *otherwise* replaces an unknown one."""

    cache_ok = True
    kind = "time zone"

    def __init__(self, *, otherwise: str = "") -> None:
        super().__init__(64)
        self.otherwise = otherwise

    def replacement(self) -> str:
        return UnreadableText(self.otherwise)

    def parse(self, value: str) -> str:
        if value and not is_timezone(value):
            raise ValueError("no time zone")
        return value or self.otherwise

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[Any], Any]:
        return Known({None: None, "": self.otherwise}, super().result_processor(dialect, coltype)).__getitem__


class Day(Readable):
    impl = Date
    cache_ok = True
    kind = "date"


class UtcDateTime(Readable):
    """An aware time, stored as UTC without an offset, so that every database sorts it the same way.

    If it is *always* present, an unreadable value becomes 1970, else null.
    """

    impl = DateTime
    cache_ok = True
    kind = "time"

    def __init__(self, *, always: bool = False) -> None:
        super().__init__()
        self.always = always

    def replacement(self) -> datetime | None:
        return LONG_AGO if self.always else None

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times are aware: this one has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def parse(self, value: datetime) -> datetime:
        return value.replace(tzinfo=UTC)
