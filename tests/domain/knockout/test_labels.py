"""Labels typed for a side that is not known, read as sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timely.domain.knockout.labels import read_label
from timely.domain.knockout.link_inference import code_by_hand
from timely.domain.knockout.source import LoserOf, Place, Rank, WinnerOf

GROUPS = ["A", "B", "Pool 1", "Pool North"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A5", Place(("A",), 5)),
        (" a 5 ", Place(("A",), 5)),
        ("Group B 3", Place(("B",), 3)),
        ("5th of A", Place(("A",), 5)),
        ("5th of group A", Place(("A",), 5)),
        ("2nd place of Pool North", Place(("Pool North",), 2)),
        ("Pool 1 2", Place(("Pool 1",), 2)),
        ("Winner group A", Place(("A",), 1)),
        ("Runner-up of B", Place(("B",), 2)),
        ("Winner of QF 2", WinnerOf("QF2")),
        ("loser SF1", LoserOf("SF1")),
        ("5th overall", Rank(5)),
        ("2nd best 3rd", Place(tuple(GROUPS), 3, 2)),
        ("Best 3rd of A/B", Place(("A", "B"), 3)),
        ("Pool 12", None),
        ("A0", None),
        ("A500", None),
        ("C1", None),
        ("Winner QF3", None),
        ("The winners of the pub quiz", None),
        ("", None),
    ],
)
def test_read(text, source):
    assert read_label(text, GROUPS, ["QF2", "SF1"]) == source


def test_the_one_table_has_no_name():
    assert read_label("1st of the table", [""], []) == Place(("",), 1)
    assert read_label("5th overall", [""], []) is None


def test_what_may_be_two_places_is_none():
    assert read_label("A15", ["A", "A1"], []) is None


@given(st.sampled_from(GROUPS), st.integers(1, 128))
def test_the_labels_that_we_write_are_read(group, position):
    for source in (Place((group,), position), Place(tuple(GROUPS), position, 2), Rank(position), WinnerOf("P5-8-1")):
        assert read_label(source.label, GROUPS, ["P5-8-1"]) == source


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("9th place", [], "9P"),
        ("9th place", ["9P"], "9P-1"),
        ("Final", [], "F"),
        ("Final", ["F"], "F-1"),
        ("Plate final", [], "PG-1"),
        ("Semi-finals", ["SF1"], "SF2"),
        ("", [], "K-1"),
    ],
)
def test_a_game_that_was_made_by_hand_gets_a_code_of_its_own(name, taken, code):
    assert code_by_hand(name, taken) == code
