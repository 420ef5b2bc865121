"""Tally of one game, on the lines of both sides: sets, tries, cards and bonus points."""

import pytest

from timely.domain.rules.rules import Rules
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standings import standings

RUGBY = Rules(win=4, draw=2, try_threshold=4, losing_margin=7)


def lines(rules, home_score, away_score, **extra):
    """The lines of Ash, at home, and Birch."""
    table = standings(["Ash", "Birch"], [Outcome("Ash", "Birch", home_score, away_score, extra)], rules)
    found = {line.team: line for line in table}
    return found["Ash"], found["Birch"]


def bonuses(home_score, away_score, **extra):
    return [(one.bonus_try, one.bonus_losing, one.points) for one in lines(RUGBY, home_score, away_score, **extra)]


@pytest.mark.parametrize(
    ("score", "tries", "expected"),
    [
        ((30, 10), {"home": 4, "away": 1}, [(1, 0, 5), (0, 0, 0)]),
        ((30, 10), {"home": 3, "away": 1}, [(0, 0, 4), (0, 0, 0)]),
        ((30, 25), {"home": 3, "away": 4}, [(0, 0, 4), (1, 1, 2)]),
        ((25, 30), {"away": 5}, [(0, 1, 1), (1, 0, 5)]),
        ((20, 20), {"home": 4}, [(1, 0, 3), (0, 0, 2)]),  # nobody has lost
        ((30, 10), None, [(0, 0, 4), (0, 0, 0)]),
    ],
)
def test_bonus_points_are_counted_by_tries_and_margin(score, tries, expected):
    assert bonuses(*score, tries=tries) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"home": {"try": 1}, "away": {"losing": 1}}, [(1, 0, 5), (0, 1, 1)]),
        ({"home": {"losing": 0}}, [(0, 0, 4), (0, 0, 0)]),
        ({"away": {"try": 1, "losing": 1}}, [(0, 0, 4), (1, 1, 2)]),
        ({"home": None, "away": {"try": 2}}, [(0, 0, 4), (2, 0, 2)]),
    ],
)
def test_what_is_given_by_hand_is_counted_and_nothing_is_added(given, expected):
    assert bonuses(30, 25, tries={"home": 9, "away": 9}, bonus=given) == expected


def test_tries_count_for_one_side_and_against_the_other():
    ash, birch = lines(RUGBY, 30, 10, tries={"home": 4, "away": 1})
    assert (ash.tries_for, ash.tries_against, birch.tries_for, birch.tries_against) == (4, 1, 1, 4)
    ash, birch = lines(RUGBY, 30, 10, tries={"home": 4})
    assert (ash.tries_against, birch.tries_for, birch.tries_against) == (0, 0, 4)


def test_cards_count_as_the_rules_weigh_them_and_others_not_at_all():
    rules = Rules(fair_play_points={"yellow": -1, "red": -4})
    ash, birch = lines(rules, 1, 0, cards={"home": {"yellow": 2, "red": 1, "blue": 9}, "away": None})
    assert (ash.fair_play, birch.fair_play) == (-6, 0)


def test_points_of_sets_count_in_any_game_and_sets_where_the_score_is_something_else():
    sets = [[25, 20], [20, 25], [15, 13]]
    for rules, won, lost in ((Rules(scoring="sets"), 2, 1), (Rules(), 2, 1)):
        ash, birch = lines(rules, 2, 1, sets=sets)
        assert (ash.points_won, ash.points_lost, birch.points_won, birch.points_lost) == (60, 58, 58, 60)
        assert (ash.sets_won, ash.sets_lost, birch.sets_won, birch.sets_lost) == (won, lost, lost, won)
    ash, _ = lines(Rules(), 40, 38, sets=[[25, 20], [15, 15]])
    assert (ash.sets_won, ash.sets_lost) == (1, 0)  # a level one is nobody's
