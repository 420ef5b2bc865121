"""The time, as the rest of Timely reads and writes it."""

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo

from timely.domain.errors import ValidationError

Day = TypeVar("Day", date, datetime)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def quarter_now() -> int:
    """A number for this quarter of an hour: whatever the zone, a new day begins with a new quarter."""
    return int(now().timestamp()) // 900


def stamp(moment: datetime | None) -> str | None:
    """A time as it travels: UTC, whole seconds, `2026-11-28T15:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def local_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment at which the clocks of *zone* show this, in UTC; the first of two where they are put back.

    Raises Fault for a time that is left out where they are put forward.
    """
    local = datetime.combine(day, clock, zone)
    moment = local.astimezone(UTC)
    shown = moment.astimezone(zone)
    if shown.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValidationError("", f"there is no {clock:%H:%M} on that day: the clocks are put forward to {shown:%H:%M}")
    return moment


def on_another_clock(moment: datetime, old: ZoneInfo, new: ZoneInfo) -> datetime:
    """The moment at which the clocks of *new* show what those of *old* show at *moment*. Raises Fault."""
    local = moment.astimezone(old)
    return local_moment(local.date(), local.time(), new)


def read_moment(text: str, zone: tzinfo | None = None) -> datetime:
    """The aware time in UTC that *text* says in ISO form; in *zone* if it has no offset of its own.

    Raises ValueError, also for a day without an hour.
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
    """The day, if it is one of this age. Raises ValueError: time zones move a day, off the calendar at its ends."""
    if not 1800 <= day.year <= 2200:
        raise ValueError(f"{day.year} is not a year of sports")
    return day


def clock_text(moment: datetime | None, zone: ZoneInfo) -> str:
    """ "10:00" on the clock of the zone; "" for no moment."""
    return f"{moment.astimezone(zone):%H:%M}" if moment else ""
