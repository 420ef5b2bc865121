"""A team leaves: its games by the rulebook or by choice, its knockout opponent, the tables, and back again."""

import pytest

from tests.conftest import get_event
from tests.services.test_advancement import CUP, enter, game, names, play
from tests.services.test_undo import last_entry
from timely.extensions import db
from timely.models import AuditEntry
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.table_rows import table_rows
from timely.queries.event_files import event_file_text
from timely.queries.tables import leaderboard
from timely.services.advancement import NeedsRuling
from timely.services.errors import RuleBroken
from timely.services.undo import undo
from timely.services.withdrawals import rulebook_way, withdraw


@pytest.fixture
def event(in_app, make_event):
    """Ash has beaten Birch, and Cedar has drawn with Dogwood."""
    event = get_event(make_event())
    enter(event.fixtures[0], 2, 1)
    enter(event.fixtures[1], 1, 1)
    return event


@pytest.fixture
def cup(in_app, make_event):
    return get_event(make_event(**CUP))


def points(event):
    return {line.team.name: (line.standing.points, line.standing.played) for line in leaderboard(event)[0].lines}


def states(event):
    return [
        "annulled" if one.result and one.result.annulled else one.status.lower()
        for one in event.fixtures
        if "Ash" in (one.home_name, one.away_name)
    ]


@pytest.mark.parametrize(
    ("way", "wanted", "table"),
    [
        (
            "annul",
            ["annulled", "cancelled", "cancelled"],
            {"Ash": (0, 0), "Birch": (0, 0), "Cedar": (1, 1), "Dogwood": (1, 1)},
        ),
        (
            "keep",
            ["finished", "cancelled", "cancelled"],
            {"Ash": (3, 1), "Birch": (0, 1), "Cedar": (1, 1), "Dogwood": (1, 1)},
        ),
        (
            "award",
            ["finished", "walkover", "walkover"],
            {"Ash": (3, 3), "Birch": (0, 1), "Cedar": (4, 2), "Dogwood": (4, 2)},
        ),
    ],
)
def test_its_table_games(event, way, wanted, table):
    before = event_file_text(event)
    withdraw(event.teams[0], "withdrawn", way=way, by=None, reason="no players")
    assert states(event) == wanted
    assert points(event) == table
    undo(last_entry(), by=None)
    assert event_file_text(event) == before


def test_without_a_choice_the_rulebook_says(in_app, make_event):
    event = get_event(make_event(rules={"withdrawal": {"annul_below": 75, "then": "award"}}))
    assert rulebook_way(event, event.teams[0]) == "annul"
    for number in (0, 2, 4):
        enter(event.fixtures[number], 2, 1)
    assert rulebook_way(event, event.teams[0]) == "award"
    withdraw(event.teams[0], "expelled", by=None)
    assert states(event) == ["finished", "finished", "finished"]


def test_the_row_is_struck_and_says_why(event):
    withdraw(event.teams[0], "expelled", way="annul", by=None)
    row = next(row for row in table_rows(leaderboard(event)[0]) if row["team_name"] == "Ash")
    assert (row["zone"], row["team_name_text"]) == ("expelled", "Ash (expelled)")
    game = fixture_row(event.fixtures[0])
    assert (game["annulled"], game["status_text"], game["winner_side"]) == (True, "Annulled", "")


def test_its_knockout_opponent_goes_on(cup):
    enter(cup.fixtures[0], 2, 1)
    enter(cup.fixtures[1], 1, 0)
    withdraw(game(cup, "SF1").home_team, "withdrawn", way="keep", by=None)
    assert (game(cup, "SF1").status, names(cup, "F")) == ("WALKOVER", ("Dogwood", "Winner SF2"))


def test_an_opponent_who_comes_later_goes_on_too(cup):
    enter(cup.fixtures[0], 2, 1)
    before = event_file_text(cup)
    withdraw(game(cup, "SF1").home_team, "withdrawn", way="keep", by=None)
    assert names(cup, "SF1") == ("Ash", "B2")
    left = last_entry()
    enter(cup.fixtures[1], 1, 0)
    assert (game(cup, "SF1").status, names(cup, "F")) == ("WALKOVER", ("Dogwood", "Winner SF2"))
    # Another opponent by a correction: what nobody played needs no ruling.
    enter(cup.fixtures[1], 0, 1, reason="swapped")
    assert (game(cup, "SF1").status, names(cup, "F")) == ("WALKOVER", ("Cedar", "Winner SF2"))
    undo(last_entry(), by=None)
    undo(last_entry_that_can_be(cup), by=None)
    undo(left, by=None)
    assert event_file_text(cup) == before


