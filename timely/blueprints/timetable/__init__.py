"""The timetable of an event: its hours, laid out, looked at, saved; and a pitch that runs late."""

from timely.blueprints.timetable import late, plans  # noqa: F401  (they add their doors)
from timely.blueprints.timetable.views import bp

__all__ = ["bp"]
