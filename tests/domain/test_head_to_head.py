"""Head-to-head: a table of the games among the level teams, and when it begins again."""

from itertools import pairwise

import pytest

from tests.domain.leagues import names, places, read_league
from timely.domain.rules.rules import Rules
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standings import standings

RESTARTS = ["never", "after_block", "immediate"]

POINTS = "head_to_head_points"
DIFFERENCE = "head_to_head_goal_difference"
WINS = "head_to_head_wins"
GOALS = "head_to_head_goals_for"
AWAY = "head_to_head_away_goals"


def table_of(text, *tiebreakers, restart="never", **given):
    league = read_league(text)
    rules = Rules(tiebreakers=tiebreakers, head_to_head_restart=restart)
    return standings(league.teams, league.outcomes, rules, **given)


def test_the_game_between_two_goes_before_all_goals():
    league = """
        Birch 1-0 Ash
        Ash   9-0 Cedar
        Cedar 2-1 Birch
        Dill  0-0 Cedar
    """
    assert names(table_of(league, "points", "goal_difference"))[1:3] == ["Ash", "Birch"]
    assert names(table_of(league, "points", POINTS, "goal_difference"))[1:3] == ["Birch", "Ash"]


THREE = """
    Ash   2-0 Birch
    Birch 4-1 Cedar
    Cedar 3-2 Ash
    Ash   0-9 Dill
    Cedar 0-1 Dill
    Birch 0-1 Dill
"""


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        (POINTS, [(2, "Ash"), (2, "Birch"), (2, "Cedar")]),
        (WINS, [(2, "Ash"), (2, "Birch"), (2, "Cedar")]),
        (DIFFERENCE, [(2, "Ash"), (2, "Birch"), (4, "Cedar")]),
        (GOALS, [(2, "Ash"), (2, "Birch"), (2, "Cedar")]),
        (AWAY, [(2, "Ash"), (3, "Cedar"), (4, "Birch")]),
    ],
)
def test_three_level_teams(criterion, expected):
    # Among the three: Ash 4-3 and 2 away, Birch 4-3 and none away, Cedar 4-6 and 1 away; 3 points each.
    assert places(table_of(THREE, "points", criterion)) == [(1, "Dill"), *expected]


def test_once_separated_two_play_on_with_their_own_game_if_the_block_begins_again():
    # Ash and Birch are level on the difference among the three; Ash has beaten Birch.
    kept = table_of(THREE, "points", DIFFERENCE, POINTS, restart="never")
    assert places(kept) == [(1, "Dill"), (2, "Ash"), (2, "Birch"), (4, "Cedar")]
    for restart in ("after_block", "immediate"):
        again = table_of(THREE, "points", DIFFERENCE, POINTS, restart=restart)
        assert places(again) == [(1, "Dill"), (2, "Ash"), (3, "Birch"), (4, "Cedar")]


# Among the four: Ash and Dill 6 points, Birch and Cedar 3. Dill has beaten Ash, and Birch Cedar; but Ash has
# the better difference than Dill, and Cedar than Birch. The deductions make them level in the table.
FOUR = """
    Ash   3-0 Birch
    Ash   3-0 Cedar
    Dill  1-0 Ash
    Dill  1-0 Birch
    Cedar 3-0 Dill
    Birch 1-0 Cedar
"""
LEVEL = {"Ash": 3, "Dill": 3}


@pytest.mark.parametrize(
    ("block", "restart", "expected"),
    [
        ([POINTS], "never", ["Ash", "Dill", "Cedar", "Birch"]),
        ([POINTS], "after_block", ["Dill", "Ash", "Birch", "Cedar"]),
        ([POINTS], "immediate", ["Dill", "Ash", "Birch", "Cedar"]),
        ([POINTS, DIFFERENCE], "never", ["Ash", "Dill", "Cedar", "Birch"]),
        ([POINTS, DIFFERENCE], "after_block", ["Ash", "Dill", "Cedar", "Birch"]),
        ([POINTS, DIFFERENCE], "immediate", ["Dill", "Ash", "Birch", "Cedar"]),
    ],
)
def test_restart(block, restart, expected):
    table = table_of(FOUR, "points", *block, "goal_difference", restart=restart, deductions=LEVEL)
    assert {line.points for line in table} == {3}
    assert places(table) == list(enumerate(expected, start=1))


def test_deductions_do_not_count_among_the_level_teams():
    league = """
        Ash   1-0 Birch
        Birch 2-0 Cedar
    """
    table = table_of(league, "points", POINTS, deductions={"Ash": 3, "Birch": 3})
    # All have none; among the three Ash has three, and so has Birch.
    assert places(table) == [(1, "Ash"), (1, "Birch"), (3, "Cedar")]
    assert [line.points for line in table] == [0, 0, 0]


