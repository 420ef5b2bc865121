"""Time zones: which there are, and which one this computer is in."""

import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

# Where the system does not say its zone's name (Windows), the first of these whose clock agrees with ours.
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
LINK = Path("/etc/localtime")
# Files that lie among the zones: this computer's own one, a clock of leap seconds, and what is no place at all.
NO_PLACES = frozenset(("localtime", "posixrules", "Factory"))


@cache
def names() -> tuple[str, ...]:
    """The places one may choose, such as Europe/Dublin, and UTC."""
    places = {name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix", "right"))}
    return ("UTC", *sorted(places))


@cache
def known() -> frozenset[str]:
    """Every name that a file may use, old ones such as CET and Japan included."""
    found = {name for name in available_timezones() if not name.startswith(("posix/", "right/"))}
    return frozenset(found - NO_PLACES | {"UTC"})


def is_timezone(name: str) -> bool:
    return name in known()


@cache
def local_name() -> str:
    """The zone of this computer, as well as it can be told; UTC where nothing fits."""
    linked = os.path.realpath(LINK).partition("zoneinfo/")[2]
    if linked in names():
        return linked
    return next((name for name in COMMON if _agrees(name)), "UTC")


def _agrees(name: str) -> bool:
    """Whether that zone's clocks show what ours do, in winter and in summer."""
    year = datetime.now(UTC).year
    moments = [datetime(year, month, 15, 12, tzinfo=UTC) for month in (1, 4, 7, 10)]
    return all(moment.astimezone(ZoneInfo(name)).utcoffset() == moment.astimezone().utcoffset() for moment in moments)
