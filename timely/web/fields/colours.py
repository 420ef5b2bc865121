"""Colour fields."""

import re
from typing import Any

from wtforms import Field, StringField
from wtforms.validators import StopValidation

COLOURS = {
    "red": "#d62828",
    "orange": "#f77f00",
    "yellow": "#fcbf49",
    "green": "#2a9d4a",
    "teal": "#0f8b8d",
    "light blue": "#4cc9f0",
    "blue": "#2667ff",
    "navy": "#1d3557",
    "purple": "#7b2cbf",
    "pink": "#ef476f",
    "brown": "#8d5524",
    "grey": "#6c757d",
    "black": "#111111",
    "white": "#f8f9fa",
}


class ColourField(StringField):
    """`#d62828`, or a common colour by name."""

    data: Any

    def __init__(self, label: str, **more: Any):
        super().__init__(label, [self._check], **more)

    def _check(self, form: Any, field: Field) -> None:
        typed = " ".join((self.data or "").split()).lower()
        colour = COLOURS.get(typed, typed)
        if colour and not re.fullmatch(r"#[0-9a-f]{6}", colour, re.ASCII):
            raise StopValidation("Write a colour like #d62828, or by name: " + ", ".join(COLOURS) + ".")
        self.data = colour
