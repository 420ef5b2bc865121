"""Availability of a pitch: its hours, joined where they touch, without the games that stay and the time around them."""

import pytest

from tests.domain.timetable.days import at, game
from timely.domain.timetable import Hours, Pitch, Spacing
from timely.domain.timetable.availability import openings
from timely.domain.timetable.local_times import moment_of


def free(hours, *games, changeover=0, where=1):
    """`09:00–10:00 11:00–12:00` of a pitch with these hours."""
    spans = [span.split("–") for span in hours.split()]
    pitch = Pitch(1, "Pitch 1", tuple(Hours(at(opens), at(closes)) for opens, closes in spans))
    staying = [game(f"{number}", "a", "b", where, clock, locked=True) for number, clock in enumerate(games)]
    (found,) = openings([pitch], staying, Spacing(changeover))
    return " ".join(f"{moment_of(start):%H:%M}–{moment_of(end):%H:%M}" for start, end in found)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("", ""),
        ("09:00–10:00", "09:00–10:00"),
        ("11:00–12:00 09:00–10:00", "09:00–10:00 11:00–12:00"),
        ("09:00–10:00 10:00–11:00", "09:00–11:00"),
        ("09:00–10:30 10:00–11:00", "09:00–11:00"),
        ("09:00–12:00 10:00–11:00", "09:00–12:00"),
        ("09:00–10:00 09:30–10:30 10:30–11:00 12:00–13:00", "09:00–11:00 12:00–13:00"),
    ],
)
def test_hours_that_touch_or_overlap_are_joined(hours, expected):
    assert free(hours) == expected


@pytest.mark.parametrize(
    ("games", "changeover", "expected"),
    [
        (["10:00"], 0, "09:00–10:00 10:20–12:00"),
        (["10:00"], 5, "09:00–09:55 10:25–12:00"),
        (["09:00"], 5, "09:25–12:00"),
        (["11:40"], 5, "09:00–11:35"),
        (["11:40"], 0, "09:00–11:40"),
        (["10:00", "10:20"], 0, "09:00–10:00 10:40–12:00"),
        (["10:00", "10:10"], 0, "09:00–10:00 10:30–12:00"),  # locked at once by mistake
        (["08:50", "11:50"], 0, "09:10–11:50"),  # partly outside
        (["08:00", "13:00"], 0, "09:00–12:00"),
    ],
)
def test_games_that_stay_take_their_time_and_the_change_before_and_after(games, changeover, expected):
    assert free("09:00–12:00", *games, changeover=changeover) == expected


def test_a_game_across_a_break_takes_from_both_sides():
    assert free("09:00–10:00 10:10–11:00", "09:50") == "09:00–09:50 10:10–11:00"
    assert free("09:00–10:00 10:05–11:00", "09:50") == "09:00–09:50 10:10–11:00"


def test_a_game_on_another_pitch_or_on_none_takes_nothing():
    assert free("09:00–12:00", "10:00", where=2) == free("09:00–12:00", "10:00", where=None) == "09:00–12:00"
