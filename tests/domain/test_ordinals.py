"""Ordinals in English and elsewhere."""

from gettext import NullTranslations

from timely.domain.ordinals import Ordinal
from timely.domain.translation import Language, in_language


def test_an_ordinal_is_made_when_it_becomes_a_string():
    third = Ordinal(3)
    assert f"{third}" == "3rd"
    with in_language(Language("de", NullTranslations())):
        assert f"{third}" == "3."
