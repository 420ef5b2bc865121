"""Texts that Timely has written itself: stored as messages with their values, read in each reader's language."""

from types import SimpleNamespace

from tests.languages.pseudo import PSEUDO, pseudo
from timely.domain.translation import in_language, lazy_gettext, lazy_ngettext
from timely.models.stored_words import stored_text, words_of

LINES = {
    "title": [lazy_ngettext("%(pitch)s: %(num)s game moves", "%(pitch)s: %(num)s games move", 2, pitch="Court %(x)s")],
    "message": [lazy_gettext("First line."), lazy_gettext("Second line of %(team)s.", team="Ash")],
}


def record(words):
    return SimpleNamespace(words=words, title="As stored", message="As stored")


def test_each_reader_gets_its_own_words():
    made = record(words_of(LINES))
    assert stored_text(made, "title") == "Court %(x)s: 2 games move"
    assert stored_text(made, "message") == "First line.\nSecond line of Ash."
    with in_language(PSEUDO):
        lines = stored_text(made, "message").splitlines()
        assert lines == [pseudo("First line."), pseudo("Second line of %(team)s.") % {"team": "Ash"}]


def test_what_somebody_typed_is_shown_as_it_is():
    assert stored_text(record(None), "title") == "As stored"
    assert stored_text(record(words_of({"message": LINES["message"]})), "title") == "As stored"
