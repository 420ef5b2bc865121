"""Text of days and times: "Sat 28 Nov", "10:00 CET" where the clock of the place is another than the event's."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from timely.presenters.number_text import DASH

# Texts that are kept: the games of a few large events, of which many begin together.
DAYS, MOMENTS = 500, 5_000


@lru_cache(DAYS)
def day_text(day: date | None) -> str:
    """ "Sat 28 Nov"."""
    return f"{day:%a} {day.day} {day:%b}" if day else ""


@lru_cache(MOMENTS)
def place_clock_text(moment: datetime | None, zone: ZoneInfo, home: ZoneInfo) -> str:
    """ "10:00" on the clock at the place of play; "10:00 CET" if the event's own clock shows another time.

    The zone is also given for an hour that occurs twice, because clocks are put back that night.
    """
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    is_strange = local.utcoffset() != moment.astimezone(home).utcoffset()
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%H:%M %Z}" if is_strange or is_twice else f"{local:%H:%M}"


def start_text(day: date | None, moment: datetime | None, zone: ZoneInfo, home: ZoneInfo | None = None) -> str:
    return ", ".join(part for part in (day_text(day), place_clock_text(moment, zone, home or zone)) if part)


def dates_text(first: date | None, last: date | None) -> str:
    """ "Sat 28 November 2026", or "28 – 29 Nov 2026" for several days."""
    if not first:
        return f"until {last:%a} {last.day} {last:%B %Y}" if last else ""
    if not last or last == first:
        return f"{first:%a} {first.day} {first:%B %Y}"
    start = f"{first.day} {first:%b}" if first.year == last.year else f"{first.day} {first:%b %Y}"
    return f"{start} {DASH} {last.day} {last:%b %Y}"
