"""A knockout game that nobody came to: neither goes on, and who would have met the winner goes on without a game."""

import json

import pytest

from tests.conftest import get_event
from tests.services.test_advancement import CUP, enter, game, names
from tests.services.test_undo import last_entry
from timely.event_file.read import read_event
from timely.presenters.final_places import decided_places_rows
from timely.queries.event_files import event_file_text
from timely.queries.final_places import final_places
from timely.queries.public_view import as_public, public_fixture
from timely.queries.tables import leaderboard
from timely.services import freeze, results
from timely.services.errors import RuleBroken
from timely.services.event_files import import_event
from timely.services.results import Score
from timely.services.undo import undo
from timely.services.walkovers import award_walkover

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def cup(make_event):
    """The semi-finals are Ash – Dogwood and Cedar – Birch."""
    event = get_event(make_event(**CUP))
    enter(event.fixtures[0], 2, 1)
    enter(event.fixtures[1], 1, 0)
    return event


def state(event, code):
    one = game(event, code)
    score = (one.result.home_score, one.result.away_score, one.result.decided) if one.result else None
    return (*names(event, code), one.status, score)


def places(event):
    rows = decided_places_rows(final_places(as_public(event), leaderboard(as_public(event))))
    return {row["team_name"]: row["place"] for row in rows[0]["places"]} if rows else {}


def test_the_other_goes_on_and_comes_back_with_a_correction(cup):
    award_walkover(game(cup, "SF1"), "none", by=None)
    assert state(cup, "SF1") == ("Ash", "Dogwood", "WALKOVER", (0, 0, "none"))
    assert state(cup, "F") == ("Nobody", "Winner SF2", "SCHEDULED", None)
    enter(game(cup, "SF2"), 0, 1)
    assert state(cup, "F") == ("Nobody", "Birch", "WALKOVER", (0, 3, ""))
    assert state(cup, "3P") == ("Nobody", "Cedar", "WALKOVER", (0, 3, ""))
    assert places(cup) == {"Birch": 1, "Cedar": 3}
    results.take_back(game(cup, "SF1"), by=None)
    assert state(cup, "F") == ("Winner SF1", "Birch", "SCHEDULED", None)
    enter(game(cup, "SF1"), 2, 0)
    assert state(cup, "F") == ("Ash", "Birch", "SCHEDULED", None)
    assert state(cup, "3P") == ("Dogwood", "Cedar", "SCHEDULED", None)


def test_who_goes_on_without_a_game_is_corrected_too(cup):
    award_walkover(game(cup, "SF1"), "none", by=None)
    enter(game(cup, "SF2"), 0, 1)
    enter(game(cup, "SF2"), 2, 1, reason="sides swapped")
    assert state(cup, "F") == ("Nobody", "Cedar", "WALKOVER", (0, 3, ""))


def test_of_two_empty_semi_finals_nobody_is_champion(cup):
    for code in ("SF1", "SF2"):
        award_walkover(game(cup, code), "none", by=None)
    assert state(cup, "F") == ("Nobody", "Nobody", "CANCELLED", None)
    assert state(cup, "3P") == ("Nobody", "Nobody", "CANCELLED", None)
    results.take_back(game(cup, "SF2"), by=None)
    assert state(cup, "F") == ("Nobody", "Winner SF2", "SCHEDULED", None)
    undo(last_entry(), by=None)
    assert state(cup, "F") == ("Nobody", "Nobody", "CANCELLED", None)


def test_a_final_that_nobody_came_to_has_no_champion(cup):
    enter(game(cup, "SF1"), 1, 0)
    enter(game(cup, "SF2"), 1, 0)
    award_walkover(game(cup, "F"), "none", by=None)
    assert places(cup) == {"Ash": 2, "Cedar": 2}


def test_a_score_may_stand_with_the_ruling_and_a_lot_may_not_say_so(cup):
    semi = game(cup, "SF1")
    with pytest.raises(RuleBroken, match="is a ruling"):
        results.enter_score(semi, Score(1, 1, decided="none", decided_by="lot"), by=None)
    results.enter_score(semi, Score(1, 1, decided="none", decided_by="ruling"), by=None)
    assert names(cup, "F") == ("Nobody", "Winner SF2")
    with pytest.raises(RuleBroken, match="cancelled"):
        award_walkover(cup.fixtures[0], "none", by=None)


def test_it_is_written_and_read_again(cup):
    award_walkover(game(cup, "SF1"), "none", by=None)
    enter(game(cup, "SF2"), 0, 1)
    text = event_file_text(cup)
    again = import_event(read_event(json.loads(text)))
    assert event_file_text(again) == text
    assert state(again, "F") == ("Nobody", "Birch", "WALKOVER", (0, 3, ""))
    results.take_back(game(again, "SF1"), by=None)
    assert state(again, "F") == ("Winner SF1", "Birch", "SCHEDULED", None)


def test_while_the_tables_are_held_nothing_tells_of_it(cup):
    freeze.freeze(cup, by=None)
    for code in ("SF1", "SF2"):
        award_walkover(game(cup, code), "none", by=None)
    final = public_fixture(game(cup, "F"))
    assert (final.home_name, final.away_name, final.status) == ("Winner SF1", "Winner SF2", "SCHEDULED")
    assert places(cup) == {}
