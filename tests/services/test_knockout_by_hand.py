"""Knockout games arranged by hand: places and winners that their labels name."""

import pytest

from tests.conftest import get_event
from tests.services.test_advancement import CUP, enter, game, names
from timely.extensions import db
from timely.queries.brackets import event_brackets
from timely.services import fixtures, results, stages
from timely.services.errors import RuleBroken
from timely.services.fixture_details import Arrangement

FIVE = {
    "teams": ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir"],
    "groups": {"A": ["Ash", "Birch", "Elm"], "B": ["Cedar", "Dogwood", "Fir"]},
    "matches": [
        *CUP["matches"],
        {"home": "Ash", "away": "Elm", "group": "A"},
        {"home": "Birch", "away": "Elm", "group": "A"},
        {"home": "Cedar", "away": "Fir", "group": "B"},
        {"home": "Dogwood", "away": "Fir", "group": "B"},
    ],
}


def by_hand(event, home, away, **more):
    wanted = Arrangement(None, None, home_label=home, away_label=away, is_knockout=True, **more)
    return fixtures.arrange_fixture(event, wanted, by=None)


def test_a_game_by_hand_between_places_of_groups_fills_in_and_stands_in_the_bracket(in_app, make_event):
    event = get_event(make_event(**FIVE))
    fifth = by_hand(event, "A3", "3rd of group B", round="5th place")
    assert (fifth.code, fifth.home_name, fifth.away_name) == ("5P", "A3", "B3")
    groups = [one for one in event.fixtures if one.group_id]
    for one in groups:
        enter(one, *((2, 0) if one.home_name < one.away_name else (0, 2)))
    assert names(event, "5P") == ("Elm", "Fir")
    (bracket,) = event_brackets(event)
    (tie,) = [played for played in bracket.ties if played.tie.code == "5P"]
    assert [tie.fixtures[0].home_name, tie.tie.home.label] == ["Elm", "A3"]
    # A correction moves Elm up: Birch stands there now, in the game and in the bracket.
    both = {"rulings": {}, "reason": "sides swapped"}
    enter(next(one for one in groups if one.away_name == "Elm" and one.home_name == "Birch"), 0, 9, **both)
    assert names(event, "5P") == ("Birch", "Fir")
    results.take_back(groups[0], by=None)
    assert names(event, "5P") == ("A3", "Fir")


def test_a_final_by_hand_takes_the_winners_of_semi_finals_by_hand(in_app, make_event):
    event = get_event(make_event(groups=CUP["groups"], matches=CUP["matches"][:2]))
    by_hand(event, "A1", "B2", round="Semi-finals")
    teams = {team.name: team for team in event.teams}
    chosen = Arrangement(teams["Cedar"], teams["Birch"], is_knockout=True, round="Semi-finals")
    other = fixtures.arrange_fixture(event, chosen, by=None)
    assert other.code == ""
    final = by_hand(event, "Winner of SF 1", "Winner SF2", round="Final")
    assert (final.code, other.code) == ("F", "SF2")
    enter(other, 0, 1)
    assert names(event, "F") == ("Winner SF1", "Birch")
    with pytest.raises(RuleBroken, match="waits for it"):
        fixtures.change_fixture(
            game(event, "SF1"),
            Arrangement(None, None, home_label="Winner F", away_label="B2", is_knockout=True, round="Semi-finals"),
            by=None,
        )
    db.session.rollback()
    assert names(event, "SF1") == ("A1", "B2")


def test_a_label_is_read_once_there_are_groups_and_other_words_stay(in_app, make_event):
    event = get_event(make_event(matches=[]))
    game_ = by_hand(event, "A2", "The winners of last year", round="Show match")
    assert (game_.code, game_.home_source, game_.home_label) == ("", None, "A2")
    stages.split_into_groups(event, {"A": event.teams[:2], "B": event.teams[2:]}, by=None)
    assert (game_.home_source, game_.home_name) == ({"group": "A", "position": 2}, "A2")
    assert (game_.away_source, game_.away_name) == (None, "The winners of last year")
