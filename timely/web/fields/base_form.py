"""The form that the fields stand in."""

from flask_wtf import FlaskForm

from timely.services.errors import RuleBroken


class HouseForm(FlaskForm):
    """What every form of the organiser's can do."""

    def add_fault(self, broken: RuleBroken) -> None:
        """Puts what a service refused beside its field, or above the form."""
        name = next(iter(broken.fields), "")
        if name in self._fields:
            self._fields[name].errors = [*self._fields[name].errors, *broken.message.split("\n")]
        else:
            self.form_errors.extend(broken.message.split("\n"))
