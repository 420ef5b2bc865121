"""Teams of different groups compared: the best third-placed, seeds one to twelve."""

import pytest

from tests.domain.leagues import read_league
from timely.domain.across import rank_across
from timely.domain.faults import Fault
from timely.domain.rules import Rules
from timely.domain.standings import standings

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
    assert before == {
        group: [(line.position, line.tied) for line in table] for group, table in tables.items()
    }


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
    with pytest.raises(Fault, match="tiebreakers"):
        rank_across(tables, criteria)
