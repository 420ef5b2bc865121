"""The rulebooks: each says whose and when, and orders a table as its regulation does."""

import pytest

from tests.domain.leagues import League, line_of, places, read_league
from timely.domain.rulebooks import RULEBOOKS
from timely.domain.rules.tiebreakers import by_hand
from timely.domain.sports import SPORTS
from timely.domain.standings.outcome import Outcome
from timely.domain.standings.standings import standings

EUROS = ("uefa-euro-2012", "uefa-euro-2020", "uefa-euro-2024")


def table(key, text, *, teams=(), **given):
    league = text if isinstance(text, League) else read_league(text, teams)
    return standings(league.teams, league.outcomes, RULEBOOKS[key].rules, **given)


def test_each_says_what_it_is_of_when_it_was_played_and_where_it_is_written():
    for key, book in RULEBOOKS.items():
        assert book.key == key
        assert len(book.source) > 10
        assert book.date == "any" or any(year in book.date for year in ("18", "19", "20")), key
        assert set(book.sports) <= set(SPORTS)
    assert len({book.name for book in RULEBOOKS.values()}) == len(RULEBOOKS)


@pytest.mark.parametrize("key", RULEBOOKS)
def test_points_or_wins_come_first_and_lots_last(key):
    order = RULEBOOKS[key].rules.tiebreakers
    assert order[0] in ("points", "wins")
    if "drawing_of_lots" in order:
        assert order[-1] == "drawing_of_lots"
    running = RULEBOOKS[key].rules.tiebreakers_while_running
    assert running is None or not set(running) & by_hand().keys()


@pytest.mark.parametrize("key", RULEBOOKS)
def test_a_walkover_is_a_score_that_its_winner_wins(key):
    walkover = RULEBOOKS[key].rules.walkover
    assert walkover is None or walkover[0] > walkover[1]


# Group F of 1990 and group E of 1994, as they ended.
GROUP_F = """
    England     1-1 Ireland
    Netherlands 1-1 Egypt
    England     0-0 Netherlands
    Ireland     0-0 Egypt
    England     1-0 Egypt
    Ireland     1-1 Netherlands
"""
GROUP_E = """
    Italy   0-1 Ireland
    Norway  1-0 Mexico
    Italy   1-0 Norway
    Mexico  2-1 Ireland
    Italy   1-1 Mexico
    Ireland 0-0 Norway
"""


def test_ireland_and_the_netherlands_drew_lots_in_1990():
    assert places(table("fifa-1990", GROUP_F)) == [(1, "England"), (2, "Ireland"), (2, "Netherlands"), (4, "Egypt")]
    drawn = {"drawing_of_lots": ["Ireland", "Netherlands"]}
    lines = table("fifa-1990", GROUP_F, manual_order=drawn)
    assert [(line.team, line.points) for line in lines] == [
        ("England", 4),
        ("Ireland", 3),
        ("Netherlands", 3),
        ("Egypt", 2),
    ]


def test_four_teams_with_four_points_in_1994():
    expected = [(1, "Mexico"), (2, "Ireland"), (3, "Italy"), (4, "Norway")]
    assert places(table("fifa-1994", GROUP_E)) == expected
    # In 2026 the games among all four are the group: the same goals, and then Ireland and Italy begin again.
    assert places(table("fifa-2026", GROUP_E)) == expected


FOUR_TEAMS = """
    Ash   1-0 Birch
    Ash   0-5 Cedar
    Birch 4-0 Cedar
    Ash   1-0 Dill
    Birch 3-0 Dill
    Cedar 0-1 Dill
"""


def test_2026_asks_the_game_between_them_first_and_2022_the_difference():
    assert places(table("fifa-2022", FOUR_TEAMS))[:2] == [(1, "Birch"), (2, "Ash")]
    assert places(table("fifa-2026", FOUR_TEAMS))[:2] == [(1, "Ash"), (2, "Birch")]


def test_wins_counted_at_the_euro_of_2020_only():
    # Four points each, a draw between them, two goals for and against; Ash has won a game.
    league = """
        Ash   0-0 Birch
        Ash   2-0 Cedar
        Ash   0-1 Dill
        Ash   0-1 Elm
        Birch 1-1 Cedar
        Birch 1-1 Dill
        Birch 0-0 Elm
        Dill  0-0 Elm
    """
    both = {key: [line for line in table(key, league) if line.team in ("Ash", "Birch")] for key in EUROS}
    assert {line.points for lines in both.values() for line in lines} == {4}
    assert [line.team for line in both["uefa-euro-2020"] if not line.tied] == ["Ash", "Birch"]
    assert all(line.tied for key in ("uefa-euro-2012", "uefa-euro-2024") for line in both[key])


def test_goals_went_before_difference_in_1997():
    # The top of the Third Division: Wigan 84-51, Fulham 72-38, both with 87 points.
    league = read_league("""
        Wigan  84-51 Others
        Fulham 72-38 Others
    """)
    assert places(standings(league.teams, league.outcomes, RULEBOOKS["football-league-1992"].rules))[0] == (1, "Wigan")
    assert places(standings(league.teams, league.outcomes, RULEBOOKS["premier-league-1992"].rules))[0] == (1, "Fulham")


def test_goal_average_took_portsmouth_up_in_1927():
    league = """
        Manchester City 108-61 Others
        Portsmouth      87-49  Others
    """
    assert places(table("football-league-1888", league))[0] == (1, "Portsmouth")
    assert places(table("premier-league-1992", league))[0] == (1, "Manchester City")
    assert line_of(table("football-league-1888", league), "Portsmouth").points == 2


