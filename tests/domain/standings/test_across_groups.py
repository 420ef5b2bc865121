"""Teams of different groups compared: the best third-placed, seeds one to twelve."""

import pytest

from tests.domain.leagues import read_league
from timely.domain.errors import ValidationError
from timely.domain.rules.rules import Rules
from timely.domain.standings.across_groups import EQUALISERS, rank_across
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standings import standings

GROUPS = {
    "A": """
        Ash   2-0 Birch
        Ash   1-0 Cedar
        Birch 1-0 Cedar
    """,
    "B": """
        Dill 3-0 Elm
        Dill 3-0 Fir
        Elm  1-0 Fir
    """,
    "C": """
        Gorse 1-0 Hazel
        Gorse 2-1 Ivy
        Hazel 1-0 Ivy
    """,
}


@pytest.fixture
def tables():
    leagues = {group: read_league(text) for group, text in GROUPS.items()}
    return {group: standings(league.teams, league.outcomes, Rules()) for group, league in leagues.items()}


def told(order):
    return [(line.position, group, line.team) for group, line in order]


def test_the_third_placed(tables):
    order = rank_across(tables, ["points", "goal_difference", "goals_for"], position=3)
    assert told(order) == [(1, "C", "Ivy"), (2, "A", "Cedar"), (3, "B", "Fir")]
    assert not any(line.tied for _, line in order)


def test_a_group_s_place_goes_first_if_the_criteria_say_so(tables):
    by_place = rank_across(tables, ["group_position", "points", "goal_difference", "goals_for"])
    assert [line.team for _, line in by_place] == [
        *("Dill", "Ash", "Gorse"),
        *("Hazel", "Birch", "Elm"),
        *("Ivy", "Cedar", "Fir"),
    ]
    assert [line.position for _, line in by_place] == list(range(1, 10))


def test_level_teams_share_a_position_until_a_lot_is_drawn(tables):
    assert told(rank_across(tables, ["points"], position=1)) == [
        (1, "A", "Ash"),
        (1, "B", "Dill"),
        (1, "C", "Gorse"),
    ]
    drawn = {"drawing_of_lots": ["Gorse", "Ash", "Dill"]}
    order = rank_across(tables, ["points", "drawing_of_lots"], position=1, manual_order=drawn)
    assert told(order) == [(1, "C", "Gorse"), (2, "A", "Ash"), (3, "B", "Dill")]


def test_the_tables_themselves_stay_as_they_are(tables):
    before = {group: [(line.position, line.tied) for line in table] for group, table in tables.items()}
    rank_across(tables, ["points"])
    assert before == {group: [(line.position, line.tied) for line in table] for group, table in tables.items()}


def test_an_unsettled_third_place_says_so():
    league = read_league("""
        Ash 1-0 Birch
        Ash 1-0 Cedar
    """)
    group = standings(league.teams, league.outcomes, Rules())
    ((_, third),) = rank_across([group], ["points"], position=3)
    assert (third.team, third.position, third.tied) == ("Cedar", 1, True)


def test_a_group_without_that_place_has_nobody_to_compare(tables):
    tables["D"] = standings(["Juniper", "Kale"], [], Rules())
    assert {group for group, _ in rank_across(tables, ["points"], position=3)} == {"A", "B", "C"}
    assert rank_across(tables, ["points"], position=4) == []
    assert rank_across({}, ["points"]) == []


def test_a_list_of_tables_numbers_its_groups(tables):
    order = rank_across(list(tables.values()), ["points", "goal_difference"], position=1)
    assert told(order) == [(1, 1, "Dill"), (2, 0, "Ash"), (3, 2, "Gorse")]


@pytest.mark.parametrize("criteria", [[], ["points", "head_to_head_points"], ["points", "points"], ["speed"]])
def test_criteria_that_make_no_sense_between_groups(tables, criteria):
    with pytest.raises(ValidationError, match="tiebreakers"):
        rank_across(tables, criteria)


# A group of five and one of four; the runners-up are compared as in UEFA's qualifiers.
UNEQUAL = {
    "A": """
        Ash   1-0 Birch
        Ash   1-0 Cedar
        Ash   1-0 Dill
        Ash   1-0 Elm
        Birch 1-0 Cedar
        Birch 1-0 Dill
        Birch 6-0 Elm
        Cedar 1-0 Dill
        Cedar 1-0 Elm
        Dill  1-0 Elm
    """,
    "B": """
        Fir   1-0 Gorse
        Fir   1-0 Hazel
        Fir   1-0 Ivy
        Gorse 2-0 Hazel
        Gorse 2-0 Ivy
        Hazel 1-0 Ivy
    """,
}
ORDER = ["points", "goal_difference", "goals_for"]


