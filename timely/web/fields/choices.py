"""Select fields and time zone fields."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from timely.domain.translation import Text, gettext
from timely.timezones import is_timezone


class ChoiceField(SelectField):
    """A select field; a value outside its choices, such as another event's id, is a validation error."""

    def __init__(self, label: Text, choices: Sequence[tuple[str, Text]] | None = None, **more: Any):
        super().__init__(label, choices=options(choices or ()), **more)

    def offer(self, choices: Iterable[tuple[str, Text]]) -> None:
        """Sets the choices: (value, text)."""
        self.choices = options(choices)

    def pre_validate(self, form: Any) -> None:
        if self.data not in {str(value) for value, *_ in self.choices}:
            raise StopValidation(gettext("Choose one from the list."))

    def chosen_text(self) -> str:
        return next((str(label) for value, label, *_ in self.choices if value == self.data), "")


def options(choices: Iterable[tuple[str, Text]]) -> list[SelectChoice]:
    return [SelectChoice(value, text) for value, text in choices]


class TimezoneField(StringField):
    """An IANA time zone name; may be empty if not *required*."""

    data: Any

    def __init__(self, label: Text, *, required: bool = True, **more: Any):
        super().__init__(label, [self._check], **more)
        self.flags.required = required

    def _check(self, form: Any, field: Field) -> None:
        self.data = (self.data or "").strip()
        if not self.data and not self.flags.required:
            return
        if not is_timezone(self.data):
            raise StopValidation(
                gettext("There is no such time zone. Choose one from the list, such as Europe/Dublin.")
            )
