"""Pairings of group qualifiers: the patterns of the federations, and the rule for other numbers."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timely.domain.knockout.qualifying import group_names, qualifiers
from timely.domain.knockout.source import Place
from timely.domain.knockout.third_place_tables import EURO_SIDES, WORLD_CUP_SIDES, assign_third_places
from timely.domain.knockout.tree import bracket_size, knockout, seed_order

WORLD_CUP_2018 = "A1-B2 C1-D2 E1-F2 G1-H2 B1-A2 D1-C2 F1-E2 H1-G2"


def short(place: Place) -> str:
    return f"{place.position}{''.join(place.groups)}" if place.is_best_of else place.label


def pairs(groups: int, each: int, best_next: int = 0) -> str:
    """The ties in which everybody comes out of a group, down the page."""
    ties = knockout(qualifiers(group_names(groups), each, best_next))
    sides = [(tie.home, tie.away) for tie in ties]
    return " ".join(
        f"{short(home)}-{short(away)}" for home, away in sides if isinstance(home, Place) and isinstance(away, Place)
    )


@pytest.mark.parametrize(
    ("groups", "each", "best_next", "expected"),
    [
        (2, 1, 0, "A1-B1"),
        (2, 2, 0, "A1-B2 B1-A2"),
        (4, 2, 0, "A1-B2 C1-D2 B1-A2 D1-C2"),
        (8, 2, 0, WORLD_CUP_2018),
        (6, 2, 4, "B1-3ADEF A1-C2 F1-3ABC D2-E2 E1-3ABCD D1-F2 C1-3DEF A2-B2"),
        (
            12, 2, 8,
            "E1-3ABCDF I1-3CDFGH A2-B2 F1-C2 K2-L2 H1-J2 D1-3BEFIJ G1-3AEHIJ "
            "C1-F2 E2-I2 A1-3CEFHI L1-3EHIJK J1-H2 D2-G2 B1-3EFGIJ K1-3DEIJL",
        ),
        (3, 1, 1, "A1-2ABC B1-C1"),
        (2, 3, 0, "B2-A3 A2-B3"),
    ],
)  # fmt: skip
def test_patterns(groups, each, best_next, expected):
    assert pairs(groups, each, best_next) == expected


def test_a_league_goes_on_by_its_table():
    ties = knockout(qualifiers([""], 4))
    assert [(tie.home.label, tie.away.label) for tie in ties[:2]] == [
        ("1st of the table", "4th of the table"),
        ("2nd of the table", "3rd of the table"),
    ]


def test_names_beyond_z():
    assert group_names(28)[25:] == ["Z", "AA", "AB"]


def page_of(groups: int, each: int, best_next: int) -> list[Place | None]:
    """The page of the bracket, None for a bye."""
    sides = qualifiers(group_names(groups), each, best_next)
    return [sides[seed - 1] if seed <= len(sides) else None for seed in seed_order(bracket_size(len(sides)))]


NUMBERS = st.tuples(st.integers(1, 16), st.integers(1, 8), st.integers(0, 15)).filter(
    lambda one: one[2] < one[0] and 2 <= one[0] * one[1] + one[2] <= 128
)


@given(NUMBERS)
@settings(deadline=None)
def test_every_place_once_and_the_winners_have_the_byes(numbers):
    groups, each, best_next = numbers
    page = page_of(groups, each, best_next)
    fixed = [side for side in page if side and not side.is_best_of]
    names = group_names(groups)
    assert Counter(fixed) == Counter(Place((name,), n) for name in names for n in range(1, each + 1))
    assert sum(side is not None and side.is_best_of for side in page) == best_next
    if numbers in ((6, 2, 4), (12, 2, 8)):
        return
    with_bye = [page[at ^ 1].position for at, side in enumerate(page) if side is None]
    others = [side.position for at, side in enumerate(page) if side and page[at ^ 1]]
    assert not with_bye or not others or max(with_bye) <= min(others)


@given(NUMBERS.filter(lambda one: one[0] > 1 and one[1] <= 5))
@settings(deadline=None)
def test_teams_of_one_group_meet_again_late(numbers):
    """Nobody meets a team of its group in its first tie, and as many groups as can be are kept to the final."""
    groups, each, best_next = numbers
    ties = knockout(qualifiers(group_names(groups), each, best_next))
    for tie in ties:
        if isinstance(tie.home, Place) and isinstance(tie.away, Place):
            assert tie.home.groups != tie.away.groups or tie.home.is_best_of
            if tie.away.is_best_of and best_next > 1:
                assert tie.home.is_best_of or tie.home.groups[0] not in tie.away.groups
    if each == 2 and groups % 2 == 0 and numbers not in ((6, 2, 4), (12, 2, 8)):
        page = page_of(*numbers)
        upper = page[: len(page) // 2]
        counted = Counter(side.groups[0] for side in upper if side and not side.is_best_of)
        assert set(counted.values()) == {1}  # one in each half: not before the final


@given(NUMBERS.filter(lambda one: one[2] > 0 and one[0] <= 12), st.data())
@settings(deadline=None)
def test_whoever_the_best_are_there_is_a_side_for_each(numbers, data):
    groups, each, best_next = numbers
    allowed = [side.groups for side in page_of(groups, each, best_next) if side and side.is_best_of]
    through = data.draw(st.sets(st.sampled_from(group_names(groups)), min_size=best_next, max_size=best_next))
    shared = assign_third_places(allowed, sorted(through))
    assert shared is not None
    assert sorted(shared) == sorted(through)
    assert all(group in groups_of for group, groups_of in zip(shared, allowed, strict=True))
    assert assign_third_places(allowed, data.draw(st.permutations(sorted(through)))) == shared


@pytest.mark.parametrize(("sides", "letters"), [(EURO_SIDES, "ABCDEF"), (WORLD_CUP_SIDES, "ABCDEFGHIJKL")])
def test_the_published_tables_are_whole(sides, letters):
    for through in combinations(letters, len(sides)):
        shared = assign_third_places(sides, through)
        assert sorted(shared) == list(through)
        assert all(group in side for group, side in zip(shared, sides, strict=True))


@pytest.mark.parametrize(
    ("through", "expected"),
    [
        ("ACDF", "FDCA"),  # Euro 2020: Belgium - Portugal, France - Switzerland and so on
        ("CDEF", "FEDC"),  # Euro 2024: Spain - Georgia, England - Slovakia and so on
    ],
)
def test_the_euros_as_they_were(through, expected):
    assert assign_third_places(EURO_SIDES, through) == list(expected)
    assert assign_third_places(EURO_SIDES[::-1], through) == list(expected[::-1])


def test_who_cannot_be_shared_out():
    assert assign_third_places(["AB", "AB"], ["A", "C"]) is None
    assert assign_third_places(["AB", "AC"], ["A", "C"]) == ["A", "C"]
    assert assign_third_places(["ABC", "A"], ["A", "B"]) == ["B", "A"]


def test_byes_go_to_the_strongest_groups():
    """24 teams in 6 groups: the first seed, in group A, does not play the preliminary round."""
    assert with_bye(6, 2) == ["A1", "B1", "C1", "D1"]
    assert with_bye(3, 2) == ["A1", "B1"]
    assert with_bye(5, 2) == ["A1", "A2", "B1", "C1", "D1", "E1"]


@given(NUMBERS.filter(lambda one: one not in ((6, 2, 4), (12, 2, 8))))
@settings(deadline=None)
def test_byes_go_by_place_and_then_by_the_order_of_the_groups(numbers):
    groups, each, best_next = numbers
    order = [f"{name}{place}" for place in range(1, each + 1) for name in group_names(groups)]
    byes = with_bye(groups, each, best_next)
    assert byes == sorted(order[: len(byes)]) or best_next


def with_bye(groups: int, each: int, best_next: int = 0) -> list[str]:
    page = page_of(groups, each, best_next)
    sides = [page[at ^ 1] for at, side in enumerate(page) if side is None]
    return sorted(f"{''.join(side.groups)}{side.position}" for side in sides)
