"""Sources read, say and write where a side comes from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timely.domain.errors import ValidationError
from timely.domain.knockout.source import LoserOf, Place, Rank, WinnerOf, ordinal, read_source


@pytest.mark.parametrize(
    ("data", "source", "label"),
    [
        ({"group": "A", "position": 1}, Place(("A",), 1), "A1"),
        ({"group": "Pool North", "position": 2}, Place(("Pool North",), 2), "2nd of Pool North"),
        ({"group": "", "position": 3}, Place(("",), 3), "3rd of the table"),
        ({"groups": ["C", "D", "E"], "position": 3}, Place(("C", "D", "E"), 3), "Best 3rd of C/D/E"),
        ({"groups": ["A", "B", "C"], "position": 2, "best": 3}, Place(("A", "B", "C"), 2, 3), "3rd best 2nd"),
        ({"rank": 5}, Rank(5), "5th overall"),
        ({"winner_of": "QF1"}, WinnerOf("QF1"), "Winner QF1"),
        ({"loser_of": "SF1"}, LoserOf("SF1"), "Loser SF1"),
    ],
)
def test_read_and_written_back(data, source, label):
    assert read_source(data) == source
    assert source.label == label
    assert source.as_dict() == data


def test_a_best_of_one_group_is_that_place():
    assert read_source({"groups": ["C"], "position": 3}).as_dict() == {"group": "C", "position": 3}


def test_a_label_fits_where_it_is_kept():
    many = Place(tuple(f"Pool number {number}" for number in range(12)), 3)
    assert many.label == "Best 3rd of 12 groups"


def test_ordinals():
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "103rd", "111th",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ("A1", "from"),
        ({}, "from"),
        ({"rank": 1, "winner_of": "F"}, "from"),
        ({"group": "A"}, "from.position"),
        ({"group": "A", "position": 0}, "from.position"),
        ({"group": 1, "position": 1}, "from.group"),
        ({"groups": [], "position": 1}, "from.groups"),
        ({"groups": ["A", "A"], "position": 1}, "from.groups"),
        ({"groups": ["A", ""], "position": 1}, "from.groups[1]"),
        ({"groups": ["A", "B"], "position": 3, "best": 0}, "from.best"),
        ({"group": "A", "position": 3, "best": 1}, "from.best"),
        ({"rank": "first"}, "from.rank"),
        ({"winner_of": " "}, "from.winner_of"),
        ({"loser_of": "x" * 41}, "from.loser_of"),
    ],
)
def test_what_cannot_be_read(data, path):
    with pytest.raises(ValidationError) as caught:
        read_source(data, "from")
    assert caught.value.path == path


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
)


SOURCE_KEYS = ["group", "groups", "position", "best", "rank", "winner_of", "loser_of"]


@given(st.dictionaries(st.sampled_from(SOURCE_KEYS), JSON))
@settings(deadline=None)
def test_whatever_is_read_can_be_written_and_read_again(data):
    try:
        source = read_source(data)
    except ValidationError:
        return
    assert read_source(source.as_dict()) == source
    assert 0 < len(source.label) <= 80
