"""The figures of a line, and the edges: nobody played, everybody level, points taken off."""

import math
from fractions import Fraction

import pytest

from tests.domain.leagues import League, line_of, names, places, read_league
from timely.domain.errors import ValidationError
from timely.domain.rulebooks import rules_for
from timely.domain.rules.rules import Rules
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standing import Standing
from timely.domain.standings.standings import standings

FOOTBALL = rules_for("football")
RUGBY = rules_for("rugby_union")
ICE_HOCKEY = rules_for("ice_hockey")
VOLLEYBALL = rules_for("volleyball")


def table(text: str, rules: Rules = FOOTBALL, **given) -> list[Standing]:
    league = read_league(text)
    return standings(league.teams, league.outcomes, rules, **given)


def test_a_whole_line():
    lines = table("""
        Ash   3-1 Birch
        Birch 2-2 Ash
        Cedar 1-0 Ash
    """)
    ash = line_of(lines, "Ash")
    assert (ash.played, ash.won, ash.drawn, ash.lost) == (3, 1, 1, 1)
    assert (ash.goals_for, ash.goals_against, ash.goal_difference, ash.away_goals_for) == (5, 4, 1, 2)
    assert (ash.points, ash.form, ash.wins) == (4, "WDL", 1)
    assert places(lines) == [(1, "Ash"), (2, "Cedar"), (3, "Birch")]
    assert not any(line.tied for line in lines)


def test_form_is_the_last_five_in_the_order_of_play():
    lines = table("""
        Ash   0-1 Birch
        Ash   1-0 Birch
        Birch 1-1 Ash
        Ash   2-1 Birch (overtime)
        Ash   0-3 Birch
        Ash   4-0 Birch
    """)
    assert (line_of(lines, "Ash").form, line_of(lines, "Birch").form) == ("WDWLW", "LDLWL")


def test_nobody_has_played():
    lines = standings(["Birch", "Ash", "Cedar"], [], FOOTBALL)
    assert places(lines) == [(1, "Birch"), (1, "Ash"), (1, "Cedar")]
    assert all(line.tied and line.played == 0 and line.form == "" for line in lines)
    assert {line.set_ratio for line in lines} == {line.point_ratio for line in lines} == {None}


def test_no_team_and_one_team():
    assert standings([], [], FOOTBALL) == []
    (only,) = standings(["Ash"], [], FOOTBALL)
    assert (only.position, only.tied) == (1, False)


def test_tied_teams_share_a_position_and_the_next_is_skipped():
    lines = table(
        """
        Ash   5-0 Dill
        Birch 1-0 Dill
        Cedar 1-0 Dill
    """,
        Rules(),
    )
    assert places(lines) == [(1, "Ash"), (2, "Birch"), (2, "Cedar"), (4, "Dill")]
    assert [line.tied for line in lines] == [False, True, True, False]


@pytest.mark.parametrize("teams", [["Ash", "Birch", "Cedar"], ["Cedar", "Birch", "Ash"]])
def test_what_nothing_separates_keeps_the_order_given_and_never_the_alphabet(teams):
    assert places(standings(teams, [], FOOTBALL)) == [(1, team) for team in teams]


def test_a_team_that_has_not_played_stands_above_one_with_goals_against():
    league = read_league("Ash 2-1 Birch", ["Cedar"])
    lines = standings(league.teams, league.outcomes, FOOTBALL)
    assert names(lines) == ["Ash", "Cedar", "Birch"]


def test_deductions_come_off_and_are_told():
    league = read_league("""
        Ash   1-0 Birch
        Birch 0-0 Cedar
    """)
    lines = standings(league.teams, league.outcomes, FOOTBALL, deductions={"Ash": 4, "Nobody": 9})
    assert [(line.team, line.points, line.deducted) for line in lines] == [
        ("Cedar", 1, 0),
        ("Birch", 1, 0),
        ("Ash", -1, 4),
    ]
    assert line_of(lines, "Ash").won == 1


def test_overtime_has_columns_of_its_own_where_the_rules_have_points_for_it():
    text = """
        Ash   3-2 Birch (overtime)
        Birch 2-1 Ash   (shootout)
        Ash   4-1 Birch
    """
    ash = line_of(table(text, ICE_HOCKEY), "Ash")
    assert (ash.won, ash.overtime_won, ash.overtime_lost, ash.lost, ash.wins) == (1, 1, 1, 0, 2)
    assert (ash.points, ash.form) == (6, "WLW")
    plain = line_of(table(text, FOOTBALL), "Ash")
    assert (plain.won, plain.overtime_won, plain.overtime_lost, plain.lost, plain.points) == (2, 0, 0, 1, 6)


def test_a_point_for_a_late_loss_only():
    rules = Rules(win=2, overtime_loss=1)
    ash, birch = table("Ash 3-2 Birch (overtime)", rules)
    assert (ash.won, ash.overtime_won, ash.points) == (1, 0, 2)
    assert (birch.lost, birch.overtime_lost, birch.points) == (0, 1, 1)