def test_handball_asks_the_games_among_them_only_in_the_end():
    league = """
        Ash   20-19 Birch
        Ash   20-30 Cedar
        Birch 35-20 Cedar
        Ash   25-20 Dill
        Birch 30-20 Dill
        Dill  21-20 Cedar
    """
    for key in ("ihf-2023", "ehf-2022"):
        assert places(table(key, league))[:2] == [(1, "Ash"), (2, "Birch")]
        assert places(table(key, league, complete=False))[:2] == [(1, "Birch"), (2, "Ash")]


def test_the_bundesliga_asks_only_goals_until_all_is_played():
    league = "Ash 1-1 Birch"
    assert places(table("bundesliga", league, complete=False)) == [(1, "Ash"), (1, "Birch")]
    assert places(table("bundesliga", league)) == [(1, "Birch"), (2, "Ash")]  # the away goal between them


def test_basketball_begins_again_whatever_has_placed_a_team():
    # FIBA, D.1.4: level among themselves in everything; over all games Cedar is the best, and the game between the
    # other two goes before the points that they scored.
    league = """
        Ash   80-70 Birch
        Birch 80-70 Cedar
        Cedar 80-70 Ash
        Ash   80-70 Dill
        Birch 90-80 Dill
        Cedar 90-60 Dill
    """
    assert places(table("fiba-2022", league)) == [(1, "Cedar"), (2, "Ash"), (3, "Birch"), (4, "Dill")]


def test_who_does_not_appear_earns_nothing_in_basketball_and_one_point_when_beaten():
    games = [Outcome("Ash", "Birch", 20, 0, forfeit="away"), Outcome("Ash", "Cedar", 80, 70)]
    lines = table("fiba-2022", League(["Ash", "Birch", "Cedar"], games))
    assert [(line.team, line.points, line.lost) for line in lines] == [("Ash", 4, 0), ("Cedar", 1, 1), ("Birch", 0, 1)]


def test_a_walkover_earns_the_bonus_point_in_rugby():
    for key in ("rugby-world-cup-2019", "six-nations-2017"):
        ash, birch = table(key, League(["Ash", "Birch"], [Outcome("Birch", "Ash", 0, 28, forfeit="home")]))
        assert (ash.team, ash.points, ash.bonus, ash.form) == ("Ash", 5, 0, "W")
        assert (birch.points, birch.bonus, birch.form) == (0, 0, "L")


def test_volleyball_walkover_counts_its_sets():
    sets = {"sets": [[25, 0], [25, 0], [25, 0]]}
    ash, birch = table("fivb-2022", League(["Ash", "Birch"], [Outcome("Ash", "Birch", 3, 0, sets, forfeit="away")]))
    assert (ash.points, ash.sets_won, ash.points_won, ash.points_lost) == (3, 3, 75, 0)
    assert (birch.points, birch.sets_lost, birch.points_lost) == (0, 3, 75)


def test_neither_side_appears():
    both = table("fiba-2022", League(["Ash", "Birch"], [Outcome("Ash", "Birch", 0, 0, forfeit="both")]))
    assert [(line.points, line.lost, line.drawn, line.tied) for line in both] == [(0, 1, 0, True)] * 2


def test_six_nations_ranks_by_tries_after_the_difference_and_shares_the_rest():
    league = """
        Ash   20-10 Cedar (tries 3-1)
        Birch 20-10 Dill  (tries 2-1)
    """
    assert places(table("six-nations-2017", league))[:2] == [(1, "Ash"), (2, "Birch")]
    assert places(table("six-nations-2017", league.replace("2-1", "3-1")))[:2] == [(1, "Ash"), (1, "Birch")]


def test_a_play_off_decides_the_title_before_the_games_between_them():
    league = """
        Ash   2-0 Birch
        Birch 1-0 Ash
    """
    assert places(table("serie-a-2022", league)) == [(1, "Ash"), (2, "Birch")]
    assert places(table("serie-a-2022", league, manual_order={"play_off": ["Birch", "Ash"]})) == [
        (1, "Birch"),
        (2, "Ash"),
    ]


def test_ultimate_ranks_anew_whoever_is_still_level():
    league = """
        Ash   15-10 Birch
        Birch 15-10 Cedar
        Cedar 15-10 Ash
        Ash   15-5  Dill
        Birch 15-5  Dill
        Cedar 15-2  Dill
    """
    assert places(table("wfdf-2021", league)) == [(1, "Cedar"), (2, "Ash"), (3, "Birch"), (4, "Dill")]


def test_chess_counts_the_points_of_those_who_were_beaten():
    # Ash and Birch drew with each other and won a game each; the one that Ash has beaten has more points.
    league = """
        Ash   1-1 Birch
        Ash   2-0 Cedar
        Birch 2-0 Dill
        Cedar 2-0 Dill
        Ash   0-2 Dill
        Birch 0-2 Cedar
    """
    lines = table("fide-2023", league)
    assert {line.team: line.points for line in lines} == {"Ash": 3, "Birch": 3, "Cedar": 4, "Dill": 2}
    assert {line.team: line.sonneborn_berger for line in lines if line.points == 3} == {"Ash": 5.5, "Birch": 3.5}
    assert places(lines) == [(1, "Cedar"), (2, "Ash"), (3, "Birch"), (4, "Dill")]