@pytest.mark.parametrize("restart", RESTARTS)
def test_teams_that_a_block_leaves_level_go_on_to_what_follows(restart):
    league = """
        Ash   1-1 Birch
        Birch 1-1 Cedar
        Cedar 1-1 Ash
        Ash   1-0 Dill
        Birch 2-0 Dill
        Cedar 3-0 Dill
    """
    table = table_of(league, "points", POINTS, DIFFERENCE, GOALS, "goal_difference", restart=restart)
    assert places(table) == [(1, "Cedar"), (2, "Birch"), (3, "Ash"), (4, "Dill")]


def test_a_second_block_is_entered_by_those_who_are_still_level_there():
    # All drew; the difference puts Cedar ahead. In the second block only the games of Ash and Birch count,
    # and there Birch scored away; in a block of all three Ash would have had the more away goals.
    league = """
        Ash   2-2 Birch
        Birch 1-1 Ash
        Cedar 5-5 Ash
        Ash   0-0 Cedar
        Cedar 0-0 Birch
        Birch 0-0 Cedar
        Cedar 2-0 Dill
        Ash   1-0 Dill
        Birch 1-0 Dill
    """
    table = table_of(league, "points", POINTS, "goal_difference", AWAY)
    assert places(table) == [(1, "Cedar"), (2, "Birch"), (3, "Ash"), (4, "Dill")]


@pytest.mark.parametrize("restart", RESTARTS)
def test_level_teams_that_have_not_met_stay_level(restart):
    league = """
        Ash   1-0 Cedar
        Birch 1-0 Dill
    """
    table = table_of(league, "points", POINTS, DIFFERENCE, GOALS, AWAY, restart=restart)
    assert places(table) == [(1, "Ash"), (1, "Birch"), (3, "Cedar"), (3, "Dill")]


def test_overtime_and_bonus_points_count_among_the_level_teams_as_in_the_table():
    league = read_league("""
        Ash   2-1 Birch (overtime)
        Birch 1-0 Cedar
        Cedar 1-0 Ash
        Dill  0-1 Ash   (overtime)
    """)
    rules = Rules(overtime_win=2, overtime_loss=1, tiebreakers=("points", POINTS))
    table = standings(league.teams, league.outcomes, rules)
    # Ash 2 + 2, Birch 1 + 3 points; between the two Ash has won.
    assert [(line.position, line.team, line.points) for line in table] == [
        (1, "Ash", 4),
        (2, "Birch", 4),
        (3, "Cedar", 3),
        (4, "Dill", 1),
    ]


def test_games_won_among_the_level_teams():
    # Six points each; of the games between them Birch has won two.
    league = """
        Ash   1-0 Birch
        Birch 1-0 Ash
        Birch 2-0 Ash
        Ash   5-0 Cedar
    """
    assert places(table_of(league, "points", WINS))[:2] == [(1, "Birch"), (2, "Ash")]
    assert places(table_of(league, "points", "goal_difference"))[:2] == [(1, "Ash"), (2, "Birch")]


CIRCLE = """
    Ash   1-0 Birch
    Birch 1-0 Cedar
    Cedar 1-0 Ash
    Ash   2-0 Dill
    Birch 5-3 Dill
    Cedar 7-0 Dill
"""


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        ("never", ["Cedar", "Birch", "Ash", "Dill"]),
        ("after_block", ["Cedar", "Birch", "Ash", "Dill"]),
        ("immediate", ["Cedar", "Ash", "Birch", "Dill"]),
    ],
)
def test_a_criterion_after_the_block_begins_it_again_where_that_is_immediate(restart, expected):
    # Level among themselves; over all games Cedar is ahead. Ash has beaten Birch, who scored more.
    table = table_of(CIRCLE, "points", POINTS, "goal_difference", "goals_for", restart=restart)
    assert places(table) == list(enumerate(expected, start=1))


@pytest.mark.parametrize("restart", RESTARTS)
def test_a_block_may_begin_again_as_often_as_there_are_teams(restart):
    # In a chain of draws each new block separates the two ends only.
    teams = [f"Team {number}" for number in range(1000)]
    chain = [Outcome(one, next_, 1, 1) for one, next_ in pairwise(teams)]
    rules = Rules(tiebreakers=(GOALS,), head_to_head_restart=restart)
    table = standings(teams, chain, rules)
    assert max(line.position for line in table) == 999
    assert table[0].team == ("Team 1" if restart == "never" else "Team 499")


def test_what_follows_the_block_may_begin_it_again_as_often():
    teams = [f"Team {number}" for number in range(600)]
    games = [Outcome(team, "Other", number, number) for number, team in enumerate(teams)]
    rules = Rules(tiebreakers=("wins", POINTS, "goals_for", "points"), head_to_head_restart="immediate")
    table = standings([*teams, "Other"], games, rules)
    assert [str(line.team) for line in table[1:4]] == ["Team 599", "Team 598", "Team 597"]