def last_entry_that_can_be(event):
    entries = db.session.query(AuditEntry).order_by(AuditEntry.id.desc())
    return next(one for one in entries if one.undone_by_id is None and one.undoes_id is None)


def test_games_that_were_played_since_need_a_ruling(in_app, make_event):
    groups = {"A": ["Ash", "Birch", "Elm"], "B": ["Cedar", "Dogwood"]}
    more = [{"home": "Ash", "away": "Elm", "group": "A"}, {"home": "Birch", "away": "Elm", "group": "A"}]
    teams = [*groups["A"], *groups["B"]]
    cup = get_event(make_event(**{**CUP, "teams": teams, "groups": groups, "matches": [*CUP["matches"], *more]}))
    enter(cup.fixtures[6], 2, 0)
    enter(cup.fixtures[7], 2, 0)
    play(cup)
    with pytest.raises(NeedsRuling) as asked:
        withdraw(cup.teams[0], "expelled", way="annul", by=None)
    assert [(one.home, one.away) for one in asked.value.games] == [("Birch", "Dogwood"), ("Cedar", "Elm")]
    rulings = {game(cup, "SF1").id: "keep", game(cup, "SF2").id: "replay"}
    withdraw(cup.teams[0], "expelled", way="annul", by=None, rulings=rulings)
    assert (names(cup, "SF1"), names(cup, "SF2")) == (("Ash", "Dogwood"), ("Cedar", "Elm"))
    assert game(cup, "SF2").result is None


def test_who_has_left_stands_below_those_who_lost_everything(event):
    enter(event.fixtures[5], 0, 9)  # Birch loses to Cedar
    withdraw(event.teams[0], "expelled", way="annul", by=None)
    order = [(line.standing.position, line.team.name, line.standing.tied) for line in leaderboard(event)[0].lines]
    assert order == [(1, "Cedar", False), (2, "Dogwood", False), (3, "Birch", False), (4, "Ash", False)]


def test_two_legs_go_to_the_opponent_whatever_the_first_was(in_app, make_event):
    legs = [
        {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "leg": 1, "home": "Ash", "away": "Birch"},
        {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "leg": 2, "home": "Birch", "away": "Ash"},
        {"stage": "knockout", "round": "Final", "code": "F", "home": "Cedar", "away_from": {"winner_of": "SF1"}},
    ]
    event = get_event(make_event(matches=legs))
    enter(event.fixtures[0], 9, 0)
    withdraw(event.teams[0], "withdrawn", by=None)
    assert event.fixtures[2].away_name == "Birch"


def test_nobody_wins_a_game_that_both_have_left(event):
    withdraw(event.teams[0], "withdrawn", way="keep", by=None)
    withdraw(event.teams[1], "withdrawn", way="award", by=None)
    assert [one.status for one in event.fixtures] == [
        *("FINISHED", "FINISHED", "CANCELLED", "WALKOVER", "CANCELLED", "WALKOVER")
    ]


@pytest.mark.parametrize(("word", "way", "field"), [("gone", None, "word"), ("expelled", "forget", "way")])
def test_what_is_none_of_the_words_is_refused(event, word, way, field):
    with pytest.raises(RuleBroken) as refused:
        withdraw(event.teams[0], word, way=way, by=None)
    assert list(refused.value.fields) == [field]


def test_twice_is_refused(event):
    withdraw(event.teams[0], "withdrawn", by=None)
    with pytest.raises(RuleBroken, match="withdrawn already"):
        withdraw(event.teams[0], "expelled", by=None)


def test_an_annulled_result_is_not_corrected_by_chance(event):
    withdraw(event.teams[0], "withdrawn", way="annul", by=None)
    with pytest.raises(RuleBroken, match="annulled"):
        enter(event.fixtures[0], 5, 5, reason="seen again")


@pytest.mark.parametrize(("word", "deed"), [("withdrawn", "withdraw team"), ("expelled", "expel team")])
def test_it_is_written_down_by_its_name(event, word, deed):
    withdraw(event.teams[0], word, by=None, reason="no coach")
    entry = last_entry()
    assert (entry.action, entry.subject, entry.after["left"], entry.reason) == (deed, "Ash", word, "no coach")
