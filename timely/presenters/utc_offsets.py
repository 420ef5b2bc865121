"""UTC offsets of a time zone and their coming changes, for scripts, which have no time zone data."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

# Long enough for a display that is left on all season.
AHEAD_DAYS = 400


def minutes_from_utc(moment: datetime, zone: ZoneInfo) -> int:
    offset = moment.astimezone(zone).utcoffset() or timedelta(0)
    return int(offset.total_seconds()) // 60


def clock_changes(zone: ZoneInfo, moment: datetime) -> list[list[int]]:
    """[[Unix time, minutes from UTC from then on], …]: the offset at *moment*, then each coming change."""
    sooner = moment.astimezone(UTC).replace(second=0, microsecond=0)
    found = [[int(sooner.timestamp()), minutes_from_utc(sooner, zone)]]
    for _ in range(AHEAD_DAYS):
        later = sooner + timedelta(days=1)
        if minutes_from_utc(later, zone) != minutes_from_utc(sooner, zone):
            changed = _change_between(sooner, later, zone)
            found.append([int(changed.timestamp()), minutes_from_utc(changed, zone)])
        sooner = later
    return found


def _change_between(sooner: datetime, later: datetime, zone: ZoneInfo) -> datetime:
    """The first minute with the offset of *later*."""
    first, last = 0, int((later - sooner).total_seconds()) // 60
    after = minutes_from_utc(later, zone)
    while last - first > 1:
        middle = (first + last) // 2
        if minutes_from_utc(sooner + timedelta(minutes=middle), zone) == after:
            last = middle
        else:
            first = middle
    return sooner + timedelta(minutes=last)
