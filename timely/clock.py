"""Reads, writes and converts times. Times are aware and in UTC."""

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo

from timely.domain.errors import ValidationError

Day = TypeVar("Day", date, datetime)


def now() -> datetime:
    """The current time, aware, in UTC."""
    return datetime.now(UTC)


def quarter_now() -> int:
    """The number of the current quarter of an hour; a new day starts with a new quarter in every time zone."""
    return int(now().timestamp()) // 900


def stamp(moment: datetime | None) -> str | None:
    """The time as text for JSON: UTC, whole seconds, `2026-11-28T15:00:00Z`. None for None."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def local_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The UTC time at which clocks in *zone* show *clock* on *day*; the first of two where they are put back.

    Raises ValidationError for a time that is skipped because the clocks are put forward.
    """
    local = datetime.combine(day, clock, zone)
    moment = local.astimezone(UTC)
    shown = moment.astimezone(zone)
    if shown.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValidationError("", f"there is no {clock:%H:%M} on that day: the clocks are put forward to {shown:%H:%M}")
    return moment


def on_another_clock(moment: datetime, old: ZoneInfo, new: ZoneInfo) -> datetime:
    """The UTC time at which clocks in *new* show what clocks in *old* show at *moment*.

    Raises ValidationError, as `local_moment` does.
    """
    local = moment.astimezone(old)
    return local_moment(local.date(), local.time(), new)


def read_moment(text: str, zone: tzinfo | None = None) -> datetime:
    """The time in UTC of *text* in ISO format, which is read in *zone* if it has no offset of its own.

    Raises ValueError for text that is no time, has no hour, needs a zone that is not given, or is out of range.
    """
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            if zone is None or not re.search(r"[0-9][T ][0-9]", text, re.ASCII):
                raise ValueError("a time needs its offset")
            moment = moment.replace(tzinfo=zone)
        return within_reason(moment.astimezone(UTC))
    except OverflowError as error:
        raise ValueError("a time off the calendar") from error


def within_reason(day: Day) -> Day:
    """The day, if its year is from 1800 to 2200, else ValueError.

    Near the ends of the calendar, conversion to another time zone would overflow.
    """
    if not 1800 <= day.year <= 2200:
        raise ValueError(f"{day.year} is not a year of sports")
    return day


def clock_text(moment: datetime | None, zone: ZoneInfo) -> str:
    """ "10:00" on the clock of the zone; "" for no moment."""
    return f"{moment.astimezone(zone):%H:%M}" if moment else ""
