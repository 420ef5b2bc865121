"""Rounds and open sides, typed in the reader's language as its pages show them, are stored in English."""

import pytest

from timely.domain.knockout.labels import read_label
from timely.domain.knockout.source import LoserOf, Place, WinnerOf
from timely.domain.translation import in_language
from timely.languages.catalogues import find_languages
from timely.presenters.round_text import label_text, round_text
from timely.presenters.typed_text import label_in_english, round_in_english

LANGUAGES = list(find_languages().values())
ROUNDS = ("Final", "Semi-finals", "Quarter-finals", "Round of 16", "Third place", "Round 3", "5th place", "Group A")
LABELS = ("Winner QF2", "Loser SF1", "2nd of Group A", "3rd of the table", "1st overall", "2nd of Pool North")


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_what_a_page_shows_may_be_typed(language):
    with in_language(language):
        for name in ROUNDS:
            shown = round_text(name)
            assert round_in_english(shown) == name
            assert round_in_english(f"  {shown.upper()} ").strip().casefold() == name.casefold()
        for label in LABELS:
            assert label_in_english(label_text(label)) == label


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
@pytest.mark.parametrize("text", ["", "Ash", "Winner QF2", "Rund ums Dorf", "%(place)s", "(", "x" * 500, "2."])
def test_anything_else_stays_as_it_was_typed(language, text):
    with in_language(language):
        assert label_in_english(text) == text


def test_it_is_read_as_the_source_that_it_names():
    for language in LANGUAGES:
        with in_language(language):
            said = [label_in_english(label_text(label)) for label in LABELS[:3]]
        found = [read_label(label, ["A", "B"], ["QF2", "SF1"]) for label in said]
        assert found == [WinnerOf("QF2"), LoserOf("SF1"), Place(("A",), 2)], language.code
