"""Settings of a timetable: hours as one writes them, days that the clocks change, other words for pitches."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timely.domain.errors import ValidationError
from timely.domain.timetable import DayHours, Settings, read_settings
from timely.domain.timetable.opening_hours import clock_hours_text, read_clock_hours
from timely.domain.timetable.settings import unknown_settings_keys

SETTINGS = {
    "game_minutes": 20,
    "changeover_minutes": 5,
    "rest_minutes": 15,
    "step_minutes": 5,
    "division_minutes": {"U10": 12},
    "days": [
        {"day": "2026-11-28", "hours": "09:00–12:00, 13:00–18:00", "pitches": {"Pitch 2": "closed"}},
        {"day": "2026-11-29", "hours": "closed", "pitches": {"Pitch 1": "10:00–24:00"}},
    ],
}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("09:00-18:00", "09:00–18:00"),
        ("9–18", "09:00–18:00"),
        (" 9.30 - 12 ; 13:00 to 24:00 ", "09:30–12:00, 13:00–24:00"),
        ("13-18, 9-12", "09:00–12:00, 13:00–18:00"),
        ("9-12, 12-14, 13-15", "09:00–15:00"),
        ("", "closed"),
        ("Closed", "closed"),
    ],
)
def test_hours_are_read_as_people_write_them(typed, read):
    assert clock_hours_text(read_clock_hours(typed)) == read
    assert clock_hours_text(read_clock_hours(read)) == read


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("all day", "cannot be read"),
        ("9", "cannot be read"),
        ("9-12,", "cannot be read"),
        ("9:60-12", "no clock shows"),
        ("9-25", "no clock shows"),
        ("18:00-09:00", "ends before it begins: 18:00–09:00"),
        ("10-10", "ends before it begins"),
        (", ".join(f"{hour}:00-{hour}:30" for hour in range(7)), "at most 6"),
        ("9-12," * 40, "too long"),
        ("٩-١٢", "cannot be read"),
    ],
)
def test_what_is_no_hours_says_why(typed, words):
    with pytest.raises(ValidationError, match=words):
        read_clock_hours(typed)


@given(st.text(max_size=30))
def test_any_text_is_hours_or_a_fault(text):
    try:
        spans = read_clock_hours(text)
    except ValidationError:
        return
    assert all(0 <= start < end <= 24 * 60 for start, end in spans)
    assert read_clock_hours(clock_hours_text(spans)) == spans


def test_settings_go_out_as_they_came_in():
    assert read_settings(SETTINGS).as_dict() == SETTINGS
    assert read_settings({}) == Settings()
    assert unknown_settings_keys({**SETTINGS, "colour": 1, "days": [{"lunch": "12"}]}) == {
        "timetable.colour",
        "timetable.days[].lunch",
    }


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"game_minutes": 0}, "timetable.game_minutes"),
        ({"rest_minutes": True}, "timetable.rest_minutes"),
        ({"step_minutes": 61}, "timetable.step_minutes"),
        ({"division_minutes": {"U10": "long"}}, "timetable.division_minutes.U10"),
        ({"days": {}}, "timetable.days"),
        ({"days": [{"day": "2026-02-30"}]}, r"timetable.days\[0\].day"),
        ({"days": [{"day": "2026-11-28", "hours": "never"}]}, r"timetable.days\[0\].hours"),
        ({"days": [{"day": "2026-11-28", "pitches": {"A": 9}}]}, r"timetable.days\[0\].pitches.A"),
        ({"days": [{"day": "2026-11-28"}, {"day": "2026-11-28"}]}, "timetable.days"),
        ({"days": [{"day": f"2026-12-{n % 31 + 1:02d}"} for n in range(32)]}, "timetable.days"),
    ],
)
def test_settings_that_cannot_be_meant_say_where(changed, path):
    with pytest.raises(ValidationError) as caught:
        read_settings({**SETTINGS, **changed})
    assert caught.value.path == path.replace("\\", "")


def test_a_pitch_has_its_own_hours_or_those_of_all():
    settings = read_settings(SETTINGS)
    utc = ZoneInfo("UTC")
    hours = [(one.opens_at.hour, one.closes_at.hour) for one in settings.hours("Pitch 1", utc)]
    assert hours == [(9, 12), (13, 18), (10, 0)]
    assert settings.hours("Pitch 1", utc)[2].closes_at == datetime(2026, 11, 30, tzinfo=UTC)
    assert settings.hours("Pitch 2", utc) == ()


def test_a_day_that_the_clocks_change_is_as_long_as_it_is():
    settings = Settings(days=(DayHours(date(2026, 10, 25), "00:00–24:00"), DayHours(date(2027, 3, 28), "00:00–24:00")))
    autumn, spring = settings.hours("any", ZoneInfo("Europe/Dublin"))
    assert (autumn.closes_at - autumn.opens_at).total_seconds() == 25 * 3600
    assert (spring.closes_at - spring.opens_at).total_seconds() == 23 * 3600


def test_pitches_and_divisions_take_other_words_and_those_that_are_gone_are_left_out():
    renamed = read_settings(SETTINGS).renamed({"U10": "4"}, {"Pitch 1": "7"})
    assert renamed.division_minutes == {"4": 12}
    assert [dict(day.pitches) for day in renamed.days] == [{}, {"7": "10:00–24:00"}]
    assert renamed.minutes("4") == 12
    assert renamed.minutes("5") == 20
