"""Lists of names in the reader's language."""

from gettext import NullTranslations

import pytest

from timely.domain.translation import Language, in_language
from timely.presenters.list_text import list_text


def test_english_lists_have_no_comma_before_and():
    assert [list_text(names) for names in ([], ["Ash"], ["Ash", "Birch"])] == ["", "Ash", "Ash and Birch"]
    assert list_text(["Ash", "{0}", "Cedar"]) == "Ash, {0} and Cedar"


@pytest.mark.parametrize(("code", "text"), [("de", "A, B und C"), ("fr", "A, B et C"), ("xx", "A, B and C")])
def test_a_list_in_another_language(code, text):
    with in_language(Language(code, NullTranslations())):
        assert list_text(["A", "B", "C"]) == text
