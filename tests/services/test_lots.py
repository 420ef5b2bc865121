"""Lots: recorded for the teams that are tied, and only for those; who goes through follows."""

import pytest

from tests.conftest import get_event
from tests.services.test_advancement import CUP, enter, names
from tests.services.test_undo import last_entry
from timely.queries.event_files import event_file_text
from timely.services.errors import RuleBroken
from timely.services.lots import blocking_positions, record_lot, tied_teams
from timely.services.undo import undo

LOTS = {"tiebreakers": ["points", "drawing_of_lots"]}


@pytest.fixture
def cup(in_app, make_event):
    event = get_event(make_event(**{**CUP, "rules": LOTS}))
    enter(event.fixtures[0], 1, 1)
    return event


def test_the_winner_of_the_lot_goes_through(cup):
    assert names(cup, "SF1") == ("A1", "B2")
    (tied,) = tied_teams(cup)
    teams = list(tied.teams)
    assert (tied.table, tied.position, [team.name for team in teams]) == ("Group A", 1, ["Ash", "Birch"])
    before = event_file_text(cup)
    record_lot(cup, teams[::-1], by=None, reason="drawn by the referee")
    assert names(cup, "SF1") == ("Birch", "B2")
    assert tied_teams(cup) == []
    undo(last_entry(), by=None)
    assert event_file_text(cup) == before


def test_lots_of_other_teams_stay(cup):
    record_lot(cup, cup.teams[1::-1], by=None)
    enter(cup.fixtures[1], 2, 2)
    record_lot(cup, cup.teams[2:4], by=None)
    assert cup.manual_order["drawing_of_lots"] == [cup.teams[number].id for number in (1, 0, 2, 3)]
    assert [names(cup, code) for code in ("SF1", "SF2")] == [("Birch", "Dogwood"), ("Cedar", "Ash")]


@pytest.mark.parametrize("numbers", [(0,), (0, 2), (0, 1, 2), (), (0, 0)])
def test_other_teams_than_the_tied_are_refused(cup, numbers):
    with pytest.raises(RuleBroken, match="do not share"):
        record_lot(cup, [cup.teams[number] for number in numbers], by=None)


@pytest.mark.parametrize(
    ("book", "ways"),
    [
        (["points"], ("drawing_of_lots", "external_rank", "play_off")),
        (["points", "play_off"], ("play_off", "drawing_of_lots", "external_rank")),
    ],
)
def test_rules_that_do_not_say_how_take_the_way_that_was_chosen(in_app, make_event, book, ways):
    event = get_event(make_event(**{**CUP, "rules": {"tiebreakers": book}}))
    enter(event.fixtures[0], 1, 1)
    (tied,) = tied_teams(event)
    assert tied.ways == ways
    before = event_file_text(event)
    record_lot(event, tied.teams[::-1], way="play_off", by=None)
    assert event.order_rules.tiebreakers == ("points", "play_off")
    assert names(event, "SF1") == ("Birch", "B2")
    undo(last_entry(), by=None)
    assert event_file_text(event) == before


def test_what_a_semi_final_waits_for_is_told_once_nothing_else_is_awaited(in_app, make_event):
    matches = [{"home": "Ash", "away": "Elm", "group": "A"}, *CUP["matches"]]
    groups = {"A": ["Ash", "Birch", "Elm"], "B": ["Cedar", "Dogwood"]}
    teams = ["Ash", "Birch", "Cedar", "Dogwood", "Elm"]
    event = get_event(make_event(**{**CUP, "teams": teams, "groups": groups, "matches": matches, "rules": LOTS}))
    enter(event.fixtures[1], 1, 1)
    assert [one.position for one in tied_teams(event)] == [1]
    assert blocking_positions(event) == []  # Ash has a game left
    enter(event.fixtures[0], 3, 0)
    assert blocking_positions(event) == []  # Ash is first and Birch is second now
    enter(event.fixtures[0], 1, 1, reason="as it was")
    (tied,) = blocking_positions(event)
    assert (tied.position, tied.holds_up) == (2, ("SF2",))
    record_lot(event, tied.teams, by=None)
    assert blocking_positions(event) == []


def test_a_place_that_leads_nowhere_holds_nothing_up(in_app, make_event):
    final = {"stage": "knockout", "round": "Final", "code": "F"}
    final |= {"home_from": {"group": "A", "position": 3}, "away_from": {"group": "B", "position": 1}}
    event = get_event(make_event(**{**CUP, "matches": [*CUP["matches"][:2], final], "rules": LOTS}))
    enter(event.fixtures[0], 1, 1)
    assert len(tied_teams(event)) == 1
    assert blocking_positions(event) == []


