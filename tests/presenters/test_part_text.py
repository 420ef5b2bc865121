"""Names of the parts of a game."""

import pytest

from timely.domain.sports import SPORTS
from timely.presenters.part_text import period_texts, set_text


@pytest.mark.parametrize(("sport", "text"), [("volleyball", "Set 2"), ("badminton", "Game 2"), ("tennis", "Set 2")])
def test_sets(sport, text):
    assert set_text(SPORTS[sport], 2) == text


@pytest.mark.parametrize("sport", SPORTS.values(), ids=lambda sport: sport.key)
def test_each_sport_s_parts_have_names(sport):
    assert set_text(sport, 1) == f"{sport.set_name} 1"
    count = sport.periods.count if sport.periods else 0
    assert len(period_texts(sport, count, count + 2)) == (count + 2 if sport.periods else 0)


def test_periods():
    assert period_texts(SPORTS["ice_hockey"], 3, 5) == ["Period 1", "Period 2", "Period 3", "Overtime", "Overtime 2"]
    assert period_texts(SPORTS["handball"], 2, 3) == ["Half 1", "Half 2", "Extra time"]
