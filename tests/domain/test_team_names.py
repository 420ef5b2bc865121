"""Distinct names: two divisions may have a team of one name."""

from hypothesis import given
from hypothesis import strategies as st

from timely.domain.team_names import distinct_names


def test_a_name_that_is_there_once_is_enough():
    assert distinct_names([("Ash", "U9"), ("Birch", None)]) == ["Ash", "Birch"]


def test_the_division_stands_behind_a_name_that_several_have():
    assert distinct_names([("Ash", "U9"), ("Ash", "U11"), ("Ash", None)]) == ["Ash (U9)", "Ash (U11)", "Ash"]


def test_a_team_that_is_really_called_so_keeps_its_name():
    there = [("Ash", "U9"), ("Ash", "U11"), ("Ash (U9)", "U9")]
    assert distinct_names(there) == ["Ash (U9) (U9)", "Ash (U11)", "Ash (U9)"]


PARTS = st.sampled_from(["A", "A (x)", "A (x) (x)", "B"])


@given(st.lists(st.tuples(PARTS, st.sampled_from([None, "x", "y"])), unique=True))
def test_no_name_is_given_twice(teams):
    names = distinct_names(teams)
    assert len(set(names)) == len(names) == len(teams)
