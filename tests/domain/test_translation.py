"""Texts in the language of the reader: at once, lazily, and stored as a message with its values."""

import re
from gettext import NullTranslations

import pytest

from timely.domain.translation import (
    ENGLISH,
    Language,
    LazyText,
    current_language,
    gettext,
    in_language,
    lazy_gettext,
    lazy_ngettext,
    lazy_pgettext,
    ngettext,
    npgettext,
    pgettext,
)


class Shouting(NullTranslations):
    def gettext(self, message: str) -> str:
        return re.sub(r"%\(\w+\)S", lambda found: found[0].lower(), message.upper())

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{'ONE' if n == 1 else 'MANY'} %(num)s"

    def pgettext(self, context: str, message: str) -> str:
        return f"{context}:{message}"

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return f"{context}:{'ONE' if n == 1 else 'MANY'} %(num)s"


SHOUTING = Language("xs", Shouting())


def test_english_is_the_message_itself():
    assert current_language() is ENGLISH
    assert gettext("Full time") == "Full time"
    assert gettext("%(team)s goes through.", team="Ash") == "Ash goes through."
    assert ngettext("%(num)s game", "%(num)s games", 1) == "1 game"
    assert ngettext("%(num)s game", "%(num)s games", 3) == "3 games"
    assert pgettext("tennis", "court") == "court"
    assert npgettext("tennis", "%(num)s court", "%(num)s courts", 2) == "2 courts"


def test_a_language_lasts_as_long_as_it_is_spoken():
    with in_language(SHOUTING):
        assert gettext("Full time") == "FULL TIME"
        assert ngettext("%(num)s game", "%(num)s games", 3) == "MANY 3"
        assert pgettext("tennis", "court") == "tennis:court"
        assert npgettext("tennis", "%(num)s court", "%(num)s courts", 1) == "tennis:ONE 1"
    assert gettext("Full time") == "Full time"


def test_nothing_is_made_of_an_empty_message():
    """In a catalogue the empty message has its head."""
    with in_language(SHOUTING):
        assert gettext("") == pgettext("tennis", "") == ""


@pytest.mark.parametrize("name", ["100 %", "%(x)s", "%s", "{team}", "%%"])
def test_what_was_typed_is_never_looked_into(name):
    assert gettext("%(team)s goes through.", team=name) == f"{name} goes through."
    assert str(lazy_gettext("%(team)s goes through.", team=name)) == f"{name} goes through."


def test_a_lazy_text_is_translated_each_time_it_is_read():
    inner = lazy_gettext("Ash")
    text = lazy_gettext("%(team)s goes through.", team=inner)
    assert str(text) == f"{text}" == "Ash goes through."
    with in_language(SHOUTING):
        assert str(text) == "ASH GOES THROUGH."
        assert str(lazy_ngettext("%(num)s game", "%(num)s games", 1)) == "ONE 1"
        assert str(lazy_pgettext("tennis", "court")) == "tennis:court"


def test_a_lazy_text_comes_back_from_its_row():
    text = lazy_gettext("%(team)s: %(games)s", team=lazy_pgettext("x", "Ash"), games=lazy_ngettext("a", "b", 2))
    row = text.as_row()
    assert row == {
        "message": "%(team)s: %(games)s",
        "values": {
            "team": {"message": "Ash", "context": "x"},
            "games": {"message": "a", "plural": "b", "number": 2},
        },
    }
    with in_language(SHOUTING):
        assert str(LazyText.from_row(row)) == str(text)
