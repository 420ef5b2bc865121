"""Days of 23 and 25 hours, and pitches in two time zones."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.domain.timetable.days import game, league
from timely.domain.timetable import Booking, Hours, Pitch, Spacing, lay_out, shift, violations

DUBLIN = ZoneInfo("Europe/Dublin")


def local(year: int, month: int, day: int, hour: int, minute: int = 0, zone: ZoneInfo = DUBLIN, fold: int = 0):
    return datetime(year, month, day, hour, minute, tzinfo=zone, fold=fold)


def night(month: int, day: int) -> list[Pitch]:
    return [Pitch(1, "Hall", (Hours(local(2026, month, day, 0), local(2026, month, day, 4)),), "Europe/Dublin")]


def test_the_night_with_an_hour_more_has_room_for_more_games():
    games = [game(f"{number}", f"a{number}", f"b{number}", minutes=60) for number in range(6)]
    assert len(lay_out(games, night(10, 25), Spacing()).bookings) == 5
    assert len(lay_out(games, night(3, 29), Spacing()).bookings) == 3
    assert len(lay_out(games, night(6, 6), Spacing()).bookings) == 4


def test_a_rest_over_the_change_is_as_long_as_it_is():
    # By the wall the second game begins as the first does; they are an hour apart.
    games = [
        game("1", "Ash", "Birch", booking=Booking(1, local(2026, 10, 25, 1, 30))),
        game("2", "Ash", "Cedar", booking=Booking(1, local(2026, 10, 25, 1, 30, fold=1))),
    ]
    assert violations(games, night(10, 25), Spacing(5, 40)) == []
    (found,) = violations(games, night(10, 25), Spacing(5, 60))
    assert found.words == (
        "Ash has 40 minutes of rest, not 60, between the games on Hall at 01:30 IST and on Hall at 01:30 GMT."
    )


def test_a_shift_over_the_change_is_as_long_as_it_is():
    games = [game("1", "Ash", "Birch", booking=Booking(1, local(2026, 3, 29, 0, 50)))]
    (moved,) = shift(games, night(3, 29), Spacing(), since=local(2026, 3, 29, 0), minutes=20).moves
    assert moved.after.start_at.astimezone(DUBLIN).strftime("%H:%M") == "02:10"


def test_pitches_in_two_zones():
    paris = ZoneInfo("Europe/Paris")
    pitches = [
        Pitch(1, "Dover", (Hours(local(2026, 6, 6, 9, zone=DUBLIN), local(2026, 6, 6, 12)),), "Europe/London"),
        Pitch(2, "Calais", (Hours(local(2026, 6, 6, 9, zone=paris), local(2026, 6, 6, 12, zone=paris)),), paris.key),
    ]
    layout = lay_out(league(["Ash", "Birch", "Cedar", "Dill"]), pitches, Spacing(0, 10))
    first = min(layout.bookings.values(), key=lambda one: one.start_at)
    assert (first.pitch, first.start_at) == (2, datetime(2026, 6, 6, 7, tzinfo=UTC))
    games = [
        game("1", "Ash", "Birch", booking=Booking(1, local(2026, 6, 6, 9, 0, DUBLIN))),
        game("2", "Ash", "Cedar", booking=Booking(2, local(2026, 6, 6, 10, 10, paris))),
    ]
    (found,) = violations(games, pitches, Spacing())
    assert found.words == "Ash plays on Dover at 09:00 (Europe/London) and on Calais at 10:10 (Europe/Paris)."


def test_days_are_named_if_there_are_several():
    day = timedelta(days=1)
    opens, closes = local(2026, 6, 6, 9), local(2026, 6, 6, 12)
    pitches = [Pitch(1, "Hall", (Hours(opens, closes), Hours(opens + day, closes + day)), "Europe/Dublin")]
    games = [game("1", "Ash", "Birch", booking=Booking(1, closes + day))]
    (found,) = violations(games, pitches, Spacing())
    assert found.words == (
        "Ash – Birch on Hall at Sun 7 Jun 12:00 goes on until Sun 7 Jun 12:20; Hall closes at Sun 7 Jun 12:00."
    )
