"""Forms of divisions."""

from timely.blueprints.name_lists import PasteForm, names_field
from timely.services.divisions import MOST_CHARACTERS
from timely.web.fields import BaseForm, VersionField, text


class DivisionsForm(PasteForm):
    noun, nouns = "division", "divisions"
    names = names_field("Divisions, one a line", noun, rows=4)


class DivisionForm(BaseForm):
    name = text("Name", MOST_CHARACTERS, required="A division needs a name.")
    version = VersionField()
