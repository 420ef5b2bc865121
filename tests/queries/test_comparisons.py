"""Tables across the groups: which there are, who goes through, and why a row of one stands where it stands."""

import pytest

from tests.conftest import season
from timely.event_file.read import read_event
from timely.extensions import db
from timely.queries.comparisons import comparisons
from timely.queries.explanations import explanation
from timely.queries.tables import leaderboard
from timely.services.event_files import import_event

pytestmark = pytest.mark.usefixtures("in_app")

GROUPS = {"A": ["Ash", "Birch", "Cedar"], "B": ["Dill", "Elm", "Fern"], "C": ["Gorse", "Holly", "Ivy"]}


def game(home, away, home_score=None, away_score=None, **more):
    score = {} if home_score is None else {"home_score": home_score, "away_score": away_score}
    return {"home": home, "away": away, **score, **more}


# The thirds: Cedar lost 0-1 twice, Fern 0-4 twice, Ivy 1-2 twice.
PLAYED = [
    game("Ash", "Birch", 2, 0), game("Ash", "Cedar", 1, 0), game("Birch", "Cedar", 1, 0),
    game("Dill", "Elm", 1, 0), game("Dill", "Fern", 4, 0), game("Elm", "Fern", 4, 0),
    game("Gorse", "Holly", 3, 0), game("Gorse", "Ivy", 2, 1), game("Holly", "Ivy", 2, 1),
]  # fmt: skip
ONE_THIRD = [
    {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "home_from": {"group": "A", "position": 1},
     "away_from": {"groups": ["A", "B", "C"], "position": 3}},
    {"stage": "knockout", "round": "Semi-finals", "code": "SF2", "home_from": {"group": "B", "position": 1},
     "away_from": {"group": "C", "position": 1}},
]  # fmt: skip


def made(**changes):
    teams = [team for group in GROUPS.values() for team in group]
    data = {"name": "Cup", "sport": "football", "teams": teams, "groups": GROUPS, "matches": PLAYED, **changes}
    event = import_event(read_event(data))
    db.session.expire_all()
    return event


def found(event):
    return comparisons(event, leaderboard(event))


def names(compared):
    return [line.team.name for line in compared.lines]


def test_an_event_that_compares_nothing_has_none():
    assert found(made()) == []
    assert found(made(groups=None, matches=[], third_place_ranking={"tiebreakers": ["points"]})) == []


def test_the_best_third_goes_through():
    event = made(matches=[*PLAYED, *ONE_THIRD])
    (thirds,) = found(event)
    assert (thirds.title, thirds.position, thirds.is_over) == ("Best third-placed", 3, True)
    assert names(thirds) == ["Ivy", "Cedar", "Fern"]  # goals scored decide between the first two
    assert [group.name for group in thirds.groups] == ["C", "A", "B"]
    assert [line.zone for line in thirds.lines] == ["through", "", ""]
    assert [line.standing.position for line in thirds.lines] == [1, 2, 3]


def test_the_tables_of_the_groups_mark_who_goes_through_and_who_may():
    event = made(matches=[*PLAYED, *ONE_THIRD])
    zones = {line.team.name: line.zone for table in leaderboard(event) for line in table.lines if line.zone}
    assert zones == {
        **dict.fromkeys(("Ash", "Dill", "Gorse"), "through"),
        **dict.fromkeys(("Cedar", "Fern", "Ivy"), "playoff"),
    }


def test_slots_of_a_file_mark_the_same():
    slots = [
        {"round": "Semi-finals", "teams": [["A", 1], ["A/B/C", 3]]},
        {"round": "Semi-finals", "teams": [["B", 1], ["C", 1]]},
    ]
    event = made(slots=slots)
    (thirds,) = found(event)
    assert [line.zone for line in thirds.lines] == ["through", "", ""]
    zones = {line.team.name: line.zone for table in leaderboard(event) for line in table.lines if line.zone}
    assert (zones["Ash"], zones["Fern"], zones.get("Birch")) == ("through", "playoff", None)


def test_places_overall_are_those_of_all_groups():
    ranks = [{"stage": "knockout", "round": "Final", "code": "F", "home_from": {"rank": 1}, "away_from": {"rank": 2}}]
    (every,) = found(made(matches=[*PLAYED, *ranks]))
    assert (every.title, every.position) == ("All groups compared", None)
    assert names(every)[:3] == ["Dill", "Gorse", "Ash"]
    assert [line.zone for line in every.lines[:3]] == ["through", "through", ""]
    assert len(every.lines) == 9


def test_a_ranking_in_the_file_is_enough():
    (thirds,) = found(made(third_place_ranking={"tiebreakers": ["goals_for", "points"], "unequal_groups": "per_game"}))
    assert names(thirds)[0] == "Ivy"
    assert "divided by the games played" in str(thirds.note)


def test_the_olympics_are_compared_as_they_were():
    event = import_event(read_event(season("ice_hockey_olympics_2018_men")))
    db.session.expire_all()
    (every,) = found(event)
    assert names(every)[:4] == ["Sweden", "Czech Republic", "Olympic Athletes from Russia", "Canada"]


def test_a_row_across_groups_is_explained():
    event = made(matches=[*PLAYED, *ONE_THIRD])
    (thirds,) = found(event)
    ivy = thirds.lines[0].team
    explained = explanation(event, thirds.id, ivy.id)
    assert explained.explanation.decided_by == "goals_for"
    assert [step.criterion for step in explained.explanation.steps] == ["points", "goal_difference", "goals_for"]
    assert explained.group.name == "C"
    assert set(explained.teams) == {line.team.id for line in thirds.lines}
    first = leaderboard(event)[0].lines[0].team
    assert explanation(event, thirds.id, first.id) is None


def test_every_row_of_every_table_has_the_position_that_its_explanation_says():
    event = made(matches=[*PLAYED[:5], *ONE_THIRD])
    tables = leaderboard(event)
    every = [(str(table.group.id), table.lines) for table in tables]
    every += [(compared.id, compared.lines) for compared in comparisons(event, tables)]
    assert len(every) == 4
    for id_, lines in every:
        for line in lines:
            shown = explanation(event, id_, line.team.id).explanation
            assert shown.position == line.standing.position


def test_divisions_are_compared_apart():
    women = [*GROUPS["A"], *GROUPS["B"]]
    teams = [{"name": team, "division": "Women"} for team in women]
    teams += [{"name": team, "division": "Men"} for team in GROUPS["C"]]
    event = made(
        teams=teams,
        groups=None,
        divisions=["Women", "Men"],
        division_groups={"Women": {"A": GROUPS["A"], "B": GROUPS["B"]}, "Men": {"C": GROUPS["C"]}},
        matches=[one | {"division": "Women" if one["home"] in women else "Men"} for one in PLAYED],
        third_place_ranking={"tiebreakers": ["points", "goal_difference"]},
    )
    (thirds,) = found(event)  # one group alone compares nothing
    assert thirds.title == "Women · Best third-placed"
    assert names(thirds) == ["Cedar", "Fern"]
