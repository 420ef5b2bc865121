"""Writes and converts times. Times are aware and in UTC."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_gettext


def now() -> datetime:
    """The current time, aware, in UTC."""
    return datetime.now(UTC)


def quarter_now() -> int:
    """The number of the current quarter of an hour; a new day starts with a new quarter in every time zone."""
    return int(now().timestamp()) // 900


def stamp(moment: datetime | None) -> str | None:
    """The time as text for JSON: UTC, whole seconds, `2026-11-28T15:00:00Z`. None for None."""
    # Not by strftime, which takes ten times as long: lists hold hundreds of times.
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z" if moment else None


def local_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The UTC time at which clocks in *zone* show *clock* on *day*; the first of two where they are put back.

    Raises ValidationError for a time that is skipped because the clocks are put forward.
    """
    local = datetime.combine(day, clock, zone)
    moment = local.astimezone(UTC)
    shown = moment.astimezone(zone)
    if shown.replace(tzinfo=None) != local.replace(tzinfo=None):
        text = lazy_gettext(
            "there is no %(clock)s on that day: the clocks are put forward to %(shown)s",
            clock=f"{clock:%H:%M}",
            shown=f"{shown:%H:%M}",
        )
        raise ValidationError("", text)
    return moment


def on_another_clock(moment: datetime, old: ZoneInfo, new: ZoneInfo) -> datetime:
    """The UTC time at which clocks in *new* show what clocks in *old* show at *moment*.

    Raises ValidationError, as `local_moment` does.
    """
    local = moment.astimezone(old)
    return local_moment(local.date(), local.time(), new)


def clock_text(moment: datetime | None, zone: ZoneInfo) -> str:
    """ "10:00" on the clock of the zone; "" for no moment."""
    return f"{moment.astimezone(zone):%H:%M}" if moment else ""
