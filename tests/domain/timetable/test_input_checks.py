"""Checks of a timetable's input: a fault names its game or pitch, and what is at a bound is allowed."""

from datetime import datetime

import pytest

from tests.domain.timetable.days import at, game, pitch, team
from timely.domain.errors import ValidationError
from timely.domain.timetable import Booking, Game, Hours, Pitch, Side, Spacing
from timely.domain.timetable.input_checks import check, in_order

WEEK = 7 * 24 * 60


def test_an_order_has_each_game_after_those_it_waits_for():
    games = [game("F", "a", "d", after=("SF1", "SF2")), game("SF1", "a", "b"), game("SF2", "c", "d", after=("SF1",))]
    assert in_order(games) == ["SF1", "SF2", "F"]
    assert in_order([game("F", "a", "b", after=("SF", "SF")), game("SF", "a", "c")]) == ["SF", "F"]


def test_those_that_wait_for_each_other_are_named_and_no_others():
    games = [game("before", "a", "b", name="Opener")]
    games += [game(str(n), "a", "b", after=(str((n + 1) % 4),), name=f"Game {n}") for n in range(4)]
    with pytest.raises(ValidationError) as caught:
        check(games, [pitch(1)], Spacing())
    assert str(caught.value) == "games: Game 0 and Game 1 and Game 2 wait for each other"


@pytest.mark.parametrize(
    ("spacing", "path"),
    [
        (Spacing(-1), "changeover_minutes"),
        (Spacing(WEEK + 1), "changeover_minutes"),
        (Spacing(0, -1), "rest_minutes"),
        (Spacing(0, WEEK + 1), "rest_minutes"),
        (Spacing(0, 0, 0), "step_minutes"),
        (Spacing(0, 0, 61), "step_minutes"),
    ],
)
def test_gaps_have_bounds(spacing, path):
    check([], [], Spacing(WEEK, WEEK, 60))
    check([], [], Spacing(0, 0, 1))
    with pytest.raises(ValidationError) as caught:
        check([], [], spacing)
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("one", "path", "words"),
    [
        (game("1", "Ash", "Birch", minutes=0), "games[Ash – Birch].minutes", "from 1 to"),
        (game("1", "Ash", "Birch", minutes=WEEK + 1), "games[Ash – Birch].minutes", "from 1 to"),
        (game("1", "Ash", "Ash"), "games[Ash – Ash]", "Ash cannot play itself"),
        (game("1", "Ash", "Birch", after=("2",)), "games[Ash – Birch].after", "not among these"),
        (
            game("1", "Ash", "Birch", booking=Booking(1, datetime(2026, 6, 6, 9))),
            "games[Ash – Birch].start_at",
            "with its zone",
        ),
    ],
)
def test_a_game_that_cannot_be_is_named(one, path, words):
    with pytest.raises(ValidationError, match=words) as caught:
        check([one], [pitch(1)], Spacing())
    assert caught.value.path == path


def test_games_at_the_bounds_and_of_sides_that_are_not_known_are_taken():
    open_sides = Game("3", 20, Side("Winner A"), Side("Winner B"))
    check([game("1", "a", "b", minutes=1), game("2", "a", "b", minutes=WEEK), open_sides], [pitch(1)], Spacing())


@pytest.mark.parametrize("twice", ["games", "pitches"])
def test_nothing_is_there_twice(twice):
    games, pitches = [game("1", "a", "b")], [pitch(1)]
    with pytest.raises(ValidationError, match="is there twice") as caught:
        check(games * (1 + (twice == "games")), pitches * (1 + (twice == "pitches")), Spacing())
    assert caught.value.path == twice


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (pitch(1, timezone="Europe/Atlantis"), "pitches[Pitch 1].timezone"),
        (pitch(1, timezone=""), "pitches[Pitch 1].timezone"),
        (pitch(1, "10:00", "10:00"), "pitches[Pitch 1].hours"),
        (pitch(1, "10:00", "09:59"), "pitches[Pitch 1].hours"),
        (Pitch(1, "Pitch 1", (Hours(datetime(2026, 6, 6, 9), at("10:00")),)), "pitches[Pitch 1].hours"),
        (Pitch(1, "Pitch 1", (Hours(at("09:00"), datetime(2026, 6, 6, 10)),)), "pitches[Pitch 1].hours"),
    ],
)
def test_a_pitch_that_cannot_be_is_named(wrong, path):
    with pytest.raises(ValidationError) as caught:
        check([], [wrong], Spacing())
    assert caught.value.path == path


def test_a_team_is_known_by_what_it_is_and_not_by_its_name():
    other = Side("Ash", "Ash II")
    check([Game("1", 20, team("Ash"), other)], [pitch(1)], Spacing())
