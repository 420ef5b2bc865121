"""Locales of the languages that Timely speaks."""

from gettext import NullTranslations

import pytest

from timely.domain.translation import ENGLISH, Language
from timely.languages.locales import locale_of


@pytest.mark.parametrize(
    ("code", "locale"), [("de", "de"), ("pt", "pt_PT"), ("pt-BR", "pt_BR"), ("xx", "en_GB"), ("???", "en_GB")]
)
def test_a_locale_is_known_by_its_code(code, locale):
    assert str(locale_of(Language(code, NullTranslations()))) == locale


def test_english_is_british():
    assert str(locale_of(ENGLISH)) == "en_GB"
