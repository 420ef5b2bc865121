"""Final places: who has one, who shares one, and that nobody has one while brackets lead nowhere yet."""

import pytest

from timely.domain.knockout.places import brackets, deciding, final_places
from timely.domain.knockout.source import LoserOf, Place, WinnerOf
from timely.domain.knockout.tie import Tie


def tie(code, home, away, name=""):
    return Tie(code, name or code, 1, home, away)


def played(ties, **winners):
    """The sides of all ties once these winners are known, "home" or "away" by code."""
    sides = {}
    for one in ties:
        teams = []
        for side in (one.home, one.away):
            if isinstance(side, WinnerOf | LoserOf):
                won = winners.get(side.code)
                number = None if won is None else (won == "away") == isinstance(side, WinnerOf)
                teams.append(None if number is None else sides[side.code][number])
            else:
                teams.append(side)
        sides[one.code] = tuple(teams)
    return final_places(ties, sides, winners)


SEMIS = [tie("SF1", "Ash", "Birch"), tie("SF2", "Cedar", "Dill")]


def test_both_beaten_semi_finalists_are_third():
    ties = [*SEMIS, tie("F", WinnerOf("SF1"), WinnerOf("SF2"))]
    assert played(ties, SF1="home", SF2="away", F="away") == {"Dill": 1, "Ash": 2, "Birch": 3, "Cedar": 3}
    assert played(ties, SF1="home") == {"Birch": 3}


def test_a_game_of_the_losers_parts_them():
    ties = [*SEMIS, tie("F", WinnerOf("SF1"), WinnerOf("SF2")), tie("3P", LoserOf("SF1"), LoserOf("SF2"))]
    assert played(ties, SF1="home", SF2="home", **{"3P": "away"}) == {"Dill": 3, "Birch": 4}


@pytest.mark.parametrize("final", ["F", "GF"])
@pytest.mark.parametrize("losers", ["3P", "PLATE"])
def test_whatever_the_final_and_the_losers_game_are_called(final, losers):
    ties = [*SEMIS, tie(final, WinnerOf("SF1"), WinnerOf("SF2")), tie(losers, LoserOf("SF1"), LoserOf("SF2"))]
    winners = {"SF1": "home", "SF2": "home", final: "home", losers: "home"}
    assert played(ties, **winners) == {"Ash": 1, "Cedar": 2, "Birch": 3, "Dill": 4}


def test_two_that_lead_nowhere_yet_have_no_winner():
    assert played(SEMIS, SF1="home", SF2="home") == {}
    assert played([*SEMIS, tie("5P", "Elm", "Fir")], SF1="home", **{"5P": "home"}) == {"Elm": 5, "Fir": 6}


def test_beside_the_final_an_unlinked_game_has_no_place():
    ties = [tie("F", "Ash", "Birch"), tie("X", "Cedar", "Dill")]
    assert played(ties, F="home", X="home") == {"Ash": 1, "Birch": 2}


def test_where_neither_team_came_both_have_the_lower_place():
    ties = [tie("F", "Ash", "Birch")]
    assert final_places(ties, {"F": ("Ash", "Birch")}, {"F": "none"}) == {"Ash": 2, "Birch": 2}


def test_what_each_tie_decides():
    ties = [*SEMIS, tie("F", WinnerOf("SF1"), WinnerOf("SF2")), tie("3P", LoserOf("SF1"), LoserOf("SF2"))]
    found = {code: (one.winner, one.loser) for code, one in deciding(ties).items()}
    assert found == {"SF1": (None, None), "SF2": (None, None), "F": (1, 2), "3P": (3, 4)}


def test_the_bracket_of_the_best_places_of_the_groups_comes_first():
    plate = tie("B", Place(("A",), 3), Place(("B",), 3))
    cup = tie("A", Place(("A",), 1), Place(("B",), 1))
    assert [one.last.code for one in brackets([plate, cup])] == ["A", "B"]
    assert [one.first_place for one in brackets([plate, cup])] == [1, 3]
    assert [one.last.code for one in brackets([tie("F", "Ash", "Birch"), cup])] == ["F", "A"]
