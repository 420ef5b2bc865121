"""Conflicts of sides that could be the same team, by those that play and those that may still come."""

import pytest

from tests.domain.timetable.days import team
from timely.domain.timetable import Game, Side
from timely.domain.timetable.conflicts import Conflicts


def side(name, *could, source=None):
    return Side(name, None, frozenset(could), source)


def both(home, away, key="1", division=None):
    return Game(key, 20, home, away, division)


def rivals(conflicts, key, number=0):
    """The names of those that could be this side."""
    return {conflicts.names[one] for one in conflicts.rivals(conflicts.of[key][number])}


def test_a_known_team_could_be_an_open_side_that_it_may_come_to():
    games = [
        both(team("Ash"), team("Birch"), "1"),
        both(side("Winner A", "Ash", "Cedar", source="A"), team("Dill"), "2"),
    ]
    found = Conflicts(games)
    assert rivals(found, "1") == {"Winner A"}
    assert rivals(found, "1", 1) == set()
    assert rivals(found, "2") == {"Ash"}


def test_two_open_sides_of_one_division_are_never_one_team_and_of_two_they_may_be():
    one, other = side("A1", "Ash", source="A1"), side("B1", "Ash", source="B1")
    same = Conflicts([both(one, team("Elm"), "1", "U10"), both(other, team("Fir"), "2", "U10")])
    assert rivals(same, "1") == rivals(same, "2") == set()
    apart = Conflicts([both(one, team("Elm"), "1", "U10"), both(other, team("Fir"), "2", "U12")])
    assert (rivals(apart, "1"), rivals(apart, "2")) == ({"B1"}, {"A1"})


def test_sides_with_the_same_source_are_one_and_without_any_they_are_not():
    legs = [both(side("A1", "Ash", source="A1"), side("B1", source="B1"), key) for key in ("leg 1", "leg 2")]
    found = Conflicts(legs)
    assert found.of["leg 1"] == found.of["leg 2"]
    unknown = Conflicts([both(side("?"), side("?"), "1"), both(side("?"), side("?"), "2")])
    assert len({*unknown.of["1"], *unknown.of["2"]}) == 4


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (team("Ash"), team("Ash"), True),
        (team("Ash"), team("Birch"), False),
        (team("Ash"), side("Winner", "Ash", "Birch"), True),
        (team("Ash"), side("Winner", "Birch"), False),
        (side("Winner", "Birch"), team("Ash"), False),
        (team("Ash"), side("Winner"), True),  # nobody has said who it could be
        (side("Winner"), team("Ash"), True),
        (side("A1", "Ash"), side("B1", "Birch"), False),
        (side("A1", "Ash"), side("B1", "Birch", "Ash"), True),
        (side("A1", source="A1"), side("A1", source="A1"), True),
    ],
)
def test_whether_a_team_could_come_from_one_game_to_another(earlier, later, expected):
    games = [both(earlier, team("Elm"), "first"), both(later, team("Fir"), "then")]
    assert Conflicts(games).comes_from("then", "first") is expected
    assert Conflicts(games).comes_from("first", "then") is expected


def test_who_would_be_in_two_places_is_named():
    games = [both(team("Ash"), team("Birch"), "1"), both(side("Winner A", "Ash", source="A"), team("Dill"), "2")]
    found = Conflicts(games)
    ash, winner = found.of["1"][0], found.of["2"][0]
    assert found.who(ash, ash) == "Ash"
    assert str(found.who(ash, winner)) == str(found.who(winner, ash)) == "Ash, who could be Winner A,"
    two = Conflicts([both(side("A1", "x"), team("Elm"), "1", "U10"), both(side("B1", "x"), team("Fir"), "2", "U12")])
    assert str(two.who(two.of["1"][0], two.of["2"][0])) == "A1, who could be B1,"  # nobody knows a name for x
