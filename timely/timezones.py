"""Time zone names: the known ones, those offered for choice, and the one of this computer."""

import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

# Where the system does not give the name of its zone (Windows), the first of these with the same offsets is used.
COMMON = (
    "Europe/London",
    "Europe/Berlin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Halifax",
    "America/Sao_Paulo",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Perth",
    "Australia/Brisbane",
    "Australia/Adelaide",
    "Australia/Sydney",
    "Pacific/Auckland",
)
LOCALTIME = Path("/etc/localtime")
# Files in the zone directory that are no places: the link to the local zone, a default of POSIX rules, a placeholder.
NO_PLACES = frozenset(("localtime", "posixrules", "Factory"))


@cache
def names() -> tuple[str, ...]:
    """The zones offered for choice: UTC, and places such as Europe/Dublin."""
    places = {name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix", "right"))}
    return ("UTC", *sorted(places))


@cache
def known() -> frozenset[str]:
    """Every zone name that is accepted in a file, including old ones such as CET and Japan."""
    found = {name for name in available_timezones() if not name.startswith(("posix/", "right/"))}
    return frozenset(found - NO_PLACES | {"UTC"})


def is_timezone(name: str) -> bool:
    return name in known()


@cache
def local_name() -> str:
    """The zone of this computer, or a guess by its offsets; UTC where nothing fits."""
    linked = os.path.realpath(LOCALTIME).partition("zoneinfo/")[2]
    if linked in names():
        return linked
    return next((name for name in COMMON if _agrees(name)), "UTC")


def _agrees(name: str) -> bool:
    """Whether the zone has the offsets of this computer's clock, in winter and in summer."""
    year = datetime.now(UTC).year
    moments = [datetime(year, month, 15, 12, tzinfo=UTC) for month in (1, 4, 7, 10)]
    return all(moment.astimezone(ZoneInfo(name)).utcoffset() == moment.astimezone().utcoffset() for moment in moments)
