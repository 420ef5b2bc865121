"""Values from outside: what is a number, a list, a truth; how a wrong one is shown, and how much is too much."""

import json

import pytest

from timely.domain.errors import ValidationError
from timely.domain.validation import a_list, a_mapping, is_within, shown, whole_number, yes_or_no


@pytest.mark.parametrize("value", [2, 5, 9])
def test_a_whole_number_may_be_either_bound(value):
    assert whole_number(value, "", 2, 9) == value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "needs a whole number from 2 to 9, and 1 is outside"),
        (10, "needs a whole number from 2 to 9, and 10 is outside"),
        (True, "needs a whole number from 2 to 9, not true"),
        (3.0, "needs a whole number from 2 to 9, not 3.0"),
        ("3", 'needs a whole number from 2 to 9, not "3"'),
        (None, "needs a whole number from 2 to 9, not null"),
    ],
)
def test_what_is_no_such_number_is_refused(value, words):
    with pytest.raises(ValidationError) as caught:
        whole_number(value, "rules.overs", 2, 9)
    assert (caught.value.path, caught.value.message) == ("rules.overs", words)
    assert caught.value.sentence == f"{words[0].upper()}{words[1:]}."


def test_truths_lists_and_objects_are_given_back_and_nothing_else_is_taken_for_one():
    assert [yes_or_no(True, ""), yes_or_no(False, "")] == [True, False]
    assert (a_list([1], ""), a_list((1,), ""), a_mapping({"a": 1}, "")) == ([1], (1,), {"a": 1})
    for check, value, words in (
        (yes_or_no, 1, "needs true or false, not 1"),
        (yes_or_no, None, "needs true or false, not null"),
        (a_list, "abc", 'needs a list, not "abc"'),
        (a_list, {}, "needs a list, not an object"),
        (a_mapping, [], 'needs an object such as {"key": value}, not a list'),
    ):
        with pytest.raises(ValidationError) as caught:
            check(value, "")
        assert str(caught.value) == words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (False, "false"),
        (0.5, "0.5"),
        ("Gruppe Ä", '"Gruppe Ä"'),
        ("x" * 38, f'"{"x" * 38}"'),  # forty characters with the quotes
        ("x" * 39, f'"{"x" * 35}…"'),
        (10**50, f"1{'0' * 35}…0"),
        ({}, "an object"),
        ([], "a list"),
        ((1, 2), "a list"),
        ({1, 2}, "{1, 2}"),
    ],
)
def test_a_value_is_shown_in_few_characters(value, text):
    assert str(shown(value)) == text


@pytest.mark.parametrize(
    "value", ["Ash", ["Ash", "Birch"], {"home": 3}, {"a": {"b": ["c", {"d": "e"}]}}, [], {}, 10**60, [[[[]]]]]
)
def test_how_much_there_is_is_about_its_length_as_json(value):
    length = len(json.dumps(value))
    assert is_within(value, 2 * length)
    assert not is_within(value, length // 2)


def test_the_last_character_that_fits():
    assert is_within("Ash", 5)  # with its quotes
    assert not is_within("Ash", 4)
    assert is_within([1, 1], 8)
    assert not is_within([1, 1], 7)


def test_values_in_a_list_and_both_sides_of_an_object_count():
    long = "x" * 1000
    for value in ([long], {"a": long}, {long: "a"}, [[{"a": [long]}]], (long,)):
        assert is_within(value, 1100)
        assert not is_within(value, 1000)


def test_a_path_and_a_message_are_cut_when_they_quote_a_huge_key():
    fault = ValidationError("a" * 200, "b" * 1000)
    assert (fault.path, fault.message) == ("a" * 200, "b" * 1000)
    fault = ValidationError("a" * 201, "b" * 1001)
    assert (fault.path, fault.message) == (f"{'a' * 200}…", f"{'b' * 1000}…")
    assert str(ValidationError("", "is missing")) == "is missing"
