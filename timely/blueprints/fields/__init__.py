"""Form fields that explain their errors and keep what was typed, and the base form."""

from timely.blueprints.fields.base_form import HouseForm
from timely.blueprints.fields.choices import ChoiceField, TimezoneField, options
from timely.blueprints.fields.colours import COLOURS, ColourField
from timely.blueprints.fields.numbers import VersionField, WholeNumberField, read_version
from timely.blueprints.fields.text import Clean, lines, text
from timely.blueprints.fields.times import ClockField, DayField, moment_of

__all__ = [
    "COLOURS",
    "ChoiceField",
    "Clean",
    "ClockField",
    "ColourField",
    "DayField",
    "HouseForm",
    "TimezoneField",
    "VersionField",
    "WholeNumberField",
    "lines",
    "moment_of",
    "options",
    "read_version",
    "text",
]
