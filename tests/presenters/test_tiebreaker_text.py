"""Tie-breakers as a page says them."""

from timely.domain.rules import tiebreaker_titles
from timely.domain.sports import SPORTS
from timely.presenters.tiebreaker_text import WITHIN_A_SENTENCE, order_text, titles


def test_each_title_is_marked_as_it_stands_within_a_sentence():
    every = {title.lower() for sport in SPORTS.values() for title in tiebreaker_titles.titles(sport).values()}
    assert every == {*WITHIN_A_SENTENCE}


def test_an_order_in_one_sentence():
    criteria = ("points", "goal_difference", "goals_for")
    assert order_text(SPORTS["football"], criteria) == "points, then goal difference, then goals scored"
    assert order_text(SPORTS["volleyball"], criteria[:1]) == "points"
    assert titles(SPORTS["darts"])["goal_difference"] == "Leg difference"
