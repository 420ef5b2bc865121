"""Validation errors, whose messages are in the language of whoever reads them."""

from gettext import NullTranslations

import pytest

from timely.domain.errors import LONGEST_MESSAGE, LONGEST_PATH, ValidationError
from timely.domain.translation import Language, in_language, lazy_gettext
from timely.domain.validation import whole_number


class Bracketed(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"[{message}]"


BRACKETED = Language("xb", Bracketed())


def test_an_error_has_its_path_and_its_message():
    error = ValidationError("rules.win", "is missing")
    assert (error.path, error.message, error.sentence) == ("rules.win", "is missing", "Is missing.")
    assert str(error) == "rules.win: is missing"
    assert str(ValidationError("", "is missing")) == "is missing"


def test_it_is_in_the_language_of_whoever_reads_it():
    with pytest.raises(ValidationError) as raised:
        whole_number("x", "score", 0, 9)
    assert str(raised.value) == 'score: needs a whole number from 0 to 9, not "x"'
    with in_language(BRACKETED):
        assert raised.value.message == '[needs [a whole number from 0 to 9], not "x"]'
        assert str(ValidationError(lazy_gettext("the file"), "is empty")) == "[the file]: is empty"
    assert raised.value.message == 'needs a whole number from 0 to 9, not "x"'


def test_it_is_of_a_length_that_can_be_read():
    error = ValidationError("x" * 999, lazy_gettext("%(name)s is not a name", name="y" * 9999))
    assert error.path == "x" * LONGEST_PATH + "…"
    assert len(error.message) == LONGEST_MESSAGE + 1
