"""Reasons why games find no place: the teams named, the time counted, and when nothing is said at all."""

import pytest

from tests.domain.timetable.days import at, game, league, open_hours, pitch, team
from timely.domain.timetable import Game, Hours, Pitch, Side, Spacing, lay_out
from timely.domain.timetable.shortages import hours_text


def short(games, pitches, spacing):
    return lay_out(games, pitches, spacing).short


@pytest.mark.parametrize(("teams", "more"), [(3, None), (4, "So has 1 more team."), (5, "So have 2 more teams.")])
def test_three_teams_without_their_rest_are_named_and_the_others_counted(teams, more):
    # Twice round for three teams: four games of twenty minutes and three rests of half an hour are 170 minutes.
    games = league([f"Team {number}" for number in range(teams)], times=2)
    told = short(games, [open_hours(number, 1) for number in range(9)], Spacing(0, 30))
    named = [one for one in told if "of rest between them take" in one]
    assert len({one.split(" has ")[0] for one in named}) == len(named) == 3
    assert [one for one in told if one.startswith(("So has", "So have"))] == ([more] if more else [])


def test_as_many_games_as_fit_with_their_rests_are_no_shortage():
    games = [game("1", "Ash", "Birch"), game("2", "Cedar", "Ash")]  # 20 + 30 + 20 minutes
    assert short(games, [open_hours(1, 70 / 60), open_hours(2, 70 / 60)], Spacing(0, 30)) == ()
    told = short(games, [open_hours(1, 69 / 60), open_hours(2, 69 / 60)], Spacing(0, 30))
    assert told[0] == (
        "Ash has 2 games, which with 30 minutes of rest between them take 1 h 10 min, and the pitches are open for "
        "1 h 9 min: shorten the rest or the games, or lengthen the day."
    )


def test_games_that_just_fill_the_hours_are_no_shortage():
    games = [game(str(number), f"a{number}", f"b{number}") for number in range(3)]
    assert short(games, [open_hours(1, 70 / 60)], Spacing(5)) == ()  # 20 + 5 + 20 + 5 + 20: nothing after the last
    assert "(room for 2 of 3 games)" in short(games, [open_hours(1, 69 / 60)], Spacing(5))[0]


def test_time_in_pieces_too_short_for_any_game_is_none():
    hours = (Hours(at("09:00"), at("09:20")), Hours(at("10:00"), at("10:19")), Hours(at("11:00"), at("11:20")))
    games = [game(str(number), f"a{number}", f"b{number}") for number in range(3)]
    assert short(games, [Pitch(1, "Pitch 1", hours)], Spacing())[0] == (
        "The games need 1 h of pitch time, and there are 40 min (room for 2 of 3 games): "
        "add a pitch, lengthen the day or shorten the games."
    )


def test_games_of_different_lengths_are_not_counted_by_number():
    games = [game("1", "a", "b"), game("2", "c", "d", minutes=50)]
    assert short(games, [open_hours(1, 1)], Spacing())[0] == (
        "The games need 1 h 10 min of pitch time, and there are 1 h: "
        "add a pitch, lengthen the day or shorten the games."
    )


def test_several_pitches_of_a_few_games_are_named_in_a_row():
    few = frozenset((1, 2, 3))
    games = [game(str(number), f"a{number}", f"b{number}", pitches=few) for number in range(4)]
    told = short(games, [pitch(number, closes="09:20") for number in (1, 2, 3)] + [pitch(4)], Spacing())
    assert told[0].startswith("The games that may only be played on Pitch 1, Pitch 2 and Pitch 3 need 1 h 20 min")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 min"), (1, "1 min"), (60, "1 min"), (61, "2 min"), (3600, "1 h"), (3601, "1 h 1 min"), (50_400, "14 h")],
)
def test_a_duration_is_rounded_up_to_minutes(seconds, text):
    assert str(hours_text(seconds)) == text


def test_what_fits_to_the_minute_without_rest_is_said_to_lack_only_the_rest():
    games = [game("SF", "Ash", "Birch", name="SF"), game("F", "Ash", "Cedar", after=("SF",))]
    told = short(games, [open_hours(1, 40 / 60)], Spacing(0, 10))
    assert told[0].startswith("Ash has 2 games, which with 10 minutes of rest between them take 50 min")
    waits = Side("Winner SF", None, frozenset(("Ash", "Birch")), ("winner", "SF"))
    final = Game("F", 20, waits, team("Cedar"), after=("SF",))
    assert short([games[0], final], [open_hours(1, 40 / 60)], Spacing(0, 10))[0] == (
        "There are hours enough, but not with 10 minutes of rest between two games of a team: "
        "shorten the rest, add a pitch or lengthen the day."
    )
    assert short([games[0], final], [open_hours(1, 40 / 60)], Spacing()) == ()


def test_a_team_whose_games_just_fit_is_not_named_because_another_game_has_no_place():
    games = [game("1", "Ash", "Birch"), game("2", "Cedar", "Ash"), game("3", "Dill", "Elm", minutes=90)]
    told = short(games, [open_hours(1, 70 / 60), open_hours(2, 70 / 60)], Spacing(0, 30))
    assert told
    assert not any("Ash" in one for one in told)
