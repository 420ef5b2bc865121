"""Local times: those the clocks leave out, and those they show twice."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from timely.clock import local_moment
from timely.domain.errors import ValidationError
from timely.timezones import is_timezone, local_name, names

DUBLIN = ZoneInfo("Europe/Dublin")


def test_a_local_time_in_summer():
    assert local_moment(date(2026, 7, 4), time(14, 30), DUBLIN) == datetime(2026, 7, 4, 13, 30, tzinfo=UTC)


def test_of_a_time_shown_twice_the_first_is_meant():
    assert local_moment(date(2026, 10, 25), time(1, 30), DUBLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("minutes", [0, 30, 59])
def test_a_time_that_is_left_out_is_refused(minutes):
    with pytest.raises(ValidationError, match=f"there is no 01:{minutes:02d} on that day"):
        local_moment(date(2027, 3, 28), time(1, minutes), DUBLIN)


def test_zones_are_places():
    assert names()[0] == "UTC"
    assert "Europe/Dublin" in names()
    assert local_name() in names()
    assert not is_timezone("Mars/Olympus")
    assert not is_timezone("../../etc/passwd")
    assert not is_timezone("")
