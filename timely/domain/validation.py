"""Basic checks of values from a file, a form or the API; each returns the value or raises ValidationError."""

import json
import reprlib
from collections.abc import Mapping, Sequence
from typing import Any

from timely.domain.errors import ValidationError


def inside(path: str, name: str) -> str:
    """The path of *name* inside *path*."""
    return f"{path}.{name}" if path else name


def shown(value: object) -> str:
    """The value as JSON, shortened for a message that a person reads."""
    if value is None or isinstance(value, bool | int | float | str):
        text = json.dumps(value if not isinstance(value, str) else value[:60], ensure_ascii=False)
        return text if len(text) <= 40 else f"{text[:36]}…{text[-1]}"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
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


def whole_number(value: object, path: str, lowest: int, highest: int) -> int:
    # True and 3.0 are numbers to Python, but not a score.
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValidationError(path, f"needs a whole number from {lowest} to {highest}, not {shown(value)}")
    if not lowest <= value <= highest:
        raise ValidationError(path, f"needs a whole number from {lowest} to {highest}, and {shown(value)} is outside")
    return value


def yes_or_no(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise ValidationError(path, f"needs true or false, not {shown(value)}")
    return value


def a_mapping(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValidationError(path, f'needs an object such as {{"key": value}}, not {shown(value)}')
    return value


def a_list(value: object, path: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise ValidationError(path, f"needs a list, not {shown(value)}")
    return value
