"""Checks single values of parsed JSON; each check returns the value, or raises ValidationError with its path."""

import json
import reprlib
from collections.abc import Collection, Mapping, Sequence, Sized
from datetime import date, datetime, tzinfo
from typing import Any, NoReturn

from timely.domain.errors import ValidationError
from timely.domain.moments import read_day, read_moment
from timely.domain.number_text import thousands
from timely.domain.translation import Text, lazy_gettext

A_LIST = lazy_gettext("a list")


def inside(path: str, name: str) -> str:
    """The path of *name* inside *path*."""
    return f"{path}.{name}" if path else name


def shown(value: object) -> Text:
    """The value as JSON, shortened for a message that a person reads."""
    if value is None or isinstance(value, bool | int | float | str):
        text = json.dumps(value if not isinstance(value, str) else value[:60], ensure_ascii=False)
        return text if len(text) <= 40 else f"{text[:36]}…{text[-1]}"
    if isinstance(value, Mapping):
        return lazy_gettext("an object")
    if isinstance(value, list | tuple):
        return lazy_gettext("a list")
    return reprlib.repr(value)


def is_within(value: object, most: int) -> bool:
    """Whether the value has at most about so many characters as JSON; stops counting beyond that."""
    left, waiting = most, [value]
    while waiting and left >= 0:
        one = waiting.pop()
        if isinstance(one, str):
            left -= len(one) + 2
        elif isinstance(one, Mapping | list | tuple):
            left -= 2 * len(one) + 2
            if left >= 0:
                waiting += [*one.keys(), *one.values()] if isinstance(one, Mapping) else one
        else:
            left -= max(1, one.bit_length() // 4) if isinstance(one, int) else 5
    return left >= 0


def require_few(items: Sized, most: int, path: Text) -> None:
    """Raises ValidationError for more than *most* entries; called before any of them is read."""
    if len(items) > most:
        raise ValidationError(
            path,
            lazy_gettext("has %(count)s entries, at most %(most)s", count=thousands(len(items)), most=thousands(most)),
        )


def refuse(value: object, path: Text, needed: Text) -> NoReturn:
    """Raises ValidationError for a value where something else is *needed*."""
    raise ValidationError(path, lazy_gettext("needs %(needed)s, not %(value)s", needed=needed, value=shown(value)))


def an_integer(value: object, path: str) -> int:
    # True and 3.0 are numbers to Python, but not a score.
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(value, path, lazy_gettext("a whole number"))
    return value


def whole_number(value: object, path: str, lowest: int, highest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(
            value, path, lazy_gettext("a whole number from %(lowest)s to %(highest)s", lowest=lowest, highest=highest)
        )
    if not lowest <= value <= highest:
        raise ValidationError(
            path,
            lazy_gettext(
                "needs a whole number from %(lowest)s to %(highest)s, and %(value)s is outside",
                lowest=lowest,
                highest=highest,
                value=shown(value),
            ),
        )
    return value


def yes_or_no(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        refuse(value, path, lazy_gettext("true or false"))
    return value


def a_text(value: object, path: str) -> str:
    if not isinstance(value, str):
        refuse(value, path, lazy_gettext("text"))
    return value


def a_mapping(value: object, path: Text, *, most: int | None = None) -> Mapping[str, Any]:
    """*most*: how many keys it may have."""
    if not isinstance(value, Mapping):
        refuse(value, path, lazy_gettext('an object such as {"key": value}'))
    if most is not None:
        require_few(value, most, path)
    return value


def a_list(value: object, path: str, *, most: int | None = None, needed: Text = A_LIST) -> Sequence[Any]:
    """*most*: how many entries it may have; *needed*: what is needed, for the message."""
    if not isinstance(value, list | tuple):
        refuse(value, path, needed)
    if most is not None:
        require_few(value, most, path)
    return value


def one_of(value: object, path: str, choices: Collection[str]) -> str:
    if not isinstance(value, str) or value not in choices:
        refuse(value, path, lazy_gettext("one of %(choices)s", choices=", ".join(filter(None, choices))))
    return value


def a_day(value: object, path: str) -> date:
    try:
        if isinstance(value, str):
            return read_day(value)
    except ValueError:
        pass
    raise ValidationError(path, lazy_gettext("%(value)s is not a day; write it like 2026-11-28", value=shown(value)))


def a_moment(value: object, path: str, zone: tzinfo | None = None) -> datetime:
    """An aware time in UTC from `2026-11-28T15:00:00Z`; any offset is accepted, none only if *zone* is given."""
    try:
        if isinstance(value, str):
            return read_moment(value, zone)
    except ValueError:
        pass
    raise ValidationError(
        path, lazy_gettext("%(value)s is not a time; write it like 2026-11-28T15:00:00Z", value=shown(value))
    )
