"""Knockouts of event files: legs, replays, slots, links and ties made by hand."""

import pytest

from tests.conftest import LEAGUE, season
from tests.services.test_event_files import goes_round, knockout, two_legs
from timely.domain.errors import ValidationError
from timely.domain.formats.format import Format
from timely.event_file.read import read_event, read_event_file
from timely.extensions import db
from timely.models import Event
from timely.presenters.bracket import tie_row
from timely.queries.event_files import event_file_text
from timely.queries.knockouts import knockouts
from timely.services import fixtures, formats, results
from timely.services.errors import RuleBroken
from timely.services.event_files import import_event
from timely.services.fixture_details import Arrangement
from timely.services.score_validation import Score

pytestmark = pytest.mark.usefixtures("in_app")


def test_a_knockout_that_stages_tell_of_is_linked_where_its_matches_have_no_codes():
    stage = {"kind": "knockout", "options": {"away_goals": True}}
    event = import_event(read_event(two_legs(stages=[stage])))
    (knockout,) = knockouts(event)
    (tie,) = knockout.ties
    assert (tie.tie.code, [one.leg for one in tie.fixtures]) == ("F", [1, 2])
    assert tie.winner == "home"  # 2-2, and one goal away


def test_every_replay_belongs_to_one_tie():
    games = [("Ash", "Birch", 0, 0), ("Birch", "Ash", 4, 4), ("Birch", "Ash", 1, 0)]
    matches = [
        {"stage": "knockout", "round": "Final", "date": f"2026-05-0{day}", "home": home, "away": away}
        | {"home_score": home_score, "away_score": away_score}
        for day, (home, away, home_score, away_score) in enumerate(games, 1)
    ]
    event = import_event(read_event(two_legs(matches=matches)))
    ((tie,),) = [knockout.ties for knockout in knockouts(event)]
    assert [one.leg for one in tie.fixtures] == [1, 2, 4]
    assert tie.winner_id == next(team.id for team in event.teams if team.name == "Birch")
    row = tie_row(tie)
    assert (row["home"]["score_text"], row["away"]["score_text"], row["winner_side"]) == ("0", "1", "away")
    assert row["note"] == "0–0, 4–4, 0–1"
    text = event_file_text(event)
    assert event_file_text(import_event(read_event_file(text.encode()))) == text
    last = tie.fixtures[-1]
    with pytest.raises(RuleBroken, match="Level again"):
        results.enter_score(last, Score(1, 1), by=None, reason="a late goal")
    results.enter_score(last, Score(1, 3), by=None, reason="three late goals")
    assert knockouts(event)[0].ties[0].winner == "home"


def test_a_knockout_made_by_hand_stays_as_it_is():
    event = import_event(read_event(two_legs(stages=[{"kind": "knockout", "by_hand": True}])))
    assert not any(one.code for one in event.fixtures)
    text = event_file_text(event)
    assert '"by_hand": true' in text
    again = import_event(read_event_file(text.encode()))
    assert event_file_text(again) == text


def test_two_legs_may_be_level_and_decided_by_penalties(make_event):
    legs = [
        knockout(home_score=1, away_score=1),
        knockout(home="Birch", away="Ash", home_score=2, away_score=2, home_pens=4, away_pens=3),
        knockout(home="Cedar", away="Dogwood", home_score=1, away_score=2),
        knockout(home="Dogwood", away="Cedar", home_score=0, away_score=1, home_pens=3, away_pens=5),
    ]
    fixtures = db.session.get_one(Event, make_event(matches=legs)).fixtures
    assert [fixture.result.home_pens for fixture in fixtures] == [None, 4, None, 3]


@pytest.mark.parametrize(
    ("match", "where"),
    [
        (knockout(home_score=1, away_score=1), "matches[0].away_score"),
        (knockout(home_score=2, away_score=1, home_pens=4, away_pens=3), "matches[0].home_pens"),
    ],
)
def test_a_single_knockout_game_has_a_winner(match, where):
    with pytest.raises(ValidationError) as fault:
        read_event({**LEAGUE, "matches": [match]})
    assert fault.value.path == where


