"""Parses the start of a match in an event file: its day, its time, and the time zone of its venue."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from timely.clock import local_moment
from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_gettext
from timely.event_file.fields import Fields


def read_start(
    entry: Fields, event_timezone: str, pitches: Mapping[str, str]
) -> tuple[date | None, datetime | None, str]:
    """(day, moment, the venue's own time zone or "") of a match. *pitches* are {name: time zone}."""
    venue_timezone = entry.timezone("venue_tz", "")
    zone = ZoneInfo(venue_timezone or pitches.get(entry.text("pitch", most=60)) or event_timezone)
    day, clock, kickoff = entry.day("date"), entry.get("time_local", str), entry.moment("kickoff_utc", zone=UTC)
    try:
        if kickoff:
            return kickoff.astimezone(zone).date(), kickoff, venue_timezone
        if clock is None:
            return day, None, venue_timezone
        if day is None:
            raise ValidationError(entry.at("time_local"), lazy_gettext("needs a date"))
        return day, local_moment(day, _clock(entry, clock), zone), venue_timezone
    except ValidationError as fault:
        raise ValidationError(fault.path or entry.at("time_local"), fault.text) from None
    except (ValueError, OverflowError):
        raise ValidationError(
            entry.at("time_local"),
            lazy_gettext("%(clock)s is not a time; write it like 14:30", clock=repr(str(clock)[:40])),
        ) from None


def _clock(entry: Fields, text: str) -> time:
    """The time of day; 9:30 is accepted. Raises ValueError."""
    clock = time.fromisoformat(f"0{text}" if text[1:2] == ":" else text)
    if clock.tzinfo is not None:
        raise ValidationError(
            entry.at("time_local"),
            lazy_gettext(
                "%(clock)s has an offset; write what the clocks of the place show, such as 15:00, or kickoff_utc",
                clock=repr(text[:40]),
            ),
        )
    return clock
