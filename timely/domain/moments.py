"""Reads times from text in ISO format."""

import re
from datetime import UTC, date, datetime, tzinfo
from typing import TypeVar

Day = TypeVar("Day", date, datetime)


def read_day(text: str) -> date:
    """The day of text such as 2026-11-28. Raises ValueError for any other text, and for a day out of range."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError("not a day in ISO format")
    return within_reason(date.fromisoformat(text))


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
