"""Winners of ties: one game, two legs, away goals, penalties, a lot."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timely.domain.knockout.source import LoserOf, WinnerOf
from timely.domain.knockout.tie import Tie, TieGame, circle_in, in_order, is_turned_leg, tie_winner, unwound


def score(text: str, **more) -> TieGame:
    home, away = text.split("-")
    return TieGame(int(home), int(away), **more)


@pytest.mark.parametrize(
    ("games", "away_goals", "winner"),
    [
        ([score("2-1")], False, "home"),
        ([score("1-2")], True, "away"),
        ([score("1-1")], False, None),
        ([score("1-1", home_pens=4, away_pens=5)], False, "away"),
        ([score("1-1", decided="home")], False, "home"),
        ([score("0-3", decided="home")], False, "home"),  # a ruling beats the score
        ([None], False, None),
        ([], False, None),
        ([score("3-0"), None], False, None),  # nothing is over after the first leg
        ([None, score("3-0")], False, None),
        ([score("3-0"), score("2-0")], False, "home"),
        ([score("1-0"), score("2-0")], False, "away"),
        ([score("1-0"), score("2-1")], False, None),
        ([score("1-0"), score("2-1")], True, "home"),  # the goal scored away in the second leg
        ([score("1-1"), score("0-0")], True, "away"),
        ([score("1-1"), score("1-1")], True, None),
        ([score("1-1"), score("1-1", home_pens=5, away_pens=3)], True, "away"),  # at home in the second leg
        ([score("1-1", home_pens=5, away_pens=3), score("1-1")], False, None),  # pens after the last leg only
        ([score("4-0"), score("0-0", decided="home")], False, "away"),
        ([score("0-0", decided="away"), None], False, "away"),  # withdrawn before the second leg
    ],
)
def test_who_goes_on(games, away_goals, winner):
    assert tie_winner(games, away_goals=away_goals) == winner


GAMES = st.builds(
    TieGame,
    st.integers(0, 4),
    st.integers(0, 4),
    st.integers(0, 5),
    st.integers(0, 5),
    st.sampled_from(["", "", "home", "away"]),
)


OTHER = {"home": "away", "away": "home", None: None}


@given(st.lists(GAMES, min_size=1, max_size=2))
@settings(deadline=None)
def test_swapping_the_sides_swaps_the_winner(games):
    assert tie_winner([game.turned() for game in games]) == OTHER[tie_winner(games)]
    assert games[0].turned().turned() == games[0]


@given(st.lists(st.builds(TieGame, st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=2), st.booleans())
@settings(deadline=None)
def test_who_is_at_home_first_makes_no_difference(games, away_goals):
    """Penalties aside, which come after the second leg."""
    swapped = tie_winner(games[::-1], away_goals=away_goals)
    assert swapped == OTHER[tie_winner(games, away_goals=away_goals)]


def test_ties_after_those_they_come_from_and_circles_left_out():
    final = Tie("F", "Final", 1, WinnerOf("SF1"), "Ash")
    semi = Tie("SF1", "Semi-finals", 1, "Birch", "Cedar")
    round_about = [Tie("X", "?", 1, WinnerOf("Y"), "Dill"), Tie("Y", "?", 1, LoserOf("X"), "Elm")]
    assert in_order([final, *round_about, semi]) == [semi, final]


def test_a_very_long_chain():
    chain = [Tie(str(n), "", 1, WinnerOf(str(n - 1)), n) for n in range(5000, 0, -1)]
    assert [tie.code for tie in in_order(chain)] == [str(n) for n in range(1, 5001)]


@pytest.mark.parametrize(
    ("waits", "circle"),
    [
        ({}, []),
        ({"F": ["SF1", "SF2"], "SF1": ["QF1"], "SF2": ["QF1"]}, []),  # two ways to one tie are no circle
        ({"A": ["A"]}, ["A"]),
        ({"A": ["B"], "B": ["A"]}, ["A", "B"]),
        ({"F": ["A"], "A": ["B"], "B": ["C", "D"], "D": ["A"]}, ["A", "B", "D"]),  # without the way to it
        ({"F": ["X"], "A": ["B"], "B": ["A"]}, ["A", "B"]),  # found by a later one
        ({"F": ["G", "H"], "G": ["H"], "H": ["Z"], "K": ["H", "L"], "L": ["K"]}, ["K", "L"]),
    ],
)
def test_a_circle_is_told_in_its_order(waits, circle):
    assert circle_in(waits) == circle


def test_a_circle_at_the_end_of_a_long_chain():
    chain = {n: [n + 1] for n in range(5000)}
    assert circle_in(chain) == []
    assert circle_in(chain | {5000: [4998]}) == [4998, 4999, 5000]


def test_ties_of_a_circle_and_those_that_wait_for_them_lose_their_sources():
    semi = Tie("SF1", "Semi-finals", 1, "Birch", "Cedar")
    round_about = [Tie("X", "?", 1, WinnerOf("Y"), "Dill"), Tie("Y", "?", 1, LoserOf("X"), "Elm")]
    final = Tie("F", "Final", 1, WinnerOf("SF1"), WinnerOf("X"))
    third = Tie("3P", "3rd place", 1, LoserOf("SF1"), "Fir")
    found = {tie.code: tie for tie in unwound([final, semi, *round_about, third])}
    assert (found["SF1"], found["3P"]) == (semi, third)
    sides = [side for code in ("X", "Y", "F") for side in (found[code].home, found[code].away)]
    assert not any(isinstance(side, WinnerOf | LoserOf) for side in sides)
    assert (found["X"].away, found["Y"].away) == ("Dill", "Elm")
    assert len({str(side) for side in sides}) == len(sides)  # nobody plays two of them


@pytest.mark.parametrize(("leg", "turned"), [(None, False), (1, False), (2, True), (3, False), (4, True)])
def test_in_every_second_leg_the_sides_are_swapped(leg, turned):
    assert is_turned_leg(leg) is turned


def test_of_replays_the_last_decides():
    games = [score("1-1"), score("2-2"), score("0-1")]
    assert tie_winner(games) == "away"
    assert tie_winner(games, turned=[False, True, True]) == "home"
    assert tie_winner(games, turned=[False, False, False], away_goals=True) == "away"
    assert tie_winner([score("5-0"), score("0-0"), score("1-1")], away_goals=True) is None
    assert tie_winner([score("1-1", decided="none")]) == "none"
