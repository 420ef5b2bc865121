"""Violations of a timetable made by hand, in words."""

import pytest

from tests.domain.timetable.days import at, game, league, pitch, team
from timely.domain.timetable import Booking, Game, Hours, Pitch, Side, Spacing, violations, violations_of

PITCHES = [pitch(1), pitch(2, closes="11:00")]
SPACING = Spacing(5, 20)


def words(games, spacing=SPACING, pitches=PITCHES) -> list[str]:
    return [one.words for one in violations(games, pitches, spacing)]


def test_what_is_right_breaks_nothing():
    games = [game("1", "Ash", "Birch", 1, "10:00"), game("2", "Cedar", "Dill", 2, "10:10")]
    assert words([*games, game("3", "Ash", "Cedar", 1, "10:50"), game("4", "Birch", "Dill")]) == []


def test_a_team_in_two_places_at_once():
    games = [game("1", "Ash Town", "Birch", 1, "10:00"), game("2", "Cedar", "Ash Town", 2, "10:10")]
    assert words(games) == ["Ash Town plays on Pitch 1 at 10:00 and on Pitch 2 at 10:10."]


def test_a_rest_too_short():
    games = [game("1", "Ash Town", "Birch", 1, "10:00"), game("2", "Cedar", "Ash Town", 2, "10:25")]
    assert words(games) == [
        "Ash Town has 5 minutes of rest, not 20, between the games on Pitch 1 at 10:00 and on Pitch 2 at 10:25."
    ]
    assert words(games, Spacing(5, 5)) == []


def test_two_games_on_a_pitch():
    games = [game("1", "Ash", "Birch", 1, "10:00"), game("2", "Cedar", "Dill", 1, "10:10", locked=True)]
    assert words(games) == ["Pitch 1 is taken by Ash – Birch until 10:20, when Cedar – Dill (locked) begins at 10:10."]


def test_no_time_to_change_over_is_mild():
    games = [game("1", "Ash", "Birch", 1, "10:00"), game("2", "Cedar", "Dill", 1, "10:21")]
    (found,) = violations(games, PITCHES, SPACING)
    assert found.words == "Pitch 1 has 1 minute, not 5, between Ash – Birch, over at 10:20, and Cedar – Dill at 10:21."
    assert (found.kind, found.minutes, found.mild) == ("changeover", 4, True)


def test_a_game_before_the_one_it_waits_for():
    final = Game("F", 20, Side("Winner SF1"), Side("Winner SF2"), after=("SF1", "SF2"), name="Final",
                 booking=Booking(1, at("10:10")))  # fmt: skip
    games = [game("SF1", "Ash", "Birch", 2, "10:00", name="SF1"), game("SF2", "Cedar", "Dill", 1, "09:40", name="SF2")]
    assert words([*games, final]) == [
        "Final on Pitch 1 at 10:10 waits for SF1, which is over on Pitch 2 at 10:20.",
        "Final on Pitch 1 at 10:10 leaves 10 minutes of rest, not 20, after SF2, which is over on Pitch 1 at 10:00.",
    ]


def test_who_could_come_is_named():
    could = Side("Winner QF1", None, frozenset(("Ash",)), "W")
    games = [game("1", "Ash", "Birch", 1, "10:00"), Game("2", 20, could, team("Dill"), booking=Booking(2, at("10:10")))]
    assert words(games) == ["Ash, who could be Winner QF1, plays on Pitch 1 at 10:00 and on Pitch 2 at 10:10."]


def test_outside_the_hours():
    assert words([game("1", "Ash", "Birch", 2, "10:50")]) == [
        "Ash – Birch on Pitch 2 at 10:50 goes on until 11:10; Pitch 2 closes at 11:00."
    ]
    assert words([game("1", "Ash", "Birch", 2, "08:50")]) == [
        "Ash – Birch on Pitch 2 at 08:50 begins too soon; Pitch 2 opens at 09:00."
    ]


def test_a_pitch_it_may_not_be_played_on():
    assert words([game("1", "Ash", "Birch", 2, "10:00", pitches=frozenset((1,)))]) == [
        "Ash – Birch may not be played on Pitch 2."
    ]


def test_a_round_out_of_order_is_a_mild_remark_about_that_game_alone():
    games = [
        game(f"{number}", f"a{number}", f"b{number}", 1, f"{9 + number // 2}:{number % 2 * 30:02}", round=each)
        for number, each in enumerate([1, 1, 3, 2, 2, 3])
    ]
    (found,) = violations(games, [pitch(1)], SPACING)
    assert found.mild
    assert found.words == (
        "a2 – b2 on Pitch 1 at 10:00 is of round 3, and begins before a4 – b4 on Pitch 1 at 11:00 of round 2."
    )


def test_a_time_without_a_pitch_counts_for_the_teams():
    games = [game("1", "Ash", "Birch", None, "10:00"), game("2", "Cedar", "Dill", None, "10:00")]
    assert words([*games, game("3", "Ash", "Dill", 2, "10:00")]) == [
        "Ash plays at 10:00 and on Pitch 2 at 10:00.",
        "Dill plays at 10:00 and on Pitch 2 at 10:00.",
    ]


