"""Timetable of an event: opening hours, scheduling, preview and saving; and delays of a pitch."""

from timely.blueprints.timetable import late, plans  # noqa: F401  (they add their routes)
from timely.blueprints.timetable.views import bp

__all__ = ["bp"]
