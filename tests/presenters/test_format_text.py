"""Summaries of formats, whatever made the games."""

import pytest

from tests.conftest import get_event
from timely.presenters.format_text import format_text

TEAMS = ["Ash", "Birch", "Cedar", "Dogwood"]
ONCE = [{"home": one, "away": other} for at, one in enumerate(TEAMS) for other in TEAMS[at + 1 :]]
BACK = [{"home": game["away"], "away": game["home"]} for game in ONCE]


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("matches", "text"),
    [
        (ONCE, "All meet all once"),
        ([*ONCE, *BACK], "All meet all twice"),
        ([*ONCE, *BACK, *ONCE, *BACK], "All meet all 4 times"),
        ([*ONCE, *BACK[:3]], "All meet all once"),
        (ONCE[:2], "All meet all once"),
        ([], ""),
    ],
)
def test_games_of_a_file_say_how_often_all_meet(make_event, matches, text):
    assert format_text(get_event(make_event(matches=matches))) == text


@pytest.mark.usefixtures("in_app")
def test_groups_too(make_event):
    games = [{"home": "Ash", "away": "Birch", "group": "A"}, {"home": "Cedar", "away": "Dogwood", "group": "B"}]
    back = [{**game, "home": game["away"], "away": game["home"]} for game in games]
    event_id = make_event(groups={"A": TEAMS[:2], "B": TEAMS[2:]}, matches=[*games, *back])
    assert format_text(get_event(event_id)) == "2 groups of 2, all of a group meeting twice"
