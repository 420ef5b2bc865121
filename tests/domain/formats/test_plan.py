"""Plans of formats: every team exactly once, and everybody who should go on can."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.replay import by_dice, play
from timely.domain.errors import ValidationError
from timely.domain.formats.format import DRAWS, SEEDINGS, Format
from timely.domain.formats.plan import make_plan
from timely.domain.knockout.advancement import Table, who_plays
from timely.domain.knockout.places import final_places
from timely.domain.knockout.source import Rank
from timely.domain.knockout.tree import first_place_of
from timely.domain.standings.across_groups import rank_across
from timely.domain.standings.standing import Standing


def test_a_league_twice():
    plan = make_plan(Format(times=2), ["Ash", "Birch", "Cedar", "Dill"])
    assert [group.name for group in plan.groups] == [""]
    assert len(plan.groups[0].rounds) == 6
    assert (plan.games, plan.ties) == (12, ())


def test_the_world_cup():
    plan = make_plan(Format("groups", groups=8, qualifiers=2, third_place=True), range(32))
    assert plan.games == 64
    assert [group.name for group in plan.groups] == list("ABCDEFGH")
    assert plan.groups[0].teams == (0, 15, 16, 31)


def test_the_next_one():
    assert make_plan(Format("groups", groups=12, qualifiers=2, best_next=8, third_place=True), range(48)).games == 104


def test_legs():
    plan = make_plan(Format("knockout", legs=2, third_place=True), range(8))
    assert {tie.code: tie.legs for tie in plan.ties}["SF1"] == 2
    assert {tie.code: tie.legs for tie in plan.ties if tie.legs == 1} == {"3P": 1, "F": 1}
    assert plan.games == 14
    assert make_plan(Format("knockout", legs=2, final_legs=2), range(8)).games == 14


def test_a_knockout_as_listed_and_by_lots():
    teams = ["Ash", "Birch", "Cedar", "Dill"]
    first = make_plan(Format("knockout", draw="listed"), teams).ties[0]
    assert (first.home, first.away) == ("Ash", "Birch")
    drawn = {str(make_plan(Format("knockout", draw="lots", draw_number=number), teams)) for number in range(20)}
    assert len(drawn) > 5
    lots = Format("knockout", draw="lots", draw_number=3)
    assert make_plan(lots, teams) == make_plan(lots, teams)


def test_the_olympic_ice_hockey_of_2018():
    plan = make_plan(Format("groups", groups=3, qualifiers=4, seeding="overall", third_place=True), range(12))
    assert [(tie.home, tie.away) for tie in plan.ties[:4]] == [
        (Rank(8), Rank(9)),
        (Rank(5), Rank(12)),
        (Rank(7), Rank(10)),
        (Rank(6), Rank(11)),
    ]


@pytest.mark.parametrize(
    ("chosen", "teams", "path"),
    [
        (Format(), ["Ash"], "groups"),
        (Format(), ["Ash", "Birch", "Ash"], "teams[2]"),
        (Format(), range(65), "groups"),
        (Format("groups", groups=3), range(5), "groups"),
        (Format("groups", groups=2, qualifiers=3), range(5), "qualifiers"),
        (Format("groups", groups=3, qualifiers=2, best_next=2), range(7), "best_next"),
        (Format("groups", groups=2, qualifiers=65), range(130), "format.qualifiers"),
        (Format("knockout"), ["Ash"], "sides"),
        (Format("knockout", draw="listed"), range(129), "sides"),
        (Format("groups", groups=33, qualifiers=2, all_places=True), range(132), "all_places"),
    ],
)
def test_what_cannot_be_planned(chosen, teams, path):
    with pytest.raises(ValidationError) as caught:
        make_plan(chosen, teams)
    assert caught.value.path == path


@given(
    st.sampled_from(["league", "groups", "knockout"]),
    st.integers(2, 60),
    st.integers(1, 12),
    st.integers(0, 4),
    st.integers(0, 8),
    st.sampled_from(DRAWS),
    st.sampled_from(SEEDINGS),
    st.booleans(),
    st.integers(0, 99),
)
@settings(deadline=None)
def test_every_team_once_and_a_champion(kind, count, groups, each, best_next, draw, seeding, all_places, seed):
    chosen = Format(
        kind,
        groups=groups if kind == "groups" else 1,
        draw=draw,
        draw_number=seed,
        qualifiers=each if kind != "knockout" else 0,
        best_next=best_next,
        seeding=seeding,
        all_places=all_places,
    )
    try:
        plan = make_plan(chosen, range(count))
    except ValidationError:
        return
    in_groups = [team for group in plan.groups for team in group.teams]
    in_ties = [side for tie in plan.ties for side in (tie.home, tie.away) if isinstance(side, int)]
    assert sorted(in_groups + in_ties) == list(range(count))
    for group in plan.groups:
        met = {frozenset(game) for one in group.rounds for game in one.games}
        assert len(met) == len(group.teams) * (len(group.teams) - 1) // 2
        assert set().union(*met) == set(group.teams)
    if not plan.ties:
        return
    # Play it to its end: as many as should go on do, and one of them wins.
    tables = {
        group.name: Table([Standing(team, n, points=-100 * n - number) for n, team in enumerate(group.teams, 1)], True)
        for number, group in enumerate(plan.groups)
    }
    standings = {name: one.lines for name, one in tables.items()}

    def compare(position):
        return rank_across(standings, ["points"], position=position)

    sides, winners = play(plan.ties, by_dice(seed), tables, compare if tables else None)
    assert len(winners) == len(plan.ties)
    places = final_places(plan.ties, sides, winners, tables)
    assert set(places) == set(range(count))
    assert list(places.values()).count(1) == 1
    if all_places:
        assert list(places.values()) == list(range(1, count + 1))


def played(chosen: Format, sizes: list[int], seed: int):
    """(ties, sides, winners, tables) of groups of these sizes, all played; a team is (group, position)."""
    teams = list(range(sum(sizes)))
    left = iter(teams)
    plan = make_plan(chosen, teams, [[next(left) for _ in range(size)] for size in sizes])
    tables = {
        group.name: Table(
            [
                Standing((group.name, n), n, points=-1000 * n - number * seed % 7 * 20 - number)
                for n in range(1, len(group.teams) + 1)
            ],
            True,
        )
        for number, group in enumerate(plan.groups)
    }
    standings = {name: one.lines for name, one in tables.items()}
    sides, winners = play(
        plan.ties, by_dice(seed), tables, lambda position: rank_across(standings, ["points"], position=position)
    )
    return plan.ties, sides, winners, tables


SIZES = st.lists(st.integers(2, 7), min_size=2, max_size=12)


@given(SIZES, st.integers(1, 3), st.integers(0, 11), st.sampled_from(SEEDINGS), st.integers(0, 99))
@settings(deadline=None)
def test_from_groups_of_any_size_everybody_plays_for_one_place(sizes, each, best_next, seeding, seed):
    each = min(each, min(sizes))
    best_next = min(best_next, sum(size > each for size in sizes), len(sizes) - 1)
    chosen = Format(
        "groups",
        groups=len(sizes),
        draw="listed",
        qualifiers=each,
        best_next=best_next,
        seeding=seeding,
        all_places=True,
    )
    ties, sides, winners, tables = played(chosen, sizes, seed)
    assert len({tie.code for tie in ties}) == len(ties)
    assert len(winners) == len(ties)
    places = final_places(ties, sides, winners, tables)
    assert list(places.values()) == list(range(1, sum(sizes) + 1))
    # Who has a place without a game has nobody to play for it with.
    idle = set(places) - {team for pair in sides.values() for team in pair}
    assert all(sum(1 for size in sizes if size >= position) == 1 or position == each + 1 for _, position in idle)
    met = [frozenset(pair) for pair in sides.values()]
    assert len(set(met)) == len(met)
    below = len(sizes) * each + best_next
    for code, pair in sides.items():
        if (first_place_of(code) or 0) > below:
            # Those of one place are of different groups: they have not met before.
            assert pair[0][0] != pair[1][0]
            assert pair[0][1] == pair[1][1]
            assert max(places[team] for team in pair) > below


def told(chosen: Format, sizes: list[int]) -> list[str]:
    left = iter(range(sum(sizes)))
    plan = make_plan(chosen, range(sum(sizes)), [[next(left) for _ in range(size)] for size in sizes])
    return [f"{tie.code}: {tie.home.label} - {tie.away.label}" for tie in plan.ties if first_place_of(tie.code)]


def test_the_thirds_play_for_their_places_and_the_fourths_for_theirs():
    two = Format("groups", groups=2, draw="listed", qualifiers=2, all_places=True)
    assert told(two, [4, 4]) == ["7P: A4 - B4", "5P: A3 - B3", "3P: Loser SF1 - Loser SF2"]
    assert told(two, [4, 3]) == ["5P: A3 - B3", "3P: Loser SF1 - Loser SF2"]  # A4 is the seventh
    three = Format("groups", groups=3, draw="listed", qualifiers=1, best_next=1, all_places=True)
    assert told(three, [4, 4, 3])[:4] == [
        "10P: A4 - B4",
        "P7-9-1: B3 - C3",
        "7P: A3 - Winner P7-9-1",
        "5P: 2nd best 2nd - 3rd best 2nd",
    ]
    first = Format("groups", groups=2, draw="listed", qualifiers=1, third_place=True)
    assert told(first, [3, 3]) == ["3P: A2 - B2"]


def test_the_rest_share_a_place_where_they_do_not_play_for_one():
    chosen = Format("groups", groups=2, draw="listed", qualifiers=2)
    ties, sides, winners, tables = played(chosen, [4, 4], 0)
    places = final_places(ties, sides, winners, tables)
    assert [places[team] for team in [("A", 3), ("B", 3), ("A", 4), ("B", 4)]] == [5, 5, 7, 7]
    # Nobody has one while a semi-final waits for somebody of a table.
    tables["B"] = Table(tables["B"].lines, False)
    assert final_places(ties, who_plays(ties, {}, tables), {}, tables) == {}


def test_groups_by_hand_are_as_they_are_given():
    teams = ["Ash", "Birch", "Cedar", "Dill", "Elm"]
    by_hand = [["Elm", "Ash"], ["Dill", "Birch", "Cedar"]]
    plan = make_plan(Format("groups", groups=2), teams, by_hand)
    assert [(group.name, group.teams) for group in plan.groups] == [
        ("A", ("Elm", "Ash")),
        ("B", ("Dill", "Birch", "Cedar")),
    ]
    for said, words in (
        ([teams], "2 are asked for, and the list has 1"),
        ([["Ash"], teams[1:]], "each needs at least two teams"),
        ([["Ash", "Birch"], ["Cedar", "Dill"]], "every team needs to stand in one group"),
        ([["Ash", "Birch"], ["Cedar", "Dill", "Fir"]], "every team needs to stand in one group"),
        ([["Ash", "Birch"], ["Cedar", "Dill", "Elm", "Ash"]], "every team needs to stand in one group"),
    ):
        with pytest.raises(ValidationError, match=words) as caught:
            make_plan(Format("groups", groups=2), teams, said)
        assert caught.value.path == "groups"


def test_a_table_has_64_teams_at_most():
    assert len(make_plan(Format(), range(64)).groups[0].teams) == 64
    with pytest.raises(ValidationError, match="a table has at most 64 teams: make more groups"):
        make_plan(Format(), range(65))
    assert len(make_plan(Format("groups", groups=2), range(65)).groups) == 2
