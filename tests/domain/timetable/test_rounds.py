"""Times of the games of rounds."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from timely.domain.timetable import Day, Slot, slots

ROUNDS = [[("a", "b"), ("c", "d"), ("e", "f")], [("a", "c"), ("b", "e"), ("d", "f")]]


def test_without_a_time_nothing_is_set():
    assert slots(ROUNDS, Day()) == [[Slot()] * 3, [Slot()] * 3]


def test_pitches_without_a_time_are_taken_in_turn():
    assert [slot.pitch for slot in slots(ROUNDS, Day(pitches=2))[0]] == [0, 1, 0]


def test_a_round_begins_when_the_last_one_is_over():
    day = Day(datetime(2026, 11, 28, 10, tzinfo=UTC), 20, 10, 2)
    times = [[f"{slot.start_at:%H:%M}" for slot in one] for one in slots(ROUNDS, day)]
    assert times == [["10:00", "10:00", "10:30"], ["11:00", "11:00", "11:30"]]


def test_without_pitches_a_round_is_played_at_once():
    day = Day(datetime(2026, 11, 28, 10, tzinfo=UTC), 20, 10)
    assert [{f"{slot.start_at:%H:%M}" for slot in one} for one in slots(ROUNDS, day)] == [{"10:00"}, {"10:30"}]


def test_the_night_on_which_the_clocks_go_back_has_an_hour_more():
    day = Day(datetime(2026, 10, 25, 0, 0, tzinfo=UTC), 60, 0, 1)
    local = [slot.start_at.astimezone(ZoneInfo("Europe/Dublin")).hour for slot in slots(ROUNDS, day)[0]]
    assert local == [1, 1, 2]
