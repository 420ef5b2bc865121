"""Whole number fields, and the record version that a form sends back."""

import re
from typing import Any

from wtforms import Field, IntegerField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from timely.domain.translation import Text, lazy_gettext


class VersionField(StringField):
    """The version of the record that the form was shown with."""

    def seen(self) -> int:
        return read_version(self.data)


def read_version(text: str | None) -> int:
    """The version; -1, which matches none, if it is malformed."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) else -1


class WholeNumberField(IntegerField):
    """Accepts only plain decimal numbers: not 1e9, 1_000 or digits of other scripts.

    *missing* is the error for an empty field, if it differs from that for a wrong number.
    """

    def __init__(
        self, label: Text, lowest: int, highest: int, *, required: bool = True, missing: Text = "", **more: Any
    ):
        sentence = lazy_gettext("Type a whole number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest)
        self.missing = missing or sentence
        validators = [InputRequired(self.missing) if required else Optional(), self._check]
        more.setdefault("render_kw", {"inputmode": "numeric", "min": lowest, "max": highest})
        super().__init__(label, validators, **more)
        self.lowest, self.highest, self.sentence, self.required = lowest, highest, sentence, required

    @property
    def number(self) -> int:
        """The number of a required field after validation."""
        assert self.data is not None
        return self.data

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", typed, re.ASCII):
            raise ValueError(str(self.sentence))
        self.data = int(typed)

    def _check(self, form: Any, field: Field) -> None:
        if self.process_errors:
            return
        if self.data is None:
            if self.required:
                raise ValidationError(str(self.missing))
        elif not self.lowest <= self.data <= self.highest:
            raise ValidationError(str(self.sentence))
