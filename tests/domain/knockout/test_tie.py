"""Who wins a tie: one game, two legs, away goals, penalties, a lot."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timely.domain.knockout.source import LoserOf, WinnerOf
from timely.domain.knockout.tie import Tie, TieGame, in_order, tie_winner


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
