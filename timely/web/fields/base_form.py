"""Base class of the organisers' forms."""

from flask_wtf import FlaskForm

from timely.services.errors import RuleBroken


class BaseForm(FlaskForm):
    """Base form of the organisers' pages."""

    def add_error(self, broken: RuleBroken) -> None:
        """Adds a service's refusal to its field, or to the form."""
        name, messages = next(iter(broken.fields), ""), str(broken.message).split("\n")
        if name in self._fields:
            self._fields[name].errors = [*self._fields[name].errors, *messages]
        else:
            self.form_errors.extend(messages)
