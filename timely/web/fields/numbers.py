"""Whole numbers: those that one types, and the version that a page brings back."""

import re
from typing import Any

from wtforms import Field, IntegerField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError


class VersionField(StringField):
    """Which version of the record the form was drawn with."""

    def seen(self) -> int:
        return read_version(self.data)


def read_version(text: str | None) -> int:
    """The number; -1, which matches no version, where it was garbled."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) else -1


class WholeNumberField(IntegerField):
    """Only what one would write by hand: 1e9, 1_000 and other scripts' digits are none.

    *missing* is what to say where nothing is typed, if that is something else.
    """

    def __init__(self, label: str, lowest: int, highest: int, *, required: bool = True, missing: str = "", **more: Any):
        sentence = f"Type a whole number from {lowest} to {highest}."
        self.missing = missing or sentence
        validators = [InputRequired(self.missing) if required else Optional(), self._check]
        more.setdefault("render_kw", {"inputmode": "numeric", "min": lowest, "max": highest})
        super().__init__(label, validators, **more)
        self.lowest, self.highest, self.sentence, self.required = lowest, highest, sentence, required

    @property
    def number(self) -> int:
        """The number of a required field that was found right."""
        assert self.data is not None
        return self.data

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", typed, re.ASCII):
            raise ValueError(self.sentence)
        self.data = int(typed)

    def _check(self, form: Any, field: Field) -> None:
        if self.process_errors:
            return
        if self.data is None:
            if self.required:
                raise ValidationError(self.missing)
        elif not self.lowest <= self.data <= self.highest:
            raise ValidationError(self.sentence)
