"""Local times that stay as they are in another time zone.

A game at 14:00 stays at 14:00: times were typed as local times, so a corrected time zone keeps them.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from timely.clock import on_another_clock
from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_gettext
from timely.models import Event, Pitch
from timely.services.errors import RuleBroken


def keep_clock_times(event: Event, timezone: str) -> None:
    """For another time zone of the event. Raises RuleBroken for a time that it skips."""
    old, new = event.zone, ZoneInfo(timezone)

    def moved(moment: datetime) -> datetime:
        return on_another_clock(moment, old, new)

    try:
        for fixture in event.fixtures:
            has_own_clock = fixture.venue_timezone or (fixture.pitch and fixture.pitch.timezone)
            if fixture.start_at and not has_own_clock:
                fixture.start_at = moved(fixture.start_at)
        for announcement in event.announcements:
            if announcement.state == "WAITING":
                announcement.publish_at = moved(announcement.publish_at)
                announcement.expires_at = announcement.expires_at and moved(announcement.expires_at)
    except ValidationError as fault:
        raise _refused(fault) from fault


def keep_clock_times_on(event: Event, pitch: Pitch, old: ZoneInfo, new: ZoneInfo) -> None:
    """For another time zone of one pitch. Raises RuleBroken for a time that it skips."""
    try:
        for fixture in event.fixtures:
            if fixture.pitch_id == pitch.id and fixture.start_at and not fixture.venue_timezone:
                fixture.start_at = on_another_clock(fixture.start_at, old, new)
    except ValidationError as fault:
        raise _refused(fault) from fault


def _refused(fault: ValidationError) -> RuleBroken:
    return RuleBroken(lazy_gettext("A game cannot move there: %(fault)s.", fault=fault.text), field="timezone")
