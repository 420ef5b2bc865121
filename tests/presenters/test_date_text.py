"""Texts of days and times, in several languages and time zones."""

from datetime import UTC, date, datetime
from gettext import NullTranslations
from zoneinfo import ZoneInfo

import pytest

from timely.domain.translation import Language, in_language
from timely.presenters.date_text import (
    clock_text,
    dates_text,
    day_text,
    numeric_day_text,
    place_clock_text,
    short_day_text,
    start_text,
    time_text,
    time_with_seconds_text,
    weekday_text,
)

DUBLIN, PARIS = ZoneInfo("Europe/Dublin"), ZoneInfo("Europe/Paris")


def test_the_clock_of_the_event_needs_no_name():
    assert place_clock_text(datetime(2026, 11, 28, 10, tzinfo=UTC), DUBLIN, DUBLIN) == "10:00"
    assert place_clock_text(datetime(2026, 11, 28, 10, tzinfo=UTC), ZoneInfo("Europe/London"), DUBLIN) == "10:00"
    assert place_clock_text(None, PARIS, DUBLIN) == ""


def test_another_clock_is_named():
    moment = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
    assert place_clock_text(moment, PARIS, DUBLIN) == "00:30 CET"
    assert start_text(moment.astimezone(PARIS).date(), moment, PARIS, DUBLIN) == "Sun 29 Nov, 00:30 CET"
    assert start_text(moment.date(), moment, DUBLIN) == "Sat 28 Nov, 23:30"


def test_an_hour_that_comes_twice_says_which_one():
    shown = [place_clock_text(datetime(2026, 10, 25, hour, 30, tzinfo=UTC), DUBLIN, DUBLIN) for hour in (0, 1, 2)]
    assert shown == ["01:30 IST", "01:30 GMT", "02:30"]


def in_code(code):
    return in_language(Language(code, NullTranslations()))


@pytest.mark.parametrize(
    ("code", "day", "short", "weekday", "digits", "days"),
    [
        ("en", "Sat 28 Nov", "28 Nov", "Sat", "2026-11-28", "28 Nov – 29 Nov 2026"),
        ("xx", "Sat 28 Nov", "28 Nov", "Sat", "2026-11-28", "28 Nov – 29 Nov 2026"),
        ("de", "Sa., 28. Nov.", "28. Nov.", "Sa", "28.11.2026", "28.–29. Nov. 2026"),
        ("fr", "sam. 28 nov.", "28 nov.", "sam.", "28/11/2026", "28–29 nov. 2026"),
        ("pl", "sob., 28 lis", "28 lis", "sob.", "28.11.2026", "28–29 lis 2026"),
    ],
)
def test_days_in_a_language(code, day, short, weekday, digits, days):
    first = date(2026, 11, 28)
    with in_code(code):
        assert (day_text(first), short_day_text(first), weekday_text(first)) == (day, short, weekday)
        assert numeric_day_text(first) == digits
        assert dates_text(first, date(2026, 11, 29)) == days


@pytest.mark.parametrize(
    ("code", "one", "until"),
    [
        ("en", "Sat 28 November 2026", "until Sat 28 November 2026"),
        ("nl", "za 28 november 2026", "until za 28 november 2026"),
    ],
)
def test_one_day(code, one, until):
    first = date(2026, 11, 28)
    with in_code(code):
        assert {dates_text(first, None), dates_text(first, first)} == {one}
        assert dates_text(None, first) == until
        assert dates_text(None, None) == day_text(None) == ""


@pytest.mark.parametrize(("code", "short", "long"), [("en", "09:05", "09:05:07"), ("es", "9:05", "9:05:07")])
def test_times_in_a_language(code, short, long):
    moment = datetime(2026, 11, 28, 9, 5, 7, tzinfo=UTC)
    with in_code(code):
        assert (time_text(moment), time_with_seconds_text(moment), clock_text(moment, DUBLIN)) == (short, long, short)
        assert clock_text(None, DUBLIN) == ""


def test_a_day_and_its_time():
    moment = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
    with in_code("de"):
        assert start_text(moment.date(), moment, DUBLIN) == "Sa., 28. Nov., 23:30"
        assert start_text(None, moment, PARIS, DUBLIN) == "00:30 CET"
    with in_code("sv"):
        assert start_text(moment.date(), moment, DUBLIN) == "lör 28 nov. 23:30"