def test_the_slots_say_who_comes_where_a_match_does_not(make_event):
    data = {
        "groups": {"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]},
        "slots": [
            {"round": "Semi-finals", "teams": [["A", 1], ["B", 2]]},
            {"round": "Semi-finals", "teams": [["B", 1], ["A", 2]]},
        ],
        "matches": [{"stage": "knockout", "round": "Semi-finals"}, {"stage": "knockout", "round": "Semi-finals"}],
    }
    fixtures = db.session.get_one(Event, make_event(**data)).fixtures
    assert [(one.home_name, one.away_name) for one in fixtures] == [("A1", "B2"), ("B1", "A2")]


def test_a_knockout_without_a_division_beside_teams_that_have_one(make_event):
    teams = [{"name": "Ash", "division": "U10"}, {"name": "Birch", "division": "U10"}]
    matches = [{"stage": "knockout", "round": "Final", "home_label": "The first", "away_label": "The second"}]
    event = db.session.get_one(Event, make_event(divisions=["U10"], teams=teams, matches=matches))
    assert goes_round(event).fixtures[0].stage.division is None


def test_a_knockout_arranged_by_hand_is_not_linked_by_its_own_file(make_event):
    """An import finds out what leads to what; of what Timely wrote itself there is nothing to find out."""
    event = db.session.get_one(Event, make_event(matches=[]))
    wanted = Arrangement(*event.teams[:2], is_knockout=True, round="Final")
    fixtures.arrange_fixture(event, wanted, by=None)
    assert [one.code for one in goes_round(event).fixtures] == [""]


def test_a_tie_that_was_deleted_is_waited_for_no_more(make_event):
    tie = {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "home": "Ash", "away": "Birch"}
    final = {"stage": "knockout", "round": "Final", "code": "F", "home_from": {"winner_of": "SF1"}, "away": "Cedar"}
    event = db.session.get_one(Event, make_event(matches=[tie, final]))
    fixtures.delete_fixture(event.fixtures[0], by=None)
    (left,) = goes_round(event).fixtures
    assert (left.home_name, left.home_source) == ("Winner SF1", None)


def test_a_game_that_leaves_the_bracket_is_no_tie_any_more(make_event):
    tie = {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "home": "Ash", "away": "Birch"}
    final = {"stage": "knockout", "round": "Final", "code": "F", "home_from": {"winner_of": "SF1"}, "away": "Cedar"}
    event = db.session.get_one(Event, make_event(matches=[{"home": "Ash", "away": "Cedar"}, tie, final]))
    fixtures.change_fixture(event.fixtures[1], Arrangement(*event.teams[:2]), by=None)
    _, moved, left = goes_round(event).fixtures
    assert (moved.is_knockout, moved.code) == (False, "")
    assert (left.home_name, left.home_source) == ("Winner SF1", None)


def test_the_words_for_who_comes_are_kept_while_somebody_has_come(make_event):
    tie = {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "home": "Ash", "away": "Birch"}
    final = {"stage": "knockout", "round": "Final", "code": "F", "home_from": {"winner_of": "SF1"}, "away": "Cedar"}
    matches = [tie, {**final, "home_label": "The favourite"}]
    event = db.session.get_one(Event, make_event(matches=matches))
    results.enter_score(event.fixtures[0], Score(2, 1), by=None)
    again = goes_round(event)
    assert again.fixtures[1].home_name == "Ash"
    results.take_back(again.fixtures[0], by=None)
    assert again.fixtures[1].home_name == "The favourite"


def test_how_ties_are_decided_is_written_in_one_order(make_event):
    event = db.session.get_one(Event, make_event(matches=[]))
    options = {"penalties": True, "away_goals": True}
    formats.make_format(
        event, None, formats.FormatChoice(Format("knockout"), event.teams, tie_options=options), by=None
    )
    goes_round(event)


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("football_euro_2004", 14),
        ("football_world_cup_2018", 32),
        ("rugby_world_cup_2019", 16),
        ("ice_hockey_olympics_2018_men", 12),
        ("volleyball_nations_league_2022_men", 8),
    ],
)
def test_every_link_of_a_published_bracket_is_found(name, links):
    """Their slots stand in the order of the bracket, their matches in that of time."""
    event = import_event(read_event(season(name)))
    sources = [source for one in event.fixtures for source in (one.home_source, one.away_source)]
    assert sum(source is not None for source in sources) == links


def test_an_unfounded_side_does_not_cut_the_links_behind_it(make_event):
    """Cedar played the semi-final although Ash had won the group: only that side waits for nobody."""
    data = {
        "groups": {"A": ["Ash", "Cedar"], "B": ["Birch", "Dogwood"]},
        "slots": [{"round": "Semi-finals", "teams": [["A", 1], ["B", 1]]}],
        "matches": [
            {"home": "Ash", "away": "Cedar", "home_score": 1, "away_score": 0},
            {"home": "Birch", "away": "Dogwood", "home_score": 1, "away_score": 0},
            knockout(home="Cedar", away="Birch", round="Semi-finals", home_score=2, away_score=0, date="2026-11-28"),
            knockout(home="Cedar", away="Dogwood", round="Final", date="2026-11-29"),
        ],
    }
    semi, final = db.session.get_one(Event, make_event(**data)).fixtures[2:]
    assert (semi.home_source, semi.away_source) == (None, {"group": "B", "position": 1})
    assert final.home_source == {"winner_of": "SF1"}
