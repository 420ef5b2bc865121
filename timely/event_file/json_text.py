"""Parses the JSON text of an event file, more strictly than Python does, and says at which line it is wrong."""

import json
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.translation import LazyText, lazy_gettext
from timely.event_file.error_lines import line_of_constant, line_of_long_number, line_of_second_key
from timely.event_file.limits import THE_FILE, require_readable


class NoNumber(Exception):
    """NaN or Infinity, which Python accepts although JSON does not have it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class KeyTwice(Exception):
    """An object has a key twice."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def parse_json(raw: bytes) -> Any:
    """The values in *raw*. Raises ValidationError with the line of the first error."""
    require_readable(raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ValidationError(_line(line), lazy_gettext("is not UTF-8 text; save the file as UTF-8")) from None
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
    except NoNumber as error:
        line = line_of_constant(text, error.name)
        raise ValidationError(
            _line(line), lazy_gettext("has %(name)s, which is not a JSON number", name=error.name)
        ) from None
    except KeyTwice as error:
        line = line_of_second_key(text, error.key)
        raise ValidationError(
            _line(line),
            lazy_gettext(
                "has the key %(key)s for the second time in one object; which one counts?", key=repr(error.key[:40])
            ),
        ) from None
    except json.JSONDecodeError as error:
        raise ValidationError(
            _line(error.lineno),
            lazy_gettext(
                "is not JSON: %(fault)s, at character %(column)s of the line", fault=error.msg, column=error.colno
            ),
        ) from None
    except RecursionError:
        raise ValidationError(THE_FILE, lazy_gettext("is nested far too deeply for an event")) from None
    except ValueError:  # the only case left: Python refuses to convert thousands of digits to a number
        raise ValidationError(
            _line(line_of_long_number(text)), lazy_gettext("has a number of thousands of digits")
        ) from None


def _line(number: int) -> LazyText:
    return lazy_gettext("line %(number)s", number=number)


def _refuse_constant(name: str) -> Any:
    raise NoNumber(name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise KeyTwice(key)
        found[key] = value
    return found
