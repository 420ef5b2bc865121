"""Form fields that explain their errors and keep what was typed, and the base form."""

from timely.web.fields.base_form import BaseForm
from timely.web.fields.choices import ChoiceField, TimezoneField, options
from timely.web.fields.colours import ColourField, colours
from timely.web.fields.numbers import VersionField, WholeNumberField, read_version
from timely.web.fields.text import Clean, lines, text
from timely.web.fields.times import ClockField, DayField, moment_of

__all__ = [
    "BaseForm",
    "ChoiceField",
    "Clean",
    "ClockField",
    "ColourField",
    "DayField",
    "TimezoneField",
    "VersionField",
    "WholeNumberField",
    "colours",
    "lines",
    "moment_of",
    "options",
    "read_version",
    "text",
]
