"""Forms of divisions."""

from timely.blueprints.name_lists import PasteForm, names_field
from timely.domain.translation import lazy_gettext, ngettext
from timely.services.divisions import MOST_CHARACTERS
from timely.web.fields import BaseForm, VersionField, text


class DivisionsForm(PasteForm):
    names = names_field(
        lazy_gettext("Divisions, one a line"), lazy_gettext("Type or paste at least one division."), rows=4
    )

    def added_text(self, number: int) -> str:
        return ngettext("%(num)s division is added.", "%(num)s divisions are added.", number)


class DivisionForm(BaseForm):
    name = text(lazy_gettext("Name"), MOST_CHARACTERS, required=lazy_gettext("A division needs a name."))
    version = VersionField()
