"""Ties of a bracket, game by game: scores, who goes on, how it was decided, and who is not known yet."""

from datetime import UTC, datetime

import pytest

from tests.conftest import get_event
from tests.cups import cup_file
from timely.extensions import db
from timely.presenters.bracket import bracket_row, changed_ties
from timely.queries.brackets import event_brackets, has_bracket
from timely.queries.public_view import as_public
from timely.services import fixtures, results
from timely.services.freeze import freeze
from timely.services.results import Score


@pytest.fixture
def cup(in_app, make_event):
    return lambda size=4, **more: get_event(make_event(**cup_file(size, **more)))


def game(event, code, leg=None):
    return next(one for one in event.fixtures if one.code == code and one.leg == leg)


def ties(event):
    return {tie["code"]: tie for tie in changed_ties(event)}


def shown(tie):
    return [(tie[side]["name"], tie[side]["score_text"]) for side in ("home", "away")]


def test_before_the_first_game_it_says_who_comes_from_where(cup, set_clock):
    set_clock(datetime(2026, 11, 28, 8, 0, tzinfo=UTC))
    found = ties(cup())
    assert shown(found["SF1"]) == [("T1", ""), ("T4", "")]
    assert shown(found["F"]) == [("Winner SF1", ""), ("Winner SF2", "")]
    assert shown(found["3P"]) == [("Loser SF1", ""), ("Loser SF2", "")]
    assert (found["F"]["open_side"], found["SF1"]["open_side"]) == ("open-both", "")
    assert (found["SF1"]["winner_side"], found["SF1"]["winner_id"], found["SF1"]["home"]["score"]) == ("", None, None)
    assert (found["SF1"]["status"], found["SF1"]["caption"]) == ("SCHEDULED", "09:00 · Court 1")


def test_the_winner_is_marked_and_stands_in_the_next_round(cup):
    event = cup()
    results.enter_score(game(event, "SF1"), Score(0, 2), by=None)
    found = ties(event)
    assert shown(found["SF1"]) == [("T1", "0"), ("T4", "2")]
    assert (found["SF1"]["winner_side"], found["SF1"]["winner_id"]) == ("away", game(event, "SF1").away_team_id)
    assert (found["SF1"]["status"], found["SF1"]["caption"]) == ("FINISHED", "")
    assert shown(found["F"]) == [("T4", ""), ("Winner SF2", "")]
    assert shown(found["3P"]) == [("T1", ""), ("Loser SF2", "")]
    assert found["F"]["open_side"] == "open-away"
    # Where a side comes from stays: the lines of the drawing follow it.
    assert found["F"]["home"]["from_text"] == "Winner SF1"


def test_penalties_are_named(cup):
    event = cup()
    results.enter_score(game(event, "SF1"), Score(1, 1, 4, 3), by=None)
    found = ties(event)["SF1"]
    assert (found["winner_side"], found["note"], found["caption"]) == ("home", "4–3 pens", "4–3 pens")


def test_a_running_score_decides_nothing(cup):
    event = cup()
    results.enter_score(game(event, "SF1"), Score(3, 0), by=None, running=True)
    found = ties(event)["SF1"]
    assert shown(found) == [("T1", "3"), ("T4", "0")]
    assert (found["status"], found["winner_side"], found["caption"]) == ("LIVE", "", "Live")


def test_two_legs_show_both_scores_and_their_sum(cup):
    event = cup(legs=2)
    results.enter_score(game(event, "SF1", 1), Score(2, 1), by=None)
    found = ties(event)["SF1"]
    assert shown(found) == [("T1", "2"), ("T4", "1")]
    assert (found["status"], found["winner_side"], found["note"]) == ("SCHEDULED", "", "2–1")
    assert found["caption"].startswith("2–1 · ")
    # At home to T4: 2–1 again, so 3–3 together; the penalties are T4's first in that game.
    results.enter_score(game(event, "SF1", 2), Score(2, 1, 3, 5), by=None)
    found = ties(event)["SF1"]
    assert shown(found) == [("T1", "3"), ("T4", "3")]
    assert (found["winner_side"], found["note"]) == ("home", "2–1, 1–2 (5–3 pens)")
    assert found["caption_short"] == "5–3 pens"
    assert found["fixture_ids"] == [game(event, "SF1", 1).id, game(event, "SF1", 2).id]
    assert found["winner_id"] == game(event, "SF1", 1).home_team_id


def test_what_does_not_take_place_says_so(cup):
    event = cup()
    fixtures.set_status(game(event, "SF2"), "POSTPONED", by=None)
    assert (ties(event)["SF2"]["status"], ties(event)["SF2"]["caption"]) == ("POSTPONED", "Postponed")


def test_whoever_stays_by_a_ruling_does_not_break_the_lines(cup):
    event = cup()
    results.enter_score(game(event, "SF1"), Score(0, 2), by=None)
    game(event, "F").ruling = "keep"
    db.session.commit()
    found = ties(event)["F"]
    assert (found["home"]["name"], found["home"]["from_text"]) == ("T4", "Winner SF1")


def test_the_public_sees_the_bracket_as_it_was_at_the_freeze(cup):
    event = cup()
    results.enter_score(game(event, "SF1"), Score(2, 0), by=None)
    freeze(event, by=None)
    results.enter_score(game(event, "SF2"), Score(2, 0), by=None)
    seen = ties(as_public(event))
    assert shown(seen["SF1"]) == [("T1", "2"), ("T4", "0")]
    assert shown(seen["SF2"]) == [("T2", ""), ("T3", "")]
    assert shown(seen["F"]) == [("T1", ""), ("Winner SF2", "")]
    assert seen["SF2"]["winner_side"] == ""
    assert shown(ties(event)["F"]) == [("T1", ""), ("T2", "")]


def test_only_the_ties_of_the_games_that_are_named(cup):
    event = cup()
    assert [tie["code"] for tie in changed_ties(event, [game(event, "SF2").id])] == ["SF2"]
    assert changed_ties(event, []) == []


def test_by_round_in_the_order_of_play(cup):
    (bracket,) = event_brackets(cup(8))
    row = bracket_row(bracket)
    assert [one["name"] for one in row["rounds"]] == ["Quarter-finals", "Semi-finals", "3rd place", "Final"]
    assert [tie["code"] for tie in row["rounds"][0]["ties"]] == ["QF1", "QF2", "QF3", "QF4"]
    assert row["name"] == ""


def test_an_event_without_a_knockout_has_no_bracket(in_app, make_event, cup):
    assert not has_bracket(get_event(make_event()))
    assert has_bracket(cup())
