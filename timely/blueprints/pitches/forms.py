"""The forms of pitches."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired

from timely.blueprints.fields import HouseForm, text
from timely.services.pitches import MOST_CHARACTERS


class PasteForm(HouseForm):
    names = TextAreaField(
        "Pitches, one a line", [InputRequired("Type or paste at least one pitch.")], render_kw={"rows": 4}
    )


class PitchForm(HouseForm):
    name = text("Name", MOST_CHARACTERS, required="A pitch needs a name.")
