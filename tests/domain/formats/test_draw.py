"""Draws: the teams of each group."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timely.domain.errors import ValidationError
from timely.domain.formats.draw import as_listed, by_lots, by_strength, from_pots

EIGHT = list("ABCDEFGH")


def test_to_and_fro():
    assert by_strength(range(1, 10), 3) == [[1, 6, 7], [2, 5, 8], [3, 4, 9]]


def test_a_short_last_row_makes_the_first_groups_larger():
    assert by_strength(range(1, 9), 3) == [[1, 6, 7], [2, 5, 8], [3, 4]]
    assert by_strength(range(1, 6), 2) == [[1, 4, 5], [2, 3]]
    assert by_strength(range(1, 8), 2) == [[1, 4, 5, 7], [2, 3, 6]]


def test_as_listed():
    assert as_listed(EIGHT, 3) == [["A", "B", "C"], ["D", "E", "F"], ["G", "H"]]


def test_one_of_each_pot_in_each_group_and_the_same_number_draws_the_same_again():
    drawn = from_pots(EIGHT, 4, 7)
    assert all(group[0] in "ABCD" and group[1] in "EFGH" for group in drawn)
    assert sorted(team for group in drawn for team in group) == EIGHT
    assert from_pots(EIGHT, 4, 7) == drawn
    assert len({str(from_pots(EIGHT, 4, number)) for number in range(40)}) > 20


def test_lots_stay_the_same_in_every_version():
    assert by_lots(EIGHT, 1) == ["A", "D", "F", "E", "G", "C", "H", "B"]


def test_every_team_can_be_drawn_first():
    assert {by_lots(EIGHT, number)[0] for number in range(200)} == set(EIGHT)


@given(st.integers(1, 16), st.integers(2, 128), st.sampled_from(["strength", "listed", "pots"]), st.integers(0, 99))
@settings(deadline=None)
def test_every_team_is_in_one_group_and_groups_are_of_like_size(groups, teams, way, number):
    if teams < 2 * groups:
        with pytest.raises(ValidationError):
            by_strength(range(teams), groups)
        return
    made = {
        "strength": lambda: by_strength(range(teams), groups),
        "listed": lambda: as_listed(range(teams), groups),
        "pots": lambda: from_pots(range(teams), groups, number),
    }[way]()
    assert sorted(team for group in made for team in group) == list(range(teams))
    sizes = [len(group) for group in made]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] - sizes[-1] <= 1
