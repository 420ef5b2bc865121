"""Timetable: when and where games are played, what violates it, and how to move games when a pitch runs late."""

from timely.domain.timetable.delay import Move, Shift, shift
from timely.domain.timetable.games import Booking, Game, Hours, Pitch, Side, Spacing
from timely.domain.timetable.rounds import Day, Slot, slots
from timely.domain.timetable.schedule import Schedule, lay_out
from timely.domain.timetable.settings import DayHours, Settings, read_settings
from timely.domain.timetable.unplaced import Unplaced
from timely.domain.timetable.violation import Violation
from timely.domain.timetable.violations import new_violations, violations, violations_of

__all__ = [
    "Booking",
    "Day",
    "DayHours",
    "Game",
    "Hours",
    "Move",
    "Pitch",
    "Schedule",
    "Settings",
    "Shift",
    "Side",
    "Slot",
    "Spacing",
    "Unplaced",
    "Violation",
    "lay_out",
    "new_violations",
    "read_settings",
    "shift",
    "slots",
    "violations",
    "violations_of",
]
