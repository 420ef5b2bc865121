"""Formats are data, and what they cannot be is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timely.domain.errors import ValidationError
from timely.domain.formats.format import DRAWS, KINDS, SEEDINGS, Format, read_format, unknown_format_keys

WORLD_CUP = {"kind": "groups", "groups": 8, "qualifiers": 2, "third_place": True}


def test_read_and_written_without_what_says_nothing():
    assert read_format({"kind": "league"}) == Format()
    assert Format().as_dict() == {"kind": "league"}
    assert read_format(WORLD_CUP).as_dict() == WORLD_CUP
    assert read_format({"kind": "knockout", "legs": 2, "final_legs": None, "draw": "lots"}) == Format(
        "knockout", legs=2, draw="lots"
    )


def test_what_there_is():
    assert not read_format({"kind": "groups", "groups": 4}).has_knockout
    assert read_format(WORLD_CUP).has_table
    assert read_format(WORLD_CUP).has_knockout
    assert not read_format({"kind": "knockout"}).has_table
    assert unknown_format_keys({"kind": "league", "tims": 2}) == ["format.tims"]


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ("league", "format"),
        ({}, "format.kind"),
        ({"kind": "cup"}, "format.kind"),
        ({"kind": "league", "times": 0}, "format.times"),
        ({"kind": "league", "groups": 2}, "format.groups"),
        ({"kind": "league", "third_place": 1}, "format.third_place"),
        ({"kind": "league", "qualifiers": 1}, "format.qualifiers"),
        ({"kind": "league", "best_next": 1, "qualifiers": 4}, "format.best_next"),
        ({"kind": "groups", "groups": 65}, "format.groups"),
        ({"kind": "groups", "groups": 4, "best_next": 2}, "format.best_next"),
        ({"kind": "groups", "groups": 4, "qualifiers": 1, "best_next": 4}, "format.best_next"),
        ({"kind": "groups", "groups": 64, "qualifiers": 3}, "format.qualifiers"),
        ({"kind": "groups", "groups": 4, "draw": "magic"}, "format.draw"),
        ({"kind": "groups", "groups": 4, "seeding": "world"}, "format.seeding"),
        ({"kind": "knockout", "draw": "pots"}, "format.draw"),
        ({"kind": "knockout", "times": 2}, "format.times"),
        ({"kind": "knockout", "qualifiers": 2}, "format.qualifiers"),
        ({"kind": "knockout", "legs": 3}, "format.legs"),
        ({"kind": "knockout", "legs": True}, "format.legs"),
    ],
)
def test_what_is_no_format(data, path):
    with pytest.raises(ValidationError) as caught:
        read_format(data)
    assert caught.value.path == path


@given(
    st.fixed_dictionaries(
        {"kind": st.sampled_from(KINDS)},
        optional={
            "times": st.integers(1, 4),
            "groups": st.integers(1, 12),
            "draw": st.sampled_from(DRAWS),
            "draw_number": st.integers(0, 999),
            "qualifiers": st.integers(0, 4),
            "best_next": st.integers(0, 8),
            "seeding": st.sampled_from(SEEDINGS),
            "third_place": st.booleans(),
            "all_places": st.booleans(),
            "legs": st.integers(1, 2),
            "final_legs": st.integers(1, 2),
        },
    )
)
@settings(deadline=None)
def test_what_is_read_is_written_and_read_again(data):
    try:
        chosen = read_format(data)
    except ValidationError as fault:
        assert fault.path.startswith("format.")
        return
    assert read_format(chosen.as_dict()) == chosen
    assert chosen.as_dict() == {key: data[key] for key in chosen.as_dict()}


@pytest.mark.parametrize(
    ("key", "lowest", "highest", "beside"),
    [
        ("times", 1, 10, {"kind": "league"}),
        ("groups", 1, 64, {"kind": "groups"}),
        ("draw_number", 0, 10**9, {"kind": "knockout"}),
        ("qualifiers", 0, 128, {"kind": "league"}),
        ("best_next", 0, 63, {"kind": "groups", "groups": 64, "qualifiers": 1}),
        ("legs", 1, 2, {"kind": "knockout"}),
        ("final_legs", 1, 2, {"kind": "knockout"}),
    ],
)
def test_both_bounds_of_a_number_are_allowed_and_nothing_beyond(key, lowest, highest, beside):
    for number in (lowest, highest):
        assert getattr(read_format(beside | {key: number}), key) == number
    for number in (lowest - 1, highest + 1):
        with pytest.raises(ValidationError) as caught:
            read_format(beside | {key: number})
        assert caught.value.path == f"format.{key}"


@pytest.mark.parametrize("qualifiers", [1, 65])
def test_two_to_128_go_on(qualifiers):
    wrong = {"kind": "groups", "groups": 2, "qualifiers": qualifiers} if qualifiers > 1 else {"kind": "league"}
    with pytest.raises(ValidationError, match="it needs 2 to 128"):
        read_format(wrong | {"qualifiers": qualifiers})
    assert read_format({"kind": "groups", "groups": 2, "qualifiers": 1}).has_knockout
    assert read_format({"kind": "groups", "groups": 2, "qualifiers": 64}).has_knockout
