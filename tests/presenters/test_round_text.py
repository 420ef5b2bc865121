"""Rounds, groups and open sides in the reader's language."""

from gettext import NullTranslations

import pytest

from timely.domain.knockout.source import LoserOf, Place, Rank, WinnerOf
from timely.domain.knockout.tree import knockout
from timely.domain.translation import Language, in_language
from timely.presenters.round_text import label_text, round_text, table_text


class Bracketed(NullTranslations):
    """Translations that show what was translated."""

    def gettext(self, message):
        return f"[{message}]"

    def pgettext(self, context, message):
        return f"[{message}]"

    def ngettext(self, singular, plural, n):
        return f"[{singular if n == 1 else plural}]"


BRACKETED = Language("xx", Bracketed())


@pytest.mark.parametrize("sides", [2, 3, 6, 13, 20, 64])
def test_each_round_of_a_knockout_is_known(sides):
    names = {tie.round for tie in knockout([*range(sides)], third_place=True)}
    names |= {tie.round for tie in knockout([*range(sides)], all_places=True)} | {"Round 3", "Group A"}
    assert {round_text(name) for name in names} == names
    with in_language(BRACKETED):
        assert all(round_text(name).startswith("[") for name in names)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (WinnerOf("QF2"), "[Winner QF2]"),
        (LoserOf("SF1"), "[Loser SF1]"),
        (Rank(1), "[[1st] overall]"),
        (Place(("A",), 2), "A2"),
        (Place(("",), 2), "[[2nd] of the table]"),
        (Place(("North",), 2), "[[2nd] of North]"),
        (Place(("A", "B", "C"), 3), "[Best [3rd] of A/B/C]"),
        (Place(tuple(f"Group {n}" for n in range(12)), 3), "[Best [3rd] of 12 groups]"),
        (Place(("A", "B"), 3, best=2), "[[2nd] best [3rd]]"),
    ],
)
def test_each_source_is_known(source, text):
    assert label_text(source.label) == source.label
    with in_language(BRACKETED):
        assert label_text(source.label) == text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("League", "[League]"),
        ("Group A", "[Group A]"),
        ("U10 · Group A", "U10 · [Group A]"),
        ("Pool North", "Pool North"),
        ("U10 · Best third-placed", "U10 · [Best third-placed]"),
        ("Best 5th-placed", "[Best [5th]-placed]"),
    ],
)
def test_each_table_is_known(title, text):
    assert table_text(title) == title
    with in_language(BRACKETED):
        assert table_text(title) == text


def test_typed_names_stay():
    with in_language(BRACKETED):
        assert (round_text("Show match"), label_text("The winners of last year")) == (
            "Show match",
            "The winners of last year",
        )
        assert (round_text(""), label_text("")) == ("", "")
