"""The form of a result."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from timely.blueprints.fields import WholeNumberField, read_version
from timely.domain.scores import MOST
from timely.services.results import Score


def score_field(label: str, *, required: bool) -> WholeNumberField:
    look = {"inputmode": "numeric", "maxlength": 3}
    return WholeNumberField(label, 0, MOST, required=required, missing="Type the score.", render_kw=look)


class ResultForm(FlaskForm):
    """`version` is the fixture's when the form was drawn; `running` means that the game is still on."""

    home_score = score_field("Home", required=True)
    away_score = score_field("Away", required=True)
    home_pens = score_field("Penalties, home", required=False)
    away_pens = score_field("Penalties, away", required=False)
    running = BooleanField("Still being played: show this score, but do not count it yet")
    status = SelectField(
        "State",
        choices=[
            SelectChoice("", "Final, as usual"),
            SelectChoice("PENDING", "Pending"),
            SelectChoice("VERIFIED", "Verified"),
            SelectChoice("FINAL", "Final"),
        ],
        validators=[Optional()],
    )
    reason = StringField("Why is it corrected?", [Length(max=300, message="At most 300 characters.")])
    version = HiddenField()

    def score(self) -> Score:
        return Score(self.home_score.number, self.away_score.number, self.home_pens.data, self.away_pens.data)

    def seen_version(self) -> int:
        return read_version(self.version.data)

    def add_fault(self, message: str, field: str) -> None:
        """Puts what the service refused beside its field, or above the form."""
        target = self._fields.get(field)
        if target is None:
            self.form_errors.append(message)
        else:
            target.errors = [*target.errors, message]

    def words(self) -> list[str]:
        """All errors, each once, for a row that has place for one line."""
        found = [*self.form_errors]
        for field in self:
            found += [str(error) for error in field.errors]
        return list(dict.fromkeys(found))