@pytest.fixture
def unequal():
    leagues = {group: read_league(text) for group, text in UNEQUAL.items()}
    tables = {group: standings(league.teams, league.outcomes, Rules()) for group, league in leagues.items()}
    return tables, [game for league in leagues.values() for game in league.outcomes]


@pytest.mark.parametrize(
    ("equalise", "expected", "points"),
    [
        ("as_is", ["Birch", "Gorse"], [9, 6]),
        ("drop_last", ["Gorse", "Birch"], [6, 6]),  # +3 against +1: the six goals were scored against the last
        ("per_game", ["Birch", "Gorse"], [9, 6]),  # 9/4 against 6/3
    ],
)
def test_groups_of_unequal_size(unequal, equalise, expected, points):
    tables, outcomes = unequal
    order = rank_across(tables, ORDER, position=2, equalise=equalise, outcomes=outcomes, rules=Rules())
    assert [line.team for _, line in order] == expected
    assert [line.points for _, line in order] == points
    assert [line.position for _, line in order] == [1, 2]


def test_per_game_divides_what_adds_up_and_nothing_else(unequal):
    tables, _ = unequal
    winners = rank_across(tables, ["points", "goals_for"], position=1, equalise="per_game")
    assert {line.position for _, line in winners} == {1}  # 12 points of 4 games, 9 of 3; a goal a game
    placed = rank_across(tables, ["group_position", "goal_average"], equalise="per_game")
    assert [line.team for _, line in placed][:2] == ["Ash", "Fir"]


def test_left_out_results_stay_out_of_every_figure_and_deductions_stay_off():
    leagues = {group: read_league(text) for group, text in UNEQUAL.items()}
    tables = {
        group: standings(league.teams, league.outcomes, Rules(), deductions={"Birch": 1})
        for group, league in leagues.items()
    }
    outcomes = [game for league in leagues.values() for game in league.outcomes]
    order = rank_across(tables, ORDER, position=2, equalise="drop_last", outcomes=outcomes, rules=Rules())
    birch = next(line for _, line in order if line.team == "Birch")
    assert (birch.played, birch.goals_for, birch.points, birch.deducted) == (3, 2, 5, 1)
    assert tables["A"][1].points == 8  # the table itself stays


def test_while_it_is_open_who_came_last_the_group_stays_tied():
    drawn = UNEQUAL["A"].replace("Dill  1-0 Elm", "Dill  0-0 Elm").replace("Birch 6-0 Elm", "Birch 1-0 Elm")
    league = read_league(drawn)
    open_ = standings(league.teams, league.outcomes, Rules())
    assert [line.position for line in open_] == [1, 2, 3, 4, 4]
    other = read_league(UNEQUAL["B"].replace("Fir   1-0 Ivy", "Fir   2-0 Ivy"))
    tables = {"A": open_, "B": standings(other.teams, other.outcomes, Rules())}
    outcomes = league.outcomes + other.outcomes
    order = rank_across(tables, ORDER, position=1, equalise="drop_last", outcomes=outcomes, rules=Rules())
    assert {line.team: line.tied for _, line in order} == {"Ash": True, "Fir": False}


@pytest.mark.parametrize("equalise", EQUALISERS)
def test_groups_of_one_size_are_compared_alike_whatever_is_asked(tables, equalise):
    outcomes = [game for text in GROUPS.values() for game in read_league(text).outcomes]
    order = rank_across(tables, ORDER, position=3, equalise=equalise, outcomes=outcomes, rules=Rules())
    assert told(order) == [(1, "C", "Ivy"), (2, "A", "Cedar"), (3, "B", "Fir")]


def test_whoever_is_left_out_keeps_its_own_figures(unequal):
    tables, outcomes = unequal
    order = rank_across(tables, ["group_position", *ORDER], equalise="drop_last", outcomes=outcomes, rules=Rules())
    assert [line.team for _, line in order][-1] == "Elm"
    assert next(line.played for _, line in order if line.team == "Elm") == 4
    assert len(order) == 9


def test_leaving_out_needs_the_rules_to_count_anew(unequal):
    with pytest.raises(ValueError, match="rules"):
        rank_across(unequal[0], ORDER, equalise="drop_last", outcomes=[Outcome("Ash", "Birch", 1, 0)])
