"""The timetable: when and where the games are played, what breaks it, and what to do when a pitch runs late."""

from timely.domain.timetable.breach import Breach
from timely.domain.timetable.breaches import breaches, breaches_of, new_breaches
from timely.domain.timetable.games import Booking, Game, Hours, Pitch, Side, Spacing
from timely.domain.timetable.layout import Layout, lay_out
from timely.domain.timetable.missing import Missing
from timely.domain.timetable.rounds import Day, Slot, slots
from timely.domain.timetable.settings import DayHours, Settings, read_settings
from timely.domain.timetable.shifts import Move, Shift, shift

__all__ = [
    "Booking",
    "Breach",
    "Day",
    "DayHours",
    "Game",
    "Hours",
    "Layout",
    "Missing",
    "Move",
    "Pitch",
    "Settings",
    "Shift",
    "Side",
    "Slot",
    "Spacing",
    "breaches",
    "breaches_of",
    "lay_out",
    "new_breaches",
    "read_settings",
    "shift",
    "slots",
]
