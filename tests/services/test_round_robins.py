"""Round robins: planned, then made as they were seen."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.conftest import get_event
from timely.services import fixtures, stages, teams
from timely.services.errors import RuleBroken
from timely.services.round_robins import RoundRobinChoice, fingerprint_of, make_round_robin, plan
from timely.services.stages import table_groups

pytestmark = pytest.mark.usefixtures("in_app")

TEN = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)


@pytest.fixture
def event(make_event):
    return get_event(make_event(matches=[], teams=["Ash", "Birch", "Cedar", "Dogwood", "Elm"]))


def choice(event, **more):
    return RoundRobinChoice(groups=table_groups(event), **more)


def test_everybody_meets_everybody_and_rests_in_turn(event):
    made = make_round_robin(event, choice(event), by=None)
    pairs = Counter(frozenset((game.home_team_id, game.away_team_id)) for game in made)
    assert len(pairs) == 10
    assert set(pairs.values()) == {1}
    byes = [team.name for one in plan(event, choice(event)) for team in one.byes]
    assert sorted(byes) == ["Ash", "Birch", "Cedar", "Dogwood", "Elm"]
    assert {game.round for game in made} == {f"Round {number}" for number in range(1, 6)}


def test_twice_is_home_and_away(event):
    made = make_round_robin(event, choice(event, times=2), by=None)
    pairs = Counter((game.home_team_id, game.away_team_id) for game in made)
    assert len(pairs) == 20
    assert set(pairs.values()) == {1}


def test_games_follow_each_other_on_the_pitches(event):
    asked = choice(event, first_at=TEN, game_minutes=20, between_minutes=5, pitches=event.pitches[:1])
    made = make_round_robin(event, asked, by=None)
    assert [game.start_at.strftime("%H:%M") for game in made[:5]] == ["10:00", "10:25", "10:50", "11:15", "11:40"]
    assert {game.pitch.name for game in made} == {"Pitch 1"}
    assert made[0].start_on.isoformat() == "2026-11-28"


def test_nobody_plays_in_two_places_at_once(event):
    asked = choice(event, first_at=TEN, pitches=event.pitches)
    busy = [
        (game.start_at, team)
        for one in plan(event, asked)
        for game in one.games
        for team in (game.home.id, game.away.id)
    ]
    assert len(busy) == len(set(busy))


def test_groups_play_each_among_themselves(make_event):
    event = get_event(make_event(matches=[], teams=[*"ABCDEFG"]))
    found = event.teams
    stages.split_into_groups(event, {"A": found[:4], "B": found[4:]}, by=None)
    rounds = plan(event, choice(event))
    assert [len(one.games) for one in rounds] == [3, 3, 3]  # two of group A, one of B
    assert [len(one.byes) for one in rounds] == [1, 1, 1]
    made = make_round_robin(event, choice(event), by=None)
    assert Counter(game.group.name for game in made) == {"A": 6, "B": 3}


def test_what_was_seen_is_made_once(event):
    seen = fingerprint_of(event, plan(event, choice(event)))
    make_round_robin(event, choice(event), by=None, seen_fingerprint=seen)
    with pytest.raises(RuleBroken) as broken:
        make_round_robin(event, choice(event), by=None, seen_fingerprint=seen)  # the button pressed twice
    assert broken.value.code == "stale"
    assert len(event.fixtures) == 10


def test_a_team_that_came_since_makes_the_plan_stale(event):
    seen = fingerprint_of(event, plan(event, choice(event)))
    teams.add_teams(event, "Fir", by=None)
    with pytest.raises(RuleBroken):
        make_round_robin(event, choice(event), by=None, seen_fingerprint=seen)
    assert event.fixtures == []


def test_there_are_limits(make_event):
    event = get_event(make_event(matches=[], teams=[f"Team {n}" for n in range(120)]))
    with pytest.raises(RuleBroken, match="at most 5000 games"):
        plan(event, choice(event))
    lonely = get_event(make_event(matches=[], teams=["Ash"]))
    with pytest.raises(RuleBroken, match="fewer than two"):
        plan(lonely, choice(lonely))


def test_another_events_group_is_refused(event, make_event):
    other = get_event(make_event(name="Other"))
    with pytest.raises(RuleBroken):
        plan(event, choice(other))


@pytest.mark.parametrize("times", [1, 2])
def test_as_many_games_as_there_is_room_for_are_made_and_no_more(event, monkeypatch, times):
    monkeypatch.setattr(fixtures, "MOST_FIXTURES", 10 * times)
    assert sum(len(one.games) for one in plan(event, choice(event, times=times))) == 10 * times
    monkeypatch.setattr(fixtures, "MOST_FIXTURES", 10 * times - 1)
    with pytest.raises(RuleBroken, match=f"there is room for {10 * times - 1} more"):
        plan(event, choice(event, times=times))
