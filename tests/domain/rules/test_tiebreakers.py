"""Each criterion decides a small league that the points leave open."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.domain.leagues import places, read_league
from timely.domain.rules.rules import Rules
from timely.domain.rules.tiebreakers import by_hand
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standings import standings

Places = list[tuple[int, str]]


def placed(text: str, *tiebreakers: str, given: Mapping[str, Any] | None = None, **rules: Any) -> Places:
    """(position, name) of the league in *text*; *given* are the other arguments of `standings`."""
    league = read_league(text)
    order = Rules(tiebreakers=tiebreakers, **rules)
    return places(standings(league.teams, league.outcomes, order, **(given or {})))


def test_points():
    league = """
        Ash   0-1 Birch
        Cedar 1-1 Ash
        Birch 2-0 Cedar
        Cedar 3-2 Ash
    """
    assert placed(league, "points") == [(1, "Birch"), (2, "Cedar"), (3, "Ash")]


def test_points_need_not_come_first():
    league = """
        Ash   1-0 Cedar
        Birch 0-0 Cedar
        Birch 0-0 Dill
        Birch 0-0 Ash
        Birch 0-0 Cedar
        Birch 0-0 Dill
    """
    assert placed(league, "points", "wins")[0] == (1, "Birch")
    assert placed(league, "wins", "points")[0] == (1, "Ash")


def test_wins_include_those_of_overtime():
    league = """
        Birch 1-1 Dill
        Birch 1-1 Elm
        Ash   1-0 Elm  (overtime)
    """
    late = {"overtime_win": 2, "overtime_loss": 1}
    assert placed(league, "points", **late) == [(1, "Birch"), (1, "Elm"), (1, "Ash"), (4, "Dill")]
    assert placed(league, "points", "wins", **late)[0] == (1, "Ash")


@pytest.mark.parametrize(
    ("criterion", "league", "expected"),
    [
        (
            "goal_difference",
            """
            Ash   3-0 Birch
            Birch 1-0 Cedar
            Cedar 1-0 Ash
            """,
            [(1, "Ash"), (2, "Cedar"), (3, "Birch")],
        ),
        (
            "goals_for",
            """
            Ash   1-0 Birch
            Birch 4-3 Cedar
            Cedar 2-1 Ash
            """,
            [(1, "Cedar"), (2, "Birch"), (3, "Ash")],
        ),
        (
            "away_goals_for",
            """
            Ash   1-0 Birch
            Birch 4-3 Cedar
            Cedar 2-1 Ash
            """,
            [(1, "Cedar"), (2, "Ash"), (3, "Birch")],
        ),
        (
            "try_difference",
            """
            Ash   20-10 Birch (tries 4-1)
            Birch 20-10 Cedar (tries 3-3)
            Cedar 20-10 Ash   (tries 2-2)
            """,
            [(1, "Ash"), (2, "Cedar"), (3, "Birch")],
        ),
        (
            "tries_for",
            """
            Ash   20-10 Birch (tries 3-1)
            Birch 20-10 Cedar (tries 3-3)
            Cedar 20-10 Ash   (tries 2-2)
            """,
            [(1, "Ash"), (1, "Cedar"), (3, "Birch")],
        ),
        (
            "fair_play",
            """
            Ash   1-1 Birch (home yellow 2, away yellow 3)
            Birch 1-1 Cedar (home yellow 2, away red 1)
            Cedar 1-1 Ash   (away yellow 1)
            """,
            [(1, "Ash"), (2, "Cedar"), (3, "Birch")],
        ),
    ],
)
def test_what_separates_three_teams_that_are_level_on_points(criterion, league, expected):
    cards = {"yellow": -1, "red": -4}
    level = placed(league, "points", fair_play_points=cards)
    assert [position for position, _ in level] == [1, 1, 1]
    assert placed(league, "points", criterion, fair_play_points=cards) == expected


def test_goal_average_is_not_goal_difference():
    league = """
        Ash   10-5 Cedar
        Birch 3-1  Dill
    """
    assert placed(league, "points", "goal_difference")[:2] == [(1, "Ash"), (2, "Birch")]
    assert placed(league, "points", "goal_average") == [(1, "Birch"), (2, "Ash"), (3, "Cedar"), (4, "Dill")]


def test_nothing_against_is_infinite():
    league = """
        Ash   99-1 Cedar
        Birch 1-0  Dill
        Elm   5-0  Fir
    """
    assert placed(league, "points", "goal_average")[:3] == [(1, "Birch"), (1, "Elm"), (3, "Ash")]


def test_nothing_known_is_never_better_than_something():
    league = """
        Ash   1-1 Birch
        Cedar 0-0 Dill
    """
    assert placed(league, "points", "goal_average") == [(1, "Ash"), (1, "Birch"), (3, "Cedar"), (3, "Dill")]
    beaten = [Outcome("Ash", "Birch", 2, 0)]
    lines = standings(["Ash", "Birch", "Cedar"], beaten, Rules(tiebreakers=("points", "goal_average")))
    assert [(line.position, line.team) for line in lines] == [(1, "Ash"), (2, "Birch"), (3, "Cedar")]


@pytest.mark.parametrize("criterion", ["set_ratio", "point_ratio"])
def test_a_team_that_has_not_played_is_below_one_that_lost_every_point(criterion):
    rules = Rules(scoring="sets", win=2, draw=0, loss=0, tiebreakers=("points", criterion))
    lost = [Outcome("Ash", "Birch", 2, 0, {"sets": [[25, 0], [25, 0]]})]
    for teams in (["Ash", "Birch", "Cedar"], ["Cedar", "Birch", "Ash"]):
        lines = standings(teams, lost, rules)
        assert [(line.position, line.team) for line in lines] == [(1, "Ash"), (2, "Birch"), (3, "Cedar")]


def test_sets_typed_without_their_points_leave_the_points_unknown():
    rules = Rules(scoring="sets", win=2, draw=0, loss=0, tiebreakers=("points", "point_ratio"))
    told = Outcome("Ash", "Birch", 1, 2, {"sets": [[25, 20], [20, 25], [10, 15]]})
    untold = Outcome("Cedar", "Dill", 0, 2)
    lines = {line.team: line for line in standings(["Ash", "Birch", "Cedar", "Dill"], [told, untold], rules)}
    assert lines["Cedar"].point_ratio is lines["Dill"].point_ratio is None
    assert [lines[name].position for name in ("Birch", "Dill", "Ash", "Cedar")] == [1, 2, 3, 4]


def test_a_shoot_out_after_a_level_score_counts_where_the_rules_pay_it():
    rules = Rules(win=3, draw=1, loss=0, overtime_win=2, overtime_loss=1, tiebreakers=("points", "goal_difference"))
    games = [Outcome("Ash", "Birch", 13, 13, shootout="away"), Outcome("Ash", "Cedar", 1, 1)]
    lines = {line.team: line for line in standings(["Ash", "Birch", "Cedar"], games, rules)}
    assert (lines["Birch"].points, lines["Birch"].overtime_won, lines["Birch"].form) == (2, 1, "W")
    assert (lines["Ash"].points, lines["Ash"].overtime_lost, lines["Ash"].form) == (2, 1, "LD")
    assert lines["Ash"].goal_difference == 0
    assert lines["Birch"].goals_for == 13
    plain = {line.team: line for line in standings(["Ash", "Birch", "Cedar"], games, Rules())}
    assert (plain["Birch"].points, plain["Birch"].drawn) == (1, 1)


def test_averages_are_exact():
    third = 33_333_333_333_333_333
    assert third / (3 * third + 1) == 1 / 3  # to a floating number they are the same
    league = f"""
        Cedar {3 * third + 1}-{third} Ash
        Dill  3-1 Birch
    """
    assert placed(league, "points", "goal_average")[2:] == [(3, "Birch"), (4, "Ash")]


def test_sonneborn_berger_is_half_of_the_points_of_those_drawn_with():
    league = """
        Ash   1-0 Cedar
        Birch 1-0 Dill
        Cedar 1-0 Dill
        Elm   2-2 Ash
        Elm   2-2 Birch
    """
    # Ash and Birch have four points each; Cedar, whom Ash has beaten, has three, and Dill none.
    assert placed(league, "points")[:2] == [(1, "Ash"), (1, "Birch")]
    assert placed(league, "points", "sonneborn_berger")[:2] == [(1, "Ash"), (2, "Birch")]
    found = standings(*vars(read_league(league)).values(), Rules(tiebreakers=("points", "sonneborn_berger")))
    assert {line.team: line.sonneborn_berger for line in found} == {
        "Ash": 4,  # Cedar's three and half of Elm's two
        "Birch": 1,
        "Cedar": 0,
        "Elm": 4,
        "Dill": 0,
    }


def test_set_ratio_and_point_ratio():
    league = """
        Ash   3-1 Birch (sets 25-10 25-10 20-25 25-10)
        Cedar 3-0 Birch (sets 25-23 25-23 25-23)
    """
    assert placed(league, "points", "set_ratio", scoring="sets") == [(1, "Cedar"), (2, "Ash"), (3, "Birch")]
    assert placed(league, "points", "point_ratio", scoring="sets") == [(1, "Ash"), (2, "Cedar"), (3, "Birch")]


def test_a_published_fair_play_total_replaces_the_count():
    league = "Ash 1-1 Birch (home yellow 3)"
    cards = {"yellow": -1}
    assert placed(league, "points", "fair_play", fair_play_points=cards) == [(1, "Birch"), (2, "Ash")]
    totals = {"fair_play_totals": {"Birch": -4}}
    assert placed(league, "points", "fair_play", fair_play_points=cards, given=totals) == [
        (1, "Ash"),
        (2, "Birch"),
    ]


@pytest.mark.parametrize("criterion", by_hand())
@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (["Cedar", "Ash", "Birch"], [(1, "Cedar"), (2, "Ash"), (3, "Birch")]),
        (["Dill", "Birch", "Elm", "Ash", "Cedar"], [(1, "Birch"), (2, "Ash"), (3, "Cedar")]),
        ([], [(1, "Ash"), (1, "Birch"), (1, "Cedar")]),
        (["Cedar", "Ash"], [(1, "Ash"), (1, "Birch"), (1, "Cedar")]),  # Birch has no lot
    ],
)
def test_lots_and_ranks_come_from_a_list(criterion, drawn, expected):
    league = """
        Ash   1-1 Birch
        Birch 1-1 Cedar
        Cedar 1-1 Ash
    """
    given = {"manual_order": {criterion: drawn}}
    assert placed(league, "points", criterion, given=given) == expected
    assert placed(league, "points", given=given) == [(1, "Ash"), (1, "Birch"), (1, "Cedar")]


def test_a_lot_decides_only_among_the_level():
    league = """
        Ash   1-0 Birch
        Cedar 1-0 Dill
    """
    given = {"manual_order": {"drawing_of_lots": ["Dill", "Birch", "Cedar", "Ash"]}}
    assert placed(league, "points", "drawing_of_lots", given=given) == [
        (1, "Cedar"),
        (2, "Ash"),
        (3, "Dill"),
        (4, "Birch"),
    ]
