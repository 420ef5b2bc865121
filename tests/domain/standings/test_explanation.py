"""Every row says why it stands where it stands, and says what the ranking did."""

from fractions import Fraction
from itertools import combinations

import pytest

from tests.domain.leagues import read_league
from tests.explanation_sentences import sentences
from timely.domain.rules.rules import Rules
from timely.domain.standings.explanation import explain, explain_lines
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standings import rank_across, standings
from timely.presenters.value_text import value_text

POINTS = "head_to_head_points"
DIFFERENCE = "head_to_head_goal_difference"

THREE = """
    Ash   2-0 Birch
    Birch 4-1 Cedar
    Cedar 3-2 Ash
    Ash   0-9 Dill
    Cedar 0-1 Dill
    Birch 0-1 Dill
"""


def told(text, *tiebreakers, restart="never", **given):
    league = read_league(text)
    rules = Rules(tiebreakers=tiebreakers, head_to_head_restart=restart)
    return explain(league.teams, league.outcomes, rules, **given)


def test_a_whole_explanation():
    birch = told(THREE, "points", DIFFERENCE, POINTS, restart="after_block", source="Our rules")["Birch"]
    assert (birch.position, birch.decided_by, birch.tied, birch.level_with) == (3, DIFFERENCE, False, ())
    assert sentences(birch) == [
        "Points: 3, behind Dill (9), level with Ash and Cedar.",
        "Among Ash, Birch and Cedar: Ash 2–0 Birch, Birch 4–1 Cedar, Cedar 3–2 Ash.",
        "Head-to-head goal difference: +1, ahead of Cedar (−2), level with Ash.",
        "Head-to-head points: 3, level with Ash.",
        "Again among Ash and Birch: Ash 2–0 Birch.",
        "Head-to-head goal difference: −2, behind Ash (+2).",
        "Rule: Our rules.",
    ]


def test_the_mini_league_is_there_with_its_table_and_its_games():
    cedar = told(THREE, "points", POINTS, DIFFERENCE)["Cedar"]
    _, points, difference = cedar.steps
    assert points.among is difference.among
    assert not points.among.again
    assert set(points.among.lines) == {"Ash", "Birch", "Cedar"}
    assert points.among.lines["Cedar"].goals_for == 4
    assert [(game.home, game.away) for game in points.among.games] == [
        ("Ash", "Birch"),
        ("Birch", "Cedar"),
        ("Cedar", "Ash"),
    ]
    assert (points.values, points.separated) == ({"Ash": 3, "Birch": 3, "Cedar": 3}, False)
    assert (difference.values["Cedar"], difference.parts) == (-2, (("Ash", "Birch"), ("Cedar",)))


def test_what_put_two_apart():
    all_ = told(THREE, "points", DIFFERENCE, "goal_difference")
    assert all_["Cedar"].apart_from("Ash").criterion == DIFFERENCE
    assert all_["Ash"].apart_from("Cedar").criterion == DIFFERENCE
    assert all_["Ash"].apart_from("Dill").criterion == "points"
    assert all_["Ash"].apart_from("Birch").criterion == "goal_difference"


def test_nothing_separates_them_and_what_the_organiser_may_do():
    league = "Ash 1-1 Birch"
    given = {"complete": False, "manual_order": {"external_rank": ["Ash"]}}
    ash = told(league, "points", "external_rank", "drawing_of_lots", **given)["Ash"]
    assert ash.ways_out == ("wait", "external_rank", "drawing_of_lots", "change_the_order")
    assert sentences(ash) == [
        "Points: 1, level with Birch.",
        "Ranking list: decides nothing, because Birch is not listed.",
        "Drawing of lots: decides nothing, because Ash and Birch are not listed.",
        "Nothing separates Ash and Birch; they share position 1.",
        "Wait: games are still to be played.",
        "Enter the ranking list that the rules speak of.",
        "Draw lots, and record the order.",
        "Change the rules: add a criterion, such as a play-off or a lot.",
    ]
    assert told(league, "points")["Ash"].ways_out == ("change_the_order",)


def test_a_lot_that_was_drawn_decides():
    ash = told("Ash 0-0 Birch", "points", "drawing_of_lots", manual_order={"drawing_of_lots": ["Birch", "Ash"]})["Ash"]
    assert (ash.position, ash.decided_by, ash.ways_out) == (2, "drawing_of_lots", ())
    assert sentences(ash)[-1] == "Drawing of lots: 2nd, behind Birch (1st)."


def test_the_order_while_running_is_explained_as_it_is():
    league = read_league("""
        Ash   1-0 Birch
        Birch 9-0 Cedar
        Cedar 5-0 Ash
    """)
    rules = Rules(tiebreakers=("points", POINTS, "goals_for"), tiebreakers_while_running=("points", "goal_difference"))
    running = explain(league.teams, league.outcomes, rules, complete=False)
    assert list(running) == ["Birch", "Ash", "Cedar"]
    assert [one.decided_by for one in running.values()] == ["goal_difference", "", ""]
    assert explain(league.teams, league.outcomes, rules)["Birch"].decided_by == "goals_for"