def test_only_what_a_change_brings_is_told():
    games = [
        game("1", "Ash", "Birch", 1, "10:00"),
        game("2", "Cedar", "Dill", 1, "10:10"),  # wrong already
        game("3", "Elm", "Fir", 2, "10:00"),
    ]
    assert violations_of({"3": Booking(2, at("09:30"))}, games, PITCHES, SPACING) == []
    assert [one.kind for one in violations_of({"3": Booking(1, at("10:15"))}, games, PITCHES, SPACING)] == ["pitch"] * 2
    # Worse than it was, better than it was, and gone.
    assert [one.minutes for one in violations_of({"2": Booking(1, at("10:05"))}, games, PITCHES, SPACING)] == [15]
    assert violations_of({"2": Booking(1, at("10:15"))}, games, PITCHES, SPACING) == []
    assert violations_of({"2": None}, games, PITCHES, SPACING) == []


def test_a_rest_that_becomes_a_clash_is_told():
    games = [game("1", "Ash", "Birch", 1, "10:00"), game("2", "Ash", "Cedar", 2, "10:25")]
    found = violations_of({"2": Booking(2, at("10:15"))}, games, PITCHES, SPACING)
    assert [one.kind for one in found] == ["team"]
    assert violations_of({"2": Booking(2, at("10:22"))}, games, PITCHES, SPACING)[0].minutes == 18


@pytest.mark.parametrize("count", [8, 40])
def test_a_whole_league_at_one_moment_is_told_game_by_game(count):
    games = [one for one in league([f"t{number}" for number in range(count)]) if one.round == 1]
    booked = [game(one.key, one.home.name, one.away.name, 1, "10:00") for one in games]
    pairs = len(booked) * (len(booked) - 1) // 2
    assert {one.kind for one in violations(booked, PITCHES, SPACING)} == {"pitch"}
    assert len(violations(booked, PITCHES, SPACING)) == pairs


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("09:50", []),  # across two spans that touch
        ("10:50", []),  # across two that overlap
        ("11:40", []),
        ("14:00", []),
        ("11:50", ["Ash – Birch on Pitch 1 at 11:50 goes on until 12:10; Pitch 1 closes at 12:00."]),
        ("13:45", ["Ash – Birch on Pitch 1 at 13:45 begins too soon; Pitch 1 opens at 14:00."]),
        ("14:25", ["Ash – Birch on Pitch 1 at 14:25 goes on until 14:45; Pitch 1 closes at 14:30."]),
    ],
)
def test_hours_that_touch_or_overlap_are_one_span(clock, expected):
    spans = [("10:30", "12:00"), ("09:00", "10:00"), ("10:00", "11:00"), ("10:45", "11:15"), ("14:00", "14:30")]
    hours = tuple(Hours(at(opens), at(closes)) for opens, closes in spans)
    assert words([game("1", "Ash", "Birch", 1, clock)], pitches=[Pitch(1, "Pitch 1", hours)]) == expected


def test_how_far_a_game_is_outside_is_counted_at_both_ends():
    hours = (Hours(at("09:00"), at("09:05")), Hours(at("10:00"), at("10:10")))
    (found,) = violations([game("1", "Ash", "Birch", 1, "09:55")], [Pitch(1, "Pitch 1", hours)], SPACING)
    assert found.minutes == 10  # five too soon, five too late
    assert not found.mild


def test_a_pitch_without_hours_and_one_that_is_gone_are_never_closed():
    assert words([game("1", "Ash", "Birch", 1, "03:00")], pitches=[Pitch(1, "Pitch 1")]) == []
    assert words([game("1", "Ash", "Birch", 7, "03:00")]) == []


def test_a_game_that_ends_when_the_pitch_closes_is_in_time():
    assert words([game("1", "Ash", "Birch", 2, "10:40")]) == []
    assert words([game("1", "Ash", "Birch", 2, "09:00")]) == []
    assert len(words([game("1", "Ash", "Birch", 2, "10:41")])) == 1
    assert len(words([game("1", "Ash", "Birch", 2, "08:59")])) == 1


def test_gaps_that_are_just_long_enough_are_enough():
    games = [game("1", "Ash", "Birch", 1, "10:00"), game("2", "Cedar", "Dill", 1, "10:25")]
    assert words(games) == []
    assert words([games[0], game("2", "Ash", "Dill", 2, "10:40")]) == []
    (found,) = violations([games[0], game("2", "Ash", "Dill", 2, "10:39")], PITCHES, SPACING)
    assert (found.kind, found.minutes) == ("rest", 1)


def test_two_open_sides_of_one_game_are_two():
    sides = Side("Winner A", None, frozenset(("Ash",))), Side("Winner B", None, frozenset(("Birch",)))
    final = Game("F", 20, *sides, booking=Booking(2, at("10:10")), name="Final")
    assert words([game("1", "Birch", "Cedar", 1, "10:00"), final]) == [
        "Birch, who could be Winner B, plays on Pitch 1 at 10:00 and on Pitch 2 at 10:10."
    ]
