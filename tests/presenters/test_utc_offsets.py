"""The clock of a zone, for a script that knows none."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from timely.presenters.utc_offsets import clock_changes


def changes(zone, moment):
    found = clock_changes(zone, moment)
    return [(f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M}", minutes) for at, minutes in found]


def test_summer_time_begins_and_ends():
    assert changes(ZoneInfo("Europe/Dublin"), datetime(2026, 11, 28, 10, 0, 30, tzinfo=UTC)) == [
        ("2026-11-28 10:00", 0),
        ("2027-03-28 01:00", 60),
        ("2027-10-31 01:00", 0),
    ]


@pytest.mark.parametrize(
    ("zone", "minutes"), [("Asia/Kathmandu", 345), ("America/Phoenix", -420), ("Pacific/Kiritimati", 840)]
)
def test_zones_that_never_change(zone, minutes):
    assert [one[1] for one in clock_changes(ZoneInfo(zone), datetime(2026, 6, 1, tzinfo=UTC))] == [minutes]


def test_half_an_hour_of_summer_time():
    found = changes(ZoneInfo("Australia/Lord_Howe"), datetime(2026, 6, 1, tzinfo=UTC))
    assert found[1:] == [("2026-10-03 15:30", 660), ("2027-04-03 15:00", 630)]