def test_one_team_and_none():
    (only,) = explain(["Ash"], [], Rules()).values()
    assert (only.position, only.steps, only.decided_by, only.tied) == (1, (), "", False)
    assert explain([], [], Rules()) == {}


def test_those_that_have_not_met():
    ash = told(
        """
        Ash   1-0 Cedar
        Birch 1-0 Dill
    """,
        "points",
        POINTS,
    )["Ash"]
    assert "Among Ash and Birch: they have not met." in sentences(ash)


def test_a_comparison_across_groups_is_explained_by_the_same_steps():
    tables = {
        "A": standings(["Ash", "Birch"], [Outcome("Ash", "Birch", 2, 0)], Rules()),
        "B": standings(["Cedar", "Dill"], [Outcome("Cedar", "Dill", 1, 0)], Rules()),
    }
    notes = []
    order = rank_across(tables, ["points", "goal_difference"], position=1, notes=notes)
    found = explain_lines([line for _, line in order], notes, ["points", "goal_difference"])
    assert sentences(found["Cedar"]) == ["Points: 3, level with Ash.", "Goal difference: +1, behind Ash (+2)."]


@pytest.mark.parametrize(
    ("criterion", "value", "text"),
    [
        ("points", 7, "7"),
        ("points", -1, "−1"),
        ("goal_difference", 3, "+3"),
        ("goal_difference", -2, "−2"),
        ("goal_difference", 0, "0"),
        ("head_to_head_goal_difference", -10, "−10"),
        ("fair_play", -4, "−4"),
        ("set_ratio", Fraction(4, 3), "1.333"),
        ("set_ratio", Fraction(2), "2.000"),
        ("set_ratio", float("inf"), "none against"),
        ("point_ratio", Fraction(19999, 10000), "1.999"),
        ("point_ratio", float("-inf"), "no value"),
        ("goal_average", Fraction(2312, 1815), "1.274"),
        ("goal_average", float("-inf"), "no value"),
        ("net_run_rate", Fraction(576_633, 1_000_000), "+0.577"),
        ("net_run_rate", Fraction(-576_633, 1_000_000), "−0.577"),
        ("net_run_rate", Fraction(1, 2000), "+0.001"),
        ("net_run_rate", Fraction(-1, 2000), "−0.001"),
        ("net_run_rate", Fraction(-1, 2001), "0.000"),
        ("net_run_rate", Fraction(0), "0.000"),
        ("points", Fraction(59, 34), "1.735"),
        ("points", Fraction(-5, 3), "−1.667"),
        ("net_run_rate", Fraction(-1, 8), "−0.125"),
        ("net_run_rate", Fraction(1, 8), "+0.125"),
        ("sonneborn_berger", Fraction(25, 2), "12½"),
        ("sonneborn_berger", Fraction(12), "12"),
        ("points", Fraction(3, 2), "1.500"),
        ("drawing_of_lots", -3, "3rd"),
        ("group_position", -2, "2nd"),
        ("external_rank", None, "not listed"),
    ],
)
def test_values_in_words(criterion, value, text):
    assert value_text(criterion, value) == text


def test_many_level_teams_are_not_all_named():
    teams = [f"Team {number}" for number in range(1, 10)]
    explanation = explain(teams, [], Rules(tiebreakers=("points",)))["Team 1"]
    assert sentences(explanation)[:2] == [
        "Points: 0, level with Team 2, Team 3, Team 4, Team 5, Team 6 and 3 more.",
        "Nothing separates Team 1, Team 2, Team 3, Team 4, Team 5 and 4 more; they share position 1.",
    ]


@pytest.mark.parametrize(
    ("count", "last", "first"),
    [
        (4, "behind A (9), B (6) and C (3)", "ahead of B (6), C (3) and D (0)"),
        (5, "behind B (9), C (6), D (3) and 1 more", "ahead of B (9), C (6), D (3) and 1 more"),
    ],
)
def test_three_are_named_and_the_others_counted(count, last, first):
    teams = "ABCDE"[:count]
    games = "\n".join(f"{one} 1-0 {other}" for one, other in combinations(teams, 2))
    found = told(games, "points")
    assert sentences(found[teams[-1]])[0] == f"Points: 0, {last}."
    assert sentences(found["A"])[0] == f"Points: {3 * (count - 1)}, {first}."


def test_a_step_says_whether_it_has_put_anybody_ahead():
    steps = told(THREE, "points", POINTS, DIFFERENCE, restart="after_block")["Cedar"].steps
    assert [(step.criterion, len(step.parts), step.separated) for step in steps] == [
        ("points", 2, True),
        (POINTS, 1, False),
        (DIFFERENCE, 2, True),
    ]
