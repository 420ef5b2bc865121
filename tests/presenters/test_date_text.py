"""Texts of times where there is more than one time zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from timely.presenters.date_text import place_clock_text, start_text

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
