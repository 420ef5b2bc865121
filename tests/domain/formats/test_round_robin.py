"""Round robins: everybody meets everybody, nobody plays twice at once, home and away are fair."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timely.domain.errors import ValidationError
from timely.domain.formats.round_robin import round_robin


def test_four_teams():
    rounds = round_robin(["Ash", "Birch", "Cedar", "Dill"])
    assert [(one.number, one.games, one.bye) for one in rounds] == [
        (1, (("Ash", "Dill"), ("Birch", "Cedar")), None),
        (2, (("Dill", "Birch"), ("Cedar", "Ash")), None),
        (3, (("Cedar", "Dill"), ("Ash", "Birch")), None),
    ]


def test_three_teams_have_a_bye_each():
    rounds = round_robin(["Ash", "Birch", "Cedar"])
    assert [(one.games, one.bye) for one in rounds] == [
        ((("Birch", "Cedar"),), "Ash"),
        ((("Cedar", "Ash"),), "Birch"),
        ((("Ash", "Birch"),), "Cedar"),
    ]


def test_two_teams_play_home_and_away():
    assert [one.games for one in round_robin(["Ash", "Birch"], times=2)] == [
        (("Ash", "Birch"),),
        (("Birch", "Ash"),),
    ]


@given(st.integers(2, 24), st.integers(1, 4))
@settings(deadline=None)
def test_every_pair_meets_so_many_times(size, times):
    teams = [f"Team {number}" for number in range(size)]
    rounds = round_robin(teams, times)
    assert [one.number for one in rounds] == list(range(1, len(rounds) + 1))
    assert len(rounds) == times * (size - 1 if size % 2 == 0 else size)
    met: Counter[frozenset[str]] = Counter()
    for one in rounds:
        playing = [team for game in one.games for team in game]
        assert sorted(playing + ([one.bye] if one.bye else [])) == sorted(teams)
        assert (one.bye is None) == (size % 2 == 0)
        met.update(frozenset(game) for game in one.games)
    assert set(met.values()) == {times}
    assert len(met) == size * (size - 1) // 2


@given(st.integers(2, 24))
@settings(deadline=None)
def test_home_and_away_are_fair(size):
    teams = list(range(size))
    once = round_robin(teams)
    home = Counter(game[0] for one in once for game in one.games)
    away = Counter(game[1] for one in once for game in one.games)
    assert all(abs(home[team] - away[team]) <= 1 for team in teams)
    if size % 2:  # with byes it comes out even
        assert all(home[team] == away[team] for team in teams)
    for times in (3, 5):
        more = [game for one in round_robin(teams, times) for game in one.games]
        at_home, on_the_road = Counter(game[0] for game in more), Counter(game[1] for game in more)
        assert all(abs(at_home[team] - on_the_road[team]) <= 1 for team in teams)
    twice = Counter(game for one in round_robin(teams, times=2) for game in one.games)
    assert set(twice.values()) == {1}  # each venue once


@given(st.integers(2, 24), st.integers(1, 5))
@settings(deadline=None)
def test_nobody_is_at_home_or_away_for_long(size, times):
    teams = list(range(size))
    longest = 0
    for team in teams:
        venues = [game[0] == team for one in round_robin(teams, times) for game in one.games if team in game]
        run = 1
        for before, after in pairwise(venues):
            run = run + 1 if before == after else 1
            longest = max(longest, run)
    assert longest <= 2


@pytest.mark.parametrize(
    ("teams", "times", "path"),
    [
        ([], 1, "teams"),
        (["Ash"], 1, "teams"),
        (["Ash", "Birch", "Ash"], 1, "teams[2]"),
        (["Ash", "Birch"], 0, "times"),
        (["Ash", "Birch"], 11, "times"),
        (["Ash", "Birch"], True, "times"),
    ],
)
def test_impossible_round_robins(teams, times, path):
    with pytest.raises(ValidationError) as caught:
        round_robin(teams, times)
    assert caught.value.path == path
