"""What a deed would change: said in words, and nothing of it saved or told."""

import pytest

from tests.conftest import get_event
from tests.services.test_advancement import CUP, enter, game, play
from tests.services.test_undo import last_entry
from timely.queries.event_files import event_file_text
from timely.queries.versions import all_versions
from timely.services import fixtures, walkovers
from timely.services.advancement import NeedsRuling
from timely.services.dry_run import what_if
from timely.services.errors import RuleBroken
from timely.services.withdrawals import withdraw


@pytest.fixture
def cup(in_app, make_event):
    return get_event(make_event(**CUP))


def test_a_correction_says_who_climbs_who_goes_through_and_who_meets_whom(cup):
    enter(cup.fixtures[0], 2, 1)
    enter(cup.fixtures[1], 1, 0)
    found = what_if(cup, lambda: enter(cup.fixtures[0], 0, 1, reason="swapped"), of=cup.fixtures[0])
    assert found.games == [
        "SF1 is Birch – Dogwood instead of Ash – Dogwood.",
        "SF2 is Cedar – Ash instead of Cedar – Birch.",
    ]
    assert found.places == ["Birch climbs from 2nd to 1st: Group A.", "Ash falls from 1st to 2nd: Group A."]
    assert found.through == []
    assert found.sentences == [*found.games, *found.places]


def test_who_does_not_go_through_any_more_is_said_first(in_app, make_event):
    matches = [
        {"home": "Ash", "away": "Birch"},
        {"home": "Ash", "away": "Cedar"},
        {"home": "Birch", "away": "Cedar"},
        {"stage": "knockout", "round": "Final", "code": "F"}
        | {"home_from": {"group": "", "position": 1}, "away_from": {"group": "", "position": 2}},
    ]
    event = get_event(make_event(teams=["Ash", "Birch", "Cedar"], matches=matches))
    for number, score in enumerate([(1, 0), (3, 0), (2, 0)]):
        enter(event.fixtures[number], *score)
    found = what_if(event, lambda: enter(event.fixtures[2], 0, 2, reason="swapped"))
    assert found.sentences[:2] == ["Cedar goes through.", "Birch does not go through any more."]


def test_while_games_are_to_come_nobody_is_said_to_go_through_for_certain(in_app, make_event):
    groups = {"A": ["Ash", "Birch", "Cedar"]}
    matches = [
        {"home": "Ash", "away": "Birch"},
        {"home": "Birch", "away": "Cedar"},
        {"home": "Cedar", "away": "Ash"},
        {"stage": "knockout", "round": "Final", "code": "F"}
        | {"home_from": {"group": "A", "position": 1}, "away_from": {"group": "A", "position": 2}},
    ]
    event = get_event(make_event(teams=groups["A"], groups=groups, matches=matches))
    enter(event.fixtures[0], 2, 0)
    second = event.fixtures[1]
    found = what_if(event, lambda: walkovers.award_walkover(second, "home", by=None), of=second)
    assert found.through == [
        "As it stands, Birch goes through; there are games to come.",
        "As it stands, Cedar does not go through; there are games to come.",
    ]
    enter(event.fixtures[1], 2, 0)
    last = what_if(event, lambda: enter(event.fixtures[2], 5, 0), of=event.fixtures[2])
    assert last.through == ["Cedar goes through.", "Ash does not go through any more."]


def test_a_game_of_a_division_is_told_with_its_name(in_app, make_event):
    groups = {"U10": {"A": ["Ash", "Birch"]}, "Women": {"A": ["Cedar", "Dogwood"]}}
    final = {"stage": "knockout", "round": "Final", "code": "F"}
    sides = {"home_from": {"group": "A", "position": 1}, "away_from": {"group": "A", "position": 2}}
    event = get_event(
        make_event(
            divisions=["U10", "Women"],
            teams=[{"name": name, "division": "U10"} for name in ("Ash", "Birch")]
            + [{"name": name, "division": "Women"} for name in ("Cedar", "Dogwood")],
            groups=None,
            division_groups=groups,
            matches=[
                {"division": "Women", "home": "Cedar", "away": "Dogwood"},
                {"division": "U10", **final, **sides},
                {"division": "Women", **final, **sides},
            ],
        )
    )
    found = what_if(event, lambda: enter(event.fixtures[0], 1, 0), of=event.fixtures[0])
    assert found.games == ["Women F is Cedar – Dogwood instead of A1 – A2."]
    assert found.places == ["Dogwood falls from 1st to 2nd: Women · Group A."]


def test_nothing_is_saved_and_nobody_hears_of_it(cup):
    play(cup)
    before, entry = event_file_text(cup), last_entry().id
    versions = all_versions()
    what_if(cup, lambda: enter(game(cup, "SF1"), 0, 3, reason="swapped"))
    assert event_file_text(cup) == before
    assert last_entry().id == entry
    assert all_versions() == versions
    enter(game(cup, "F"), 1, 0)  # and a real deed after it is saved as ever
    assert game(cup, "F").result.home_score == 1


def test_a_deed_that_changes_nothing_else_has_no_effects(cup):
    enter(cup.fixtures[0], 2, 1)
    assert what_if(cup, lambda: enter(cup.fixtures[0], 3, 1, reason="one more")).sentences == []


def test_what_the_deed_raises_is_raised(cup):
    play(cup)
    enter(game(cup, "F"), 1, 0)
    with pytest.raises(NeedsRuling):
        what_if(cup, lambda: enter(game(cup, "SF1"), 0, 3, reason="swapped"))
    with pytest.raises(RuleBroken, match="Take it back first"):
        what_if(cup, lambda: walkovers.award_walkover(game(cup, "F"), "home", by=None))


def test_other_games_of_a_withdrawal_and_games_that_go(cup):
    enter(cup.fixtures[0], 2, 1)
    team = game(cup, "SF1").home_team
    found = what_if(cup, lambda: withdraw(team, "expelled", way="annul", by=None))
    assert "Ash – Birch is annulled; it was played." in found.games
    found = what_if(cup, lambda: fixtures.delete_fixture(game(cup, "3P"), by=None))
    assert found.sentences == ["3P is not arranged any more."]
