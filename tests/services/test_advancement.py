"""Advancement: teams stand in the later games, and a correction asks before it changes what was played."""

from typing import Any

import pytest

from tests.conftest import get_event, season
from tests.services.test_undo import last_entry
from tests.statements import statements
from timely.domain.formats.format import Format
from timely.event_file.read import read_event
from timely.extensions import db
from timely.queries.event_files import event_file
from timely.services import fixtures, formats, results, round_robins
from timely.services.advancement import NeedsRuling, advance_teams
from timely.services.event_files import import_event
from timely.services.fixture_details import Arrangement
from timely.services.results import Score

CUP: dict[str, Any] = {
    "groups": {"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]},
    "matches": [
        {"home": "Ash", "away": "Birch", "group": "A"},
        {"home": "Cedar", "away": "Dogwood", "group": "B"},
        {"stage": "knockout", "round": "Semi-finals", "code": "SF1"}
        | {"home_from": {"group": "A", "position": 1}, "away_from": {"group": "B", "position": 2}},
        {"stage": "knockout", "round": "Semi-finals", "code": "SF2"}
        | {"home_from": {"group": "B", "position": 1}, "away_from": {"group": "A", "position": 2}},
        {"stage": "knockout", "round": "3rd place", "code": "3P"}
        | {"home_from": {"loser_of": "SF1"}, "away_from": {"loser_of": "SF2"}},
        {"stage": "knockout", "round": "Final", "code": "F"}
        | {"home_from": {"winner_of": "SF1"}, "away_from": {"winner_of": "SF2"}},
    ],
}


@pytest.fixture
def cup(in_app, make_event):
    return get_event(make_event(**CUP))


def game(event, code):
    return next(one for one in event.fixtures if one.code == code)


def names(event, code):
    return game(event, code).home_name, game(event, code).away_name


def enter(fixture, home, away, **more):
    results.enter_score(fixture, Score(home, away), by=None, **more)


def play(event):
    """Group games and semi-finals: Ash and Cedar win their groups, Ash and Birch their semi-finals."""
    enter(event.fixtures[0], 2, 1)
    enter(event.fixtures[1], 1, 0)
    enter(game(event, "SF1"), 3, 0)
    enter(game(event, "SF2"), 0, 1)


def test_sides_say_where_they_come_from_until_they_are_known(cup):
    assert [names(cup, code) for code in ("SF1", "SF2", "3P", "F")] == [
        ("A1", "B2"),
        ("B1", "A2"),
        ("Loser SF1", "Loser SF2"),
        ("Winner SF1", "Winner SF2"),
    ]


def test_names_fill_in_as_games_end(cup):
    enter(cup.fixtures[0], 2, 1)
    assert names(cup, "SF1") == ("Ash", "B2")
    enter(cup.fixtures[1], 1, 0)
    assert names(cup, "SF1") == ("Ash", "Dogwood")
    enter(game(cup, "SF1"), 3, 0)
    assert (names(cup, "F"), names(cup, "3P")) == (("Ash", "Winner SF2"), ("Dogwood", "Loser SF2"))


def test_a_running_score_moves_nobody_on(cup):
    results.enter_score(cup.fixtures[0], Score(2, 1), by=None, running=True)
    assert names(cup, "SF1") == ("A1", "B2")


def test_nobody_comes_through_from_a_tied_place(cup):
    enter(cup.fixtures[0], 1, 1)
    assert names(cup, "SF1") == ("A1", "B2")


def test_a_correction_cascades_while_the_next_game_has_not_begun(cup):
    play(cup)
    enter(game(cup, "SF1"), 0, 3, reason="sides swapped on the card")
    assert (names(cup, "F"), names(cup, "3P")) == (("Dogwood", "Birch"), ("Ash", "Cedar"))


def test_a_correction_with_the_same_winner_is_free(cup):
    play(cup)
    enter(game(cup, "F"), 1, 0)
    enter(game(cup, "SF1"), 4, 0, reason="a goal was missed")
    assert game(cup, "F").result.home_score == 1


def test_a_correction_asks_when_the_next_game_was_played_and_saves_nothing(cup):
    play(cup)
    enter(game(cup, "F"), 1, 0)
    before = event_file(cup)
    with pytest.raises(NeedsRuling, match="F, played by Ash – Birch, should be Dogwood – Birch") as asked:
        enter(game(cup, "SF1"), 0, 3, reason="sides swapped")
    assert [one.fixture_id for one in asked.value.games] == [game(cup, "F").id]
    assert event_file(cup) == before


@pytest.mark.parametrize(
    ("ruling", "sides", "score", "annulled", "status"),
    [
        ("keep", ("Ash", "Birch"), 1, False, "FINISHED"),
        ("void", ("Ash", "Birch"), 1, True, "FINISHED"),
        ("replay", ("Dogwood", "Birch"), None, None, "SCHEDULED"),
    ],
)
def test_the_organiser_rules_what_becomes_of_a_game_that_was_played(cup, ruling, sides, score, annulled, status):
    play(cup)
    final = game(cup, "F")
    enter(final, 1, 0)
    enter(game(cup, "SF1"), 0, 3, reason="sides swapped", rulings={final.id: ruling})
    assert (names(cup, "F"), final.status) == (sides, status)
    assert (final.result.home_score if final.result else None) == score
    assert (final.result.annulled if final.result else None) == annulled
    assert names(cup, "3P") == ("Ash", "Cedar")
    assert last_entry().after["rulings"] == {
        "F Ash – Birch": {"keep": "stays as it was played", "void": "annulled", "replay": "to be played again"}[ruling]
    }


def test_a_taken_back_result_takes_back_who_came_through(cup):
    play(cup)
    results.take_back(game(cup, "SF1"), by=None)
    assert names(cup, "F") == ("Winner SF1", "Birch")
    assert names(cup, "3P") == ("Loser SF1", "Cedar")


def test_two_legs_are_one_tie(in_app, make_event):
    event = get_event(
        make_event(
            matches=[
                {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "leg": 1, "home": "Ash", "away": "Birch"},
                {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "leg": 2, "home": "Birch", "away": "Ash"},
                {"stage": "knockout", "round": "Final", "code": "F", "home": "Cedar"}
                | {"away_from": {"winner_of": "SF1"}},
            ]
        )
    )
    first, second, final = event.fixtures
    enter(first, 1, 1)
    assert final.away_name == "Winner SF1"
    enter(second, 0, 2)
    assert final.away_name == "Ash"


BRACKETS = (
    "football_euro_2004",
    "football_world_cup_2018",
    "rugby_world_cup_2019",
    "ice_hockey_olympics_2018_men",
    "volleyball_nations_league_2022_men",
)


@pytest.mark.costly
@pytest.mark.parametrize("name", BRACKETS)
def test_an_imported_knockout_is_linked_and_replays_itself(in_app, name):
    """Exported, the teams and results taken off its later games, and played again: the official teams come through."""
    event = import_event(read_event(season(name)))
    file = event_file(event)
    links = 0
    for match in file["matches"]:
        match.pop("status", None)
        for side in ("home", "away"):
            if f"{side}_from" in match:
                links += 1
                match.pop(side)
        for key in ("home_score", "away_score", "home_pens", "away_pens"):
            match.pop(key, None)
        match.pop("extra", None)
    assert links >= 4
    again = import_event(read_event(file))
    assert any(not one.home_team for one in again.fixtures)
    pairs = list(zip(event.fixtures, again.fixtures, strict=True))
    pairs.sort(key=lambda pair: (pair[0].is_knockout, pair[0].saved_no))
    for official, fixture in pairs:
        assert (fixture.home_name, fixture.away_name) == (official.home_name, official.away_name)
        one = official.result
        score = Score(one.home_score, one.away_score, one.home_pens, one.away_pens, dict(one.extra))
        results.enter_score(fixture, score, by=None)


def test_another_game_in_a_group_that_was_over_opens_its_places(cup):
    play(cup)
    results.take_back(game(cup, "SF1"), by=None)
    groups = [one.group for one in cup.fixtures if one.group and one.group.name == "A"]
    round_robins.make_round_robin(cup, round_robins.RoundRobinChoice(groups), by=None)
    assert names(cup, "SF1") == ("A1", "Dogwood")


def test_who_was_chosen_by_hand_does_not_come_through_to_the_other_side_too(cup):
    play(cup)
    final = game(cup, "F")
    wanted = Arrangement(cup.teams[2], final.away_team, is_knockout=True, round="Final")
    fixtures.change_fixture(final, wanted, by=None)
    enter(game(cup, "SF2"), 1, 0, reason="sides swapped on the card")
    assert names(cup, "F") == ("Cedar", "Winner SF2")


def test_following_asks_little_of_the_database(in_app, make_event):
    """Once for all tables, and once for the games of all brackets, however many divisions there are."""
    words = [f"U{number}" for number in range(8, 14)]
    teams = [{"name": f"{word} {number}", "division": word} for word in words for number in range(8)]
    event = get_event(make_event(divisions=words, teams=teams, matches=[]))
    for division in event.divisions:
        choice = formats.FormatChoice(Format("groups", groups=2, qualifiers=2), formats.teams_of(event, division))
        formats.make_format(event, division, choice, by=None)
    db.session.expire_all()
    assert event.fixtures and event.stages  # they are read before it is counted  # noqa: PT018
    with statements() as asked:
        advance_teams(event)
    assert 0 < len(asked) <= 40, len(asked)
