"""Validates JSON request bodies: known fields of the right type, or one response that names every wrong field."""

from datetime import datetime
from typing import Any

from flask import abort, request
from werkzeug.exceptions import BadRequest

from timely.clock import read_moment
from timely.domain.storable import REFUSAL, unstorable

MISSING: Any = object()
WORDS = {int: "a whole number", str: "text", bool: "true or false", dict: "an object"}


class BodyFault(Exception):
    """`fields` is {field: what is wrong with it}."""

    def __init__(self, fields: dict[str, str]):
        super().__init__("some fields cannot be used")
        self.fields = fields


class Body:
    """The body of the current request. Read every field, then call `done()`."""

    def __init__(self) -> None:
        if not request.is_json:
            abort(415)
        try:
            data = request.get_json()
        except BadRequest:
            abort(400, "The body is not JSON.")
        except RecursionError:
            abort(400, "The body is nested too deeply.")
        if not isinstance(data, dict):
            abort(400, "The body must be a JSON object.")
        if (where := unstorable(data)) is not None:
            raise BodyFault({where: REFUSAL})
        self.data: dict[str, Any] = data
        self.faults: dict[str, str] = {}
        self._known: set[str] = set()

    def take(self, name: str, kind: type, *, required: bool = False, default: Any = None) -> Any:
        """The value; *default* if the field is absent or null."""
        self._known.add(name)
        value = self.data.get(name)
        if value is None:
            if required:
                self.faults[name] = "is missing"
            return default
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.faults[name] = f"must be {WORDS[kind]}"
            return default
        if isinstance(value, str) and any(ord(character) < 32 and character not in "\n\t\r" for character in value):
            self.faults[name] = REFUSAL
            return default
        return value

    def text(self, name: str, *, most: int, required: bool = False, default: str = "") -> str:
        value = str(self.take(name, str, required=required, default=default)).strip()
        if len(value) > most:
            self.faults[name] = f"is too long: at most {most} characters"
        elif required and not value:
            self.faults.setdefault(name, "is missing")
        return value

    def choice(self, name: str, choices: tuple[str, ...], default: str | None = None) -> str | None:
        value: str | None = self.take(name, str, default=default)
        if value is not None and value not in choices:
            self.faults[name] = f"must be one of {', '.join(choices)}"
        return value

    def moment(self, name: str) -> datetime | None:
        """An aware time in UTC; None if the field is absent or null."""
        value = self.take(name, str)
        if value is None:
            return None
        try:
            return read_moment(value)
        except ValueError:
            self.faults[name] = "must be a time such as 2026-11-28T15:00:00Z"
            return None

    def has(self, name: str) -> bool:
        """Whether the field was sent, even as null."""
        return name in self.data

    def done(self) -> None:
        """Raises BodyFault if anything is wrong. Unknown fields are errors too, so that a misspelling is noticed."""
        for name in self.data.keys() - self._known:
            self.faults[name[:60]] = "is not a field of this request"
        if self.faults:
            raise BodyFault(self.faults)
