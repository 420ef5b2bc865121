"""Forms of pitches."""

from timely.blueprints.name_lists import PasteForm, names_field
from timely.services.pitches import MOST_CHARACTERS
from timely.web.fields import BaseForm, TimezoneField, VersionField, text


class PitchesForm(PasteForm):
    noun, nouns = "pitch", "pitches"
    names = names_field("Pitches, one a line", noun, rows=4)


class PitchForm(BaseForm):
    name = text("Name", MOST_CHARACTERS, required="A pitch needs a name.")
    timezone = TimezoneField("Time zone", required=False, render_kw={"list": "timezones", "autocomplete": "off"})
    version = VersionField()
