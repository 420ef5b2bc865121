"""Fields of a score, and the field that says who goes on when the score does not."""

import re

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import TextInput

from timely.domain.scores.score import MOST_PENS
from timely.domain.statuses import DECIDED_BY
from timely.domain.translation import Text, gettext, lazy_gettext
from timely.presenters.play_text import half_text
from timely.web.fields import WholeNumberField

MISSING = lazy_gettext("Type the score.")
SIDES = ("home", "away")


def score_field(label: Text, *, required: bool, most: int = MOST_PENS) -> WholeNumberField:
    return WholeNumberField(label, 0, most, required=required, missing=MISSING, render_kw={"inputmode": "numeric"})


class HalvesField(WholeNumberField):
    """A score in chess notation, "1½" or "1.5"; `data` counts half points."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        halves = re.fullmatch(r"([0-9]{0,3})(½|[.,][05])?", typed, re.ASCII)
        if not halves:
            raise ValueError(gettext("Type 1, ½ or 0; more boards make 2½ or 2.5."))
        self.data = 2 * int(halves[1] or 0) + (halves[2] not in (None, ".0", ",0"))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return half_text(self.data) if self.data is not None else ""


def halves_field(label: Text, *, required: bool) -> HalvesField:
    look = {"inputmode": "text"}
    return HalvesField(label, 0, MOST_PENS, required=required, missing=MISSING, render_kw=look)


def decided_field() -> SelectField:
    """The side that goes on if the score does not decide it; the form's `name_sides` puts in the teams' names."""
    choices = [
        SelectChoice("", lazy_gettext("No, by the score")),
        *(SelectChoice(f"{side}:{way}", side) for way in DECIDED_BY for side in SIDES),
        SelectChoice("none:ruling", lazy_gettext("Nobody came: neither goes on")),
    ]
    return SelectField(lazy_gettext("By lot or ruling"), choices=choices, validators=[Optional()])


def decided_text(team: str, way: str) -> str:
    """The choice that lets the team go on: "Ash by lot"."""
    if way == "lot":
        return gettext("%(team)s by lot", team=team)
    return gettext("%(team)s by the organiser's ruling", team=team)
