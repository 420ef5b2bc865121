"""Colour fields."""

import re
from typing import Any

from wtforms import Field, StringField
from wtforms.validators import StopValidation

from timely.domain.translation import Text, gettext, pgettext, pgettext_noop

# By their English names, which are typed in any language; pages show and take them by their translated names too.
COLOURS = {
    pgettext_noop("colour", "red"): "#d62828",
    pgettext_noop("colour", "orange"): "#f77f00",
    pgettext_noop("colour", "yellow"): "#fcbf49",
    pgettext_noop("colour", "green"): "#2a9d4a",
    pgettext_noop("colour", "teal"): "#0f8b8d",
    pgettext_noop("colour", "light blue"): "#4cc9f0",
    pgettext_noop("colour", "blue"): "#2667ff",
    pgettext_noop("colour", "navy"): "#1d3557",
    pgettext_noop("colour", "purple"): "#7b2cbf",
    pgettext_noop("colour", "pink"): "#ef476f",
    pgettext_noop("colour", "brown"): "#8d5524",
    pgettext_noop("colour", "grey"): "#6c757d",
    pgettext_noop("colour", "black"): "#111111",
    pgettext_noop("colour", "white"): "#f8f9fa",
}


class ColourField(StringField):
    """`#d62828`, or a common colour by name."""

    data: Any

    def __init__(self, label: Text, **more: Any):
        super().__init__(label, [self._check], **more)

    def _check(self, form: Any, field: Field) -> None:
        typed = " ".join((self.data or "").split()).lower()
        named = colours()
        by_name = COLOURS | {name.lower(): colour for name, colour in named.items()}
        colour = by_name.get(typed, typed)
        if colour and not re.fullmatch(r"#[0-9a-f]{6}", colour, re.ASCII):
            raise StopValidation(gettext("Write a colour like #d62828, or by name: %(names)s.", names=", ".join(named)))
        self.data = colour


def colours() -> dict[str, str]:
    """The common colours by their names in the reader's language."""
    return {pgettext("colour", name): colour for name, colour in COLOURS.items()}
