"""The catalogues that Timely comes with: complete, with the placeholders, tags and quotes of their messages."""

import re

import pytest

from timely.domain.translation import in_language
from timely.languages.catalogues import CATALOGUE, FOLDER, find_languages
from timely.languages.extraction import extracted, faults, updated
from timely.presenters.number_text import ordinal_text

PATHS = sorted(FOLDER.glob(f"*/{CATALOGUE}"))
CODES = [path.parent.parent.name for path in PATHS]
TAG = re.compile(r"</?\w+[^>]*>")


@pytest.fixture(scope="module")
def template():
    return extracted()


@pytest.fixture(scope="module", params=PATHS, ids=CODES)
def catalogue(request, template):
    return updated(request.param, template)[0]


def translations(catalogue):
    """[(the message's forms, a translation of it)]."""
    for message in catalogue:
        if message.id:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            strings = [message.string] if isinstance(message.string, str) else list(message.string)
            for text in strings:
                yield ids, text


def test_every_message_is_translated(catalogue):
    assert list(faults(catalogue)) == []


@pytest.mark.parametrize("path", PATHS, ids=CODES)
def test_the_file_is_as_it_is_extracted(path, template):
    """`make messages` writes it: what the source says no more is gone, and what is new is there."""
    assert path.read_bytes() == updated(path, template)[1]


def test_tags_are_those_of_the_message(catalogue):
    for ids, text in translations(catalogue):
        assert sorted(TAG.findall(text)) in [sorted(TAG.findall(one)) for one in ids], text


def test_nothing_could_end_an_attribute_or_begin_a_tag(catalogue):
    for ids, text in translations(catalogue):
        plain, said = TAG.sub("", text), "".join(TAG.sub("", one) for one in ids)
        for sign in '"<>&|':
            assert sign not in plain or sign in said, f"{sign} in {text!r}"


def test_white_space_at_the_ends_and_braces_are_those_of_the_message(catalogue):
    for ids, text in translations(catalogue):
        assert text.count("{}") in {one.count("{}") for one in ids}, text
        assert (text[:1].isspace(), text[-1:].isspace()) == (ids[0][:1].isspace(), ids[0][-1:].isspace()), repr(text)


@pytest.mark.parametrize(
    ("code", "first", "third", "eleventh"),
    [
        ("en", "1st", "3rd", "11th"),
        ("de", "1.", "3.", "11."),
        ("fr", "1er", "3e", "11e"),
        ("es", "1.º", "3.º", "11.º"),
        ("it", "1º", "3º", "11º"),
        ("pt", "1.º", "3.º", "11.º"),
        ("nl", "1e", "3e", "11e"),
        ("pl", "1.", "3.", "11."),
        ("sv", "1:a", "3:e", "11:e"),
    ],
)
def test_places_are_counted_as_the_language_counts(code, first, third, eleventh):
    with in_language(find_languages()[code]):
        assert [ordinal_text(number) for number in (1, 3, 11)] == [first, third, eleventh]
