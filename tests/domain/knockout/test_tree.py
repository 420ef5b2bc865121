"""Knockouts of any size: seeds, byes, third place and all places."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.replay import by_dice, play, stronger
from timely.domain.errors import ValidationError
from timely.domain.knockout.places import deciding, final_places
from timely.domain.knockout.source import LoserOf, WinnerOf
from timely.domain.knockout.tie import Tie, in_order
from timely.domain.knockout.tree import bracket_size, down_the_page, knockout, seed_order

SIZES = st.integers(2, 128)


def told(ties: list[Tie]) -> list[str]:
    return [f"{tie.code}: {name(tie.home)} - {name(tie.away)}" for tie in ties]


def name(side: object) -> str:
    return str(getattr(side, "label", side))


def test_four_with_a_third_place():
    assert told(knockout(["Ash", "Birch", "Cedar", "Dill"], third_place=True)) == [
        "SF1: Ash - Dill",
        "SF2: Birch - Cedar",
        "3P: Loser SF1 - Loser SF2",
        "F: Winner SF1 - Winner SF2",
    ]


def test_six_have_two_byes_and_all_places():
    ties = knockout(range(1, 7), all_places=True)
    assert told(ties) == [
        "QF1: 4 - 5",
        "QF2: 3 - 6",
        "SF1: 1 - Winner QF1",
        "SF2: 2 - Winner QF2",
        "5P: Loser QF1 - Loser QF2",
        "3P: Loser SF1 - Loser SF2",
        "F: Winner SF1 - Winner SF2",
    ]
    assert [tie.round for tie in ties][2:] == [
        "Semi-finals", "Semi-finals", "5th place", "3rd place", "Final",
    ]  # fmt: skip


def test_eight_play_for_all_places():
    assert told(knockout(range(1, 9), all_places=True))[4:] == [
        "SF1: Winner QF1 - Winner QF2",
        "SF2: Winner QF3 - Winner QF4",
        "P5-8-1: Loser QF1 - Loser QF2",
        "P5-8-2: Loser QF3 - Loser QF4",
        "7P: Loser P5-8-1 - Loser P5-8-2",
        "5P: Winner P5-8-1 - Winner P5-8-2",
        "3P: Loser SF1 - Loser SF2",
        "F: Winner SF1 - Winner SF2",
    ]


def test_seeds_down_the_page():
    assert seed_order(8) == [1, 8, 4, 5, 2, 7, 3, 6]
    assert told(knockout(down_the_page(["Ash", "Birch", "Cedar", "Dill", "Elm"])))[:3] == [
        "QF1: Birch - Cedar",
        "SF1: Ash - Winner QF1",
        "SF2: Dill - Elm",
    ]


def test_small_ones():
    assert told(knockout(["Ash", "Birch"], third_place=True, all_places=True)) == ["F: Ash - Birch"]
    assert told(knockout([1, 2, 3], all_places=True)) == ["SF1: 2 - 3", "F: 1 - Winner SF1"]


@pytest.mark.parametrize("sides", [[], ["Ash"], range(129), ["Ash", "Birch", "Ash"]])
def test_what_no_knockout_can_be_made_of(sides):
    with pytest.raises(ValidationError):
        knockout(sides)


@given(SIZES, st.integers())
@settings(deadline=None)
def test_one_champion_whatever_the_results(size, seed):
    ties = knockout(range(size))
    assert len(ties) == size - 1
    assert len({tie.code for tie in ties}) == len(ties)
    assert all(len(tie.code) <= 20 for tie in ties)
    assert {tie.code for tie in in_order(ties)} == {tie.code for tie in ties}
    sides, winners = play(ties, by_dice(seed))
    assert len(winners) == len(ties)
    lost = Counter(pair[1] if winners[code] == "home" else pair[0] for code, pair in sides.items())
    assert set(lost.values()) == {1}
    assert len(lost) == size - 1  # all but the champion
    assert ties[-1].code == "F"


@given(SIZES)
@settings(deadline=None)
def test_the_better_seed_wins_and_the_best_meet_last(size):
    sides, _ = play(knockout(range(1, size + 1)), stronger)
    assert sides["F"] == (1, 2)
    if size >= 4:
        assert {frozenset(sides[code]) for code in ("SF1", "SF2")} == {frozenset((1, 4)), frozenset((2, 3))}


@given(SIZES)
@settings(deadline=None)
def test_byes_are_fair(size):
    ties = knockout(range(1, size + 1))
    first_ties = Counter()
    depth = {}
    for tie in ties:
        from_ties = [side.code for side in (tie.home, tie.away) if isinstance(side, WinnerOf)]
        depth[tie.code] = 1 + max((depth[code] for code in from_ties), default=0)
        for side in (tie.home, tie.away):
            if isinstance(side, int):
                first_ties[side] = tie.code
    rounds = bracket_size(size).bit_length() - 1
    # How many games each seed has to win: no better seed has more than a worse one, and they differ by one.
    way = []
    follow = {side.code: tie.code for tie in ties for side in (tie.home, tie.away) if isinstance(side, WinnerOf)}
    for seed in range(1, size + 1):
        code, games = first_ties[seed], 1
        while code in follow:
            code, games = follow[code], games + 1
        way.append(games)
    assert way == sorted(way)
    assert way[-1] == rounds
    assert way.count(rounds - 1) == bracket_size(size) - size
    # Two with a bye meet in their first tie only if there are too many of them.
    byes = bracket_size(size) - size
    both = sum(isinstance(tie.home, int) and isinstance(tie.away, int) and way[tie.home - 1] < rounds for tie in ties)
    assert both == max(0, byes - bracket_size(size) // 4)


@given(SIZES, st.integers())
@settings(deadline=None)
def test_all_places_gives_each_a_place_of_its_own(size, seed):
    ties = knockout(range(size), all_places=True)
    assert len({tie.code for tie in ties}) == len(ties)
    sides, winners = play(ties, by_dice(seed))
    assert len(winners) == len(ties)
    assert list(final_places(ties, sides, winners).values()) == list(range(1, size + 1))


@given(SIZES, st.booleans(), st.integers())
@settings(deadline=None)
def test_without_them_the_beaten_of_a_round_share_a_place(size, third_place, seed):
    ties = knockout(range(size), third_place=third_place)
    sides, winners = play(ties, by_dice(seed))
    places = final_places(ties, sides, winners)
    assert set(places) == set(range(size))
    counted = Counter(places.values())
    shared, expected = bracket_size(size) // 2, {1: 1, 2: 1}
    while shared > 1:
        expected[shared + 1] = min(shared, size - shared)
        shared //= 2
    if third_place and size >= 4:
        expected |= {3: 1, 4: 1}
    assert counted == expected


def test_what_a_tie_decides():
    decides = deciding(knockout(range(8), third_place=True))
    assert {code: (one.winner, one.loser) for code, one in decides.items() if not code.startswith("QF")} == {
        "F": (1, 2),
        "3P": (3, 4),
        "SF1": (None, None),
        "SF2": (None, None),
    }
    assert (decides["QF3"].winner, decides["QF3"].loser) == (None, 5)


def test_a_page_play_off_has_a_third():
    ties = [
        Tie("Q1", "Qualifier 1", 1, "Ash", "Birch"),
        Tie("E", "Eliminator", 1, "Cedar", "Dill"),
        Tie("Q2", "Qualifier 2", 1, LoserOf("Q1"), WinnerOf("E")),
        Tie("F", "Final", 1, WinnerOf("Q1"), WinnerOf("Q2")),
    ]
    sides, winners = play(ties, lambda home, away: "home")
    assert final_places(ties, sides, winners) == {"Ash": 1, "Birch": 2, "Cedar": 3, "Dill": 4}
