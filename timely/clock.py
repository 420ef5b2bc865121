"""The time, as the rest of Timely reads and writes it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from timely.domain.faults import Fault


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


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
        raise Fault("", f"there is no {clock:%H:%M} on that day: the clocks are put forward to {shown:%H:%M}")
    return moment
