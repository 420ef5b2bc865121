"""Forms of pitches."""

from timely.blueprints.name_lists import PasteForm, names_field
from timely.domain.translation import lazy_gettext, ngettext
from timely.services.pitches import MOST_CHARACTERS
from timely.web.fields import BaseForm, TimezoneField, VersionField, text


class PitchesForm(PasteForm):
    names = names_field(lazy_gettext("Pitches, one a line"), lazy_gettext("Type or paste at least one pitch."), rows=4)

    def added_text(self, number: int) -> str:
        return ngettext("%(num)s pitch is added.", "%(num)s pitches are added.", number)


class PitchForm(BaseForm):
    name = text(lazy_gettext("Name"), MOST_CHARACTERS, required=lazy_gettext("A pitch needs a name."))
    timezone = TimezoneField(
        lazy_gettext("Time zone"), required=False, render_kw={"list": "timezones", "autocomplete": "off"}
    )
    version = VersionField()
