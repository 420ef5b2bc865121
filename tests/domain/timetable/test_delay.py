"""A pitch runs late."""

from dataclasses import replace

import pytest

from tests.domain.timetable.days import at, game, pitch, team
from timely.domain.errors import ValidationError
from timely.domain.timetable import Booking, Game, Side, Spacing, shift

PITCHES = [pitch(1), pitch(2, closes="11:00")]
SPACING = Spacing(5, 10)


def moves(shifted) -> list[str]:
    return [
        f"{one.game} {one.before.start_at:%H:%M} {one.after.start_at:%H:%M} {one.why}".rstrip() for one in shifted.moves
    ]


def test_what_is_left_on_the_pitch_moves_and_nothing_else():
    games = [
        game("over", "Ash", "Birch", 2, "09:00", begun=True),
        game("next", "Cedar", "Dill", 2, "09:30"),
        game("last", "Ash", "Elm", 2, "10:00"),
        game("elsewhere", "Fir", "Gorse", 1, "09:30"),
    ]
    shifted = shift(games, PITCHES, SPACING, pitch=2, since=at("09:10"), minutes=20)
    assert moves(shifted) == ["next 09:30 09:50", "last 10:00 10:20"]
    assert shifted.breaches == ()
    assert shifted.bookings["last"] == Booking(2, at("10:20"))


def test_what_began_before_that_moment_stays():
    games = [game("now", "Ash", "Birch", 2, "09:00"), game("next", "Cedar", "Dill", 2, "09:30")]
    assert moves(shift(games, PITCHES, SPACING, pitch=2, since=at("09:01"), minutes=5)) == ["next 09:30 09:35"]


def test_elsewhere_games_move_as_far_as_they_must():
    semi = Game("semi", 20, Side("Winner QF1", None, frozenset(("Ash",)), "W1"), team("Hazel"), after=("QF1",),
                booking=Booking(1, at("10:40")), name="SF1")  # fmt: skip
    games = [
        game("QF1", "Ash", "Birch", 2, "10:00", name="QF1"),
        game("team", "Birch", "Fir", 1, "10:35"),
        semi,
        game("behind", "Ivy", "Juniper", 1, "11:05"),
        game("far", "Kale", "Larch", 1, "11:40"),
    ]
    games[1] = replace(games[1], booking=Booking(3, at("10:35")))
    shifted = shift(games, [*PITCHES, pitch(3)], SPACING, pitch=2, since=at("09:00"), minutes=20)
    assert moves(shifted) == [
        "QF1 10:00 10:20",
        "team 10:35 10:50 Birch is in QF1, which is over on Pitch 2 at 10:40",
        "semi 10:40 10:50 waits for QF1, which is over on Pitch 2 at 10:40",
        "behind 11:05 11:15 comes after SF1, which is over on Pitch 1 at 11:10",
    ]
    assert shifted.breaches == ()


def test_who_could_come_pushes_too():
    could = Side("Women 1st", None, frozenset(("Ash",)), "W1")
    games = [
        game("1", "Ash", "Birch", 2, "10:00"),
        Game("2", 20, could, team("Cedar"), "Women", booking=Booking(1, at("10:30"))),
    ]
    assert moves(shift(games, PITCHES, SPACING, pitch=2, since=at("09:00"), minutes=20)) == [
        "1 10:00 10:20",
        "2 10:30 10:50 Ash, who could be Women 1st, is in Ash – Birch, which is over on Pitch 2 at 10:40",
    ]


def test_a_break_takes_up_the_delay_elsewhere():
    games = [game("1", "Ash", "Birch", 2, "10:00"), game("2", "Ash", "Cedar", 1, "10:50")]
    assert moves(shift(games, PITCHES, SPACING, pitch=2, since=at("09:00"), minutes=20)) == ["1 10:00 10:20"]


def test_locked_games_stay_and_what_breaks_is_told():
    games = [
        game("1", "Ash", "Birch", 2, "10:00"),
        game("2", "Cedar", "Dill", 2, "10:25", locked=True),
        game("3", "Elm", "Fir", 2, "10:50"),
    ]
    shifted = shift(games, PITCHES, SPACING, pitch=2, since=at("09:00"), minutes=10)
    assert moves(shifted) == ["1 10:00 10:10", "3 10:50 11:00"]
    assert [one.words for one in shifted.breaches] == [
        "Pitch 2 is taken by Ash – Birch until 10:30, when Cedar – Dill (locked) begins at 10:25.",
        "Elm – Fir on Pitch 2 at 11:00 goes on until 11:20; Pitch 2 closes at 11:00.",
    ]


def test_every_pitch_is_late():
    games = [game("1", "Ash", "Birch", 1, "10:00"), game("2", "Cedar", "Dill", 2, "10:00")]
    games.append(game("3", "Ash", "Dill", None, "10:30"))
    shifted = shift(games, PITCHES, SPACING, since=at("10:00"), minutes=15)
    assert moves(shifted) == ["1 10:00 10:15", "2 10:00 10:15", "3 10:30 10:45"]


def test_what_was_too_close_before_moves_as_one():
    games = [game("1", "Ash", "Birch", 2, "10:00"), game("2", "Ash", "Cedar", 1, "10:22")]
    assert moves(shift(games, PITCHES, SPACING, pitch=2, since=at("10:00"), minutes=20)) == [
        "1 10:00 10:20", "2 10:22 10:42 Ash is in Ash – Birch, which is over on Pitch 2 at 10:40",
    ]  # fmt: skip


@pytest.mark.parametrize("minutes", [0, -5, 100_000])
def test_only_later_can_be_late(minutes):
    with pytest.raises(ValidationError):
        shift([], PITCHES, SPACING, since=at("10:00"), minutes=minutes)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValidationError):
        shift([], PITCHES, SPACING, since=at("10:00").replace(tzinfo=None), minutes=5)
