"""Dry runs: the effects of a change in sentences, and nothing of it saved or published."""

import pytest

from tests.conftest import get_event
from tests.services.test_advancement import CUP, enter, game, play
from tests.services.test_undo import last_entry
from timely.queries.event_files import event_file_text
from timely.queries.versions import all_versions
from timely.services import fixtures, walkovers
from timely.services.advancement import NeedsRuling
from timely.services.dry_run import dry_run
from timely.services.errors import RuleBroken
from timely.services.withdrawals import withdraw


@pytest.fixture
def cup(in_app, make_event):
    return get_event(make_event(**CUP))


def test_a_correction_says_who_climbs_who_goes_through_and_who_meets_whom(cup):
    enter(cup.fixtures[0], 2, 1)
    enter(cup.fixtures[1], 1, 0)
    with dry_run(cup, fixture=cup.fixtures[0]) as found:
        enter(cup.fixtures[0], 0, 1, reason="swapped")
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
    with dry_run(event) as found:
        enter(event.fixtures[2], 0, 2, reason="swapped")
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
    with dry_run(event, fixture=second) as found:
        walkovers.award_walkover(second, "home", by=None)
    assert found.through == [
        "As it stands, Birch goes through; there are games to come.",
        "As it stands, Cedar does not go through; there are games to come.",
    ]
    enter(event.fixtures[1], 2, 0)
    with dry_run(event, fixture=event.fixtures[2]) as last:
        enter(event.fixtures[2], 5, 0)
    assert last.through == ["Cedar goes through.", "Ash does not go through any more."]


def test_a_game_of_a_division_has_its_name(in_app, make_event):
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
    with dry_run(event, fixture=event.fixtures[0]) as found:
        enter(event.fixtures[0], 1, 0)
    assert found.games == ["Women F is Cedar – Dogwood instead of A1 – A2."]
    assert found.places == ["Dogwood falls from 1st to 2nd: Women · Group A."]


def test_nothing_is_saved_or_published(cup):
    play(cup)
    before, entry = event_file_text(cup), last_entry().id
    versions = all_versions()
    with dry_run(cup):
        enter(game(cup, "SF1"), 0, 3, reason="swapped")
    assert event_file_text(cup) == before
    assert last_entry().id == entry
    assert all_versions() == versions
    enter(game(cup, "F"), 1, 0)  # and a real change after it is saved as ever
    assert game(cup, "F").result.home_score == 1


def test_a_change_that_changes_nothing_else_has_no_effects(cup):
    enter(cup.fixtures[0], 2, 1)
    with dry_run(cup) as found:
        enter(cup.fixtures[0], 3, 1, reason="one more")
    assert found.sentences == []


def test_what_the_change_raises_is_raised(cup):
    play(cup)
    enter(game(cup, "F"), 1, 0)
    with pytest.raises(NeedsRuling), dry_run(cup):
        enter(game(cup, "SF1"), 0, 3, reason="swapped")
    with pytest.raises(RuleBroken, match="Take it back first"), dry_run(cup):
        walkovers.award_walkover(game(cup, "F"), "home", by=None)


def test_other_games_of_a_withdrawal_and_games_that_go(cup):
    enter(cup.fixtures[0], 2, 1)
    team = game(cup, "SF1").home_team
    with dry_run(cup) as found:
        withdraw(team, "expelled", way="annul", by=None)
    assert "Ash – Birch is annulled; it was played." in found.games
    with dry_run(cup) as found:
        fixtures.delete_fixture(game(cup, "3P"), by=None)
    assert found.sentences == ["3P is not arranged any more."]