def test_the_best_of_a_place_may_be_found_by_lot(in_app, make_event):
    sides = {"home_from": {"group": "A", "position": 1}, "away_from": {"groups": ["A", "B"], "position": 2}}
    games = [{"home": "Ash", "away": "Birch"}, {"home": "Cedar", "away": "Dogwood"}]
    final = {"stage": "knockout", "round": "Final", "code": "F", **sides}
    groups = {"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]}
    event = get_event(make_event(groups=groups, matches=[*games, final]))
    enter(event.fixtures[0], 1, 0)
    assert tied_teams(event) == []
    enter(event.fixtures[1], 1, 0)
    (tied,) = tied_teams(event)
    assert (tied.table, tied.position, [team.name for team in tied.teams]) == (
        "Best second-placed",
        1,
        ["Birch", "Dogwood"],
    )
    assert names(event, "F") == ("Ash", "Best 2nd of A/B")
    assert [(one.table, one.holds_up, one.ways) for one in blocking_positions(event)] == [
        ("Best second-placed", ("F",), ("drawing_of_lots",))
    ]
    record_lot(event, tied.teams[::-1], by=None)
    assert names(event, "F") == ("Ash", "Dogwood")


def across(make_event, *sides, **more):
    """Two groups of two, over and alike, so that each place is level across them; one tie for each pair of sides."""
    games = [{"home": "Ash", "away": "Birch"}, {"home": "Cedar", "away": "Dogwood"}]
    ties = [
        {"stage": "knockout", "round": "Cup", "code": f"T{number}", "home_from": home, "away_from": away}
        for number, (home, away) in enumerate(sides, 1)
    ]
    groups = {"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]}
    event = get_event(make_event(groups=groups, matches=[*games, *ties], **more))
    enter(event.fixtures[0], 1, 0)
    enter(event.fixtures[1], 1, 0)
    return event


def held(event):
    return [(one.table, one.position, one.holds_up) for one in blocking_positions(event)]


def rank(number):
    return {"rank": number}


def test_a_seeding_across_groups_waits_for_a_lot(in_app, make_event):
    event = across(make_event, (rank(1), rank(4)), (rank(2), rank(3)))
    title = "All groups compared"
    assert held(event) == [(title, 1, ("T1", "T2")), (title, 3, ("T1", "T2"))]
    ash, birch, cedar, dogwood = event.teams
    record_lot(event, [cedar, ash], by=None)
    assert (names(event, "T1")[0], names(event, "T2")[0]) == ("Cedar", "Ash")
    assert held(event) == [(title, 3, ("T1", "T2"))]
    record_lot(event, [birch, dogwood], by=None)
    assert [names(event, code) for code in ("T1", "T2")] == [("Cedar", "Dogwood"), ("Ash", "Birch")]
    assert held(event) == []


def test_only_the_ranks_that_are_level_wait(in_app, make_event):
    event = across(make_event, (rank(1), rank(2)), (rank(3), {"group": "A", "position": 1}))
    assert [holds_up for *_, holds_up in held(event)] == [("T1",), ("T2",)]


def test_the_best_of_a_place_and_those_after_it_wait_for_one_lot(in_app, make_event):
    best, second = {"groups": ["A", "B"], "position": 2}, {"groups": ["A", "B"], "position": 2, "best": 2}
    event = across(make_event, (best, {"group": "A", "position": 1}), (second, {"group": "B", "position": 1}))
    assert held(event) == [("Best second-placed", 1, ("T1", "T2"))]
    record_lot(event, [event.teams[3], event.teams[1]], by=None)
    assert [names(event, code) for code in ("T1", "T2")] == [("Dogwood", "Ash"), ("Birch", "Cedar")]


def test_who_go_through_both_need_no_lot(in_app, make_event):
    both = {"groups": ["A", "B"], "position": 2}
    event = across(make_event, (both, {"group": "A", "position": 1}), (both, {"group": "B", "position": 1}))
    assert tied_teams(event) != []
    assert held(event) == []  # whoever is better, both go on


def test_a_way_that_the_comparison_does_not_have_is_refused(in_app, make_event):
    event = across(make_event, (rank(1), rank(4)), (rank(2), rank(3)))
    with pytest.raises(RuleBroken, match="not decided in that way") as broken:
        record_lot(event, [event.teams[2], event.teams[0]], way="play_off", by=None)
    assert list(broken.value.fields) == ["way"]


def test_an_order_of_the_comparison_s_own_is_kept_in_it(in_app, make_event):
    ids = {"manual_order": {"drawing_of_lots": ["Ash", "Cedar"]}}
    ranking = {"tiebreakers": ["group_position", "points", "drawing_of_lots"], **ids}
    event = across(make_event, (rank(1), rank(4)), (rank(2), rank(3)), cross_group_ranking=ranking)
    assert names(event, "T1")[0] == "Ash"
    ash, birch, _, dogwood = event.teams
    record_lot(event, [dogwood, birch], by=None)
    own = event.cross_group_ranking["manual_order"]["drawing_of_lots"]
    assert own[-2:] == [dogwood.id, birch.id]
    assert own[0] == ash.id
    assert [names(event, code) for code in ("T1", "T2")] == [("Ash", "Birch"), ("Cedar", "Dogwood")]
