"""Order of timetables: more games, then an early end, then fair rests, then even use of the pitches."""

from datetime import timedelta

import pytest

from tests.domain.timetable.days import NINE, game, open_hours
from timely.domain.timetable import Spacing
from timely.domain.timetable.conflicts import Conflicts
from timely.domain.timetable.local_times import seconds
from timely.domain.timetable.objective import judged
from timely.domain.timetable.problem import problem


def cost(games, places, hours=30):
    """The cost with the games at these places, each (pitch, minutes after nine); None for a game without a place."""
    pitches = [open_hours(number, hours) for number in range(3)]
    sheet = problem(games, pitches, Spacing(), Conflicts(games))
    placed = {
        number: (place[0], seconds(NINE + timedelta(minutes=place[1]))) for number, place in enumerate(places) if place
    }
    return judged(sheet, placed)


FOUR = [game("1", "Ash", "Birch"), game("2", "Cedar", "Dill"), game("3", "Ash", "Cedar"), game("4", "Birch", "Dill")]


def test_more_games_are_better_however_late():
    assert cost(FOUR, [(0, 0), (1, 0), (0, 900), (1, 900)]) < cost(FOUR, [(0, 0), (1, 0), (0, 30), None])
    assert cost(FOUR, [None] * 4) == (0, 0, 0.0, 0.0, 0)


def test_of_as_many_games_an_early_end_is_better_whatever_the_rests():
    assert cost(FOUR, [(0, 0), (1, 0), (0, 20), (1, 40)]) < cost(FOUR, [(0, 0), (1, 0), (0, 50), (1, 50)])
    late = [game("1", "Ash", "Birch", minutes=60), game("2", "Cedar", "Dill")]
    assert cost(late, [(0, 0), (1, 0)])[1] == seconds(NINE) + 3600  # the end of the last game, not its beginning


def test_rests_count_from_the_end_of_a_game_to_the_beginning_of_the_next():
    games = [game("1", "Ash", "x", minutes=60), game("2", "Ash", "y"), game("3", "Birch", "z"), game("4", "Birch", "w")]
    both_rest_half_an_hour = [(0, 0), (0, 90), (1, 0), (1, 50)]
    assert cost(games, both_rest_half_an_hour)[2:4] == (0, 2 * 1800**2)
    one_rests_longer = [(0, 0), (0, 90), (1, 0), (1, 90)]
    assert cost(games, one_rests_longer)[2:4] == (40 * 60, 1800**2 + (70 * 60) ** 2)


def test_equal_rests_are_fairer_and_two_short_ones_better_than_a_long_one():
    three = [game("1", "Ash", "a"), game("2", "Ash", "b"), game("3", "Ash", "c")]
    even, uneven = [(0, 0), (0, 50), (0, 100)], [(0, 0), (0, 25), (0, 100)]
    assert cost(three, even)[:3] == cost(three, uneven)[:3]
    assert cost(three, even) < cost(three, uneven)


@pytest.mark.parametrize(("minutes", "counts"), [(8 * 60 - 1, True), (8 * 60, False)])
def test_a_night_is_no_rest(minutes, counts):
    two = [game("1", "Ash", "a"), game("2", "Ash", "b")]
    assert cost(two, [(0, 0), (0, 20 + minutes)])[3] == ((minutes * 60) ** 2 if counts else 0)


def test_pitches_that_are_used_alike_are_better_when_nothing_else_differs():
    three = [game(str(number), f"a{number}", f"b{number}") for number in range(3)]
    assert cost(three, [(0, 0), (1, 0), (2, 0)])[-1] == 0
    assert cost(three, [(0, 0), (0, 20), (1, 20)])[-1] == 40 * 60  # the third is not used at all
    assert cost(three, [(0, 0), (1, 20), (2, 20)]) < cost(three, [(0, 0), (0, 20), (1, 20)])
