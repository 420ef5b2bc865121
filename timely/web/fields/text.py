"""Text fields of one or several lines."""

from typing import Any

from wtforms import Field, StringField, TextAreaField
from wtforms.validators import StopValidation

from timely.domain.errors import ValidationError
from timely.domain.text import can_be_seen, clean_text
from timely.domain.translation import Text, gettext


class Clean:
    """Strips the text; rejects what is too long or cannot be displayed."""

    def __init__(self, most: int, *, lines: bool = False, required: Text = ""):
        self.most, self.lines, self.required = most, lines, required
        # No `maxlength`: browsers cut longer text silently; the error message says how much is too much.
        self.field_flags = {"required": True} if required else {}

    def __call__(self, form: Any, field: Field) -> None:
        try:
            field.data = clean_text((field.data or "").replace("\r\n", "\n"), "", most=self.most, lines=self.lines)
        except ValidationError as fault:
            typed = field.data or ""
            # Checked character by character, so only for text of bounded length.
            is_nothing = bool(self.required) and len(typed) <= 4 * self.most and not can_be_seen(typed)
            said = self.required if is_nothing else gettext("This %(fault)s.", fault=fault.message)
            raise StopValidation(str(said)) from None
        if self.required and not field.data:
            raise StopValidation(str(self.required))


def text(label: Text, most: int, *, required: Text = "", **more: Any) -> StringField:
    """A field of one line. *required* is the error message if it is empty."""
    return StringField(label, [Clean(most, required=required)], **more)


def lines(label: Text, most: int, *, required: Text = "", **more: Any) -> TextAreaField:
    return TextAreaField(label, [Clean(most, lines=True, required=required)], **more)