def test_rugby_bonus_points():
    lines = table(
        """
        Ash   30-27 Birch (tries 4-4)
        Birch 10-18 Ash   (tries 3-1)
        Cedar 40-40 Ash   (tries 5-3)
    """,
        RUGBY,
    )
    assert [(x.team, x.points, x.bonus_try, x.bonus_losing, x.bonus) for x in lines] == [
        ("Ash", 11, 1, 0, 1),  # 4 + 4 + 2, and four tries against Birch
        ("Cedar", 3, 1, 0, 1),
        ("Birch", 2, 1, 1, 2),  # four tries and a loss by three; then three tries and a loss by eight
    ]
    ash = line_of(lines, "Ash")
    assert (ash.tries_for, ash.tries_against, ash.try_difference) == (8, 12, -4)


@pytest.mark.parametrize(("margin", "bonus"), [(7, 1), (8, 0)])
def test_losing_margin_is_inclusive(margin, bonus):
    loser = table(f"Ash {20 + margin}-20 Birch", RUGBY)[1]
    assert (loser.team, loser.bonus_losing, loser.points) == ("Birch", bonus, bonus)


def test_a_cancelled_game_counts_as_given_but_earns_no_bonus():
    given = {"cancelled": True, "tries": {"home": 9, "away": 0}, "bonus": {"home": {"try": 1}}}
    ash, birch = standings(["Ash", "Birch"], [Outcome("Ash", "Birch", 0, 0, given)], RUGBY)
    assert (ash.points, ash.drawn, ash.played, ash.bonus) == (2, 1, 1, 0)
    assert (birch.points, birch.bonus) == (2, 0)


def test_bonus_points_given_by_hand_replace_the_count():
    given = {"tries": {"home": 9, "away": 9}, "bonus": {"home": {"try": 0}, "away": {"try": 1, "losing": 1}}}
    ash, birch = standings(["Ash", "Birch"], [Outcome("Ash", "Birch", 50, 45, given)], RUGBY)
    assert (ash.points, ash.bonus) == (4, 0)
    assert (birch.points, birch.bonus_try, birch.bonus_losing) == (2, 1, 1)


def test_volleyball_line():
    lines = table(
        """
        Ash   3-2 Birch (sets 25-20 20-25 25-20 20-25 15-10)
        Ash   3-0 Cedar (sets 25-11 25-12 25-13)
        Birch 3-1 Cedar (sets 25-10 25-10 23-25 25-10)
    """,
        VOLLEYBALL,
    )
    assert [(x.team, x.won, x.lost, x.points, x.sets_won, x.sets_lost) for x in lines] == [
        ("Ash", 2, 0, 5, 6, 2),
        ("Birch", 1, 1, 4, 5, 4),
        ("Cedar", 0, 2, 0, 1, 6),
    ]
    ash = lines[0]
    assert (ash.goals_for, ash.goals_against) == (6, 2)
    assert (ash.points_won, ash.points_lost) == (180, 136)
    assert (ash.set_ratio, ash.point_ratio) == (Fraction(3), Fraction(180, 136))


def test_more_wins_go_before_more_points_in_volleyball():
    lines = table(
        """
        Ash   3-2 Cedar
        Ash   3-2 Dill
        Birch 3-0 Cedar
        Birch 2-3 Dill
        Birch 2-3 Elm
    """,
        VOLLEYBALL,
    )
    assert [(x.team, x.wins, x.points) for x in lines[:2]] == [("Ash", 2, 4), ("Birch", 1, 5)]


def test_ratios_of_one_who_lost_nothing_and_one_who_won_nothing():
    ash, birch = table("Ash 3-0 Birch", VOLLEYBALL)
    assert (ash.set_ratio, birch.set_ratio) == (math.inf, Fraction(0))
    assert (ash.point_ratio, birch.point_ratio) == (None, None)  # no points were told


def test_sets_are_counted_where_goals_decide():
    # A team match of single games, each told as a set.
    ash, birch = table("Ash 2-1 Birch (sets 21-15 15-21 21-19)", Rules())
    assert (ash.sets_won, ash.sets_lost, ash.points_won, ash.points_lost) == (2, 1, 57, 55)
    assert (birch.sets_won, birch.goals_for) == (1, 1)


def test_a_score_that_the_list_of_sets_leaves_out_earns_win_and_loss():
    rules = Rules(by_sets={"3-2": 2, "2-3": 1}, scoring="sets")
    ash, birch = table("Ash 3-0 Birch", rules)
    assert (ash.points, birch.points) == (rules.win, rules.loss)


@pytest.mark.parametrize(
    ("league", "path"),
    [
        (League(["Ash", "Ash"], []), "teams"),
        (League(["Ash", "Birch"], [Outcome("Ash", "Cedar", 1, 0)]), "outcomes[0]"),
        (
            League(["Ash", "Birch"], [Outcome("Ash", "Birch", 1, 0), Outcome("Ash", "Ash", 1, 0)]),
            "outcomes[1]",
        ),
    ],
)
def test_games_that_belong_to_no_table(league, path):
    with pytest.raises(ValidationError) as caught:
        standings(league.teams, league.outcomes, FOOTBALL)
    assert caught.value.path == path


def test_the_same_question_twice_gets_the_same_answer():
    league = read_league("""
        Ash   1-0 Birch
        Birch 1-0 Ash
    """)
    first = standings(league.teams, league.outcomes, FOOTBALL, deductions={"Ash": 1})
    assert standings(league.teams, league.outcomes, FOOTBALL, deductions={"Ash": 1}) == first
