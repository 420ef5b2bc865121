"""State of an event at a moment, from its games, its days and the status that its organiser has set."""

from dataclasses import dataclass
from datetime import date

DRAFT, COMING, NOW, AWAITED, FINISHED, CANCELLED = EVENT_STATES = (
    "DRAFT",
    "COMING",
    "NOW",
    "AWAITED",
    "FINISHED",
    "CANCELLED",
)
# How far an event has come by its games and days alone; "" means not begun.
BEGUN, UNSCORED, OVER = "BEGUN", "UNSCORED", "OVER"


@dataclass(frozen=True, slots=True)
class Course:
    """The facts about an event's games and days.

    *open* counts the games without a final score that were not cancelled; *to_come* those of them that are not in the
    past: on today, on a later day, or without a day. *last_day* is that of the event or of its last game.
    """

    open: int
    to_come: int
    is_begun: bool
    last_day: date | None


def progress_at(today: date, course: Course) -> str:
    """How far the event has come on *today*, which is a day at its place."""
    if course.last_day is not None and course.last_day < today and not course.to_come:
        return UNSCORED if course.open else OVER
    return BEGUN if course.is_begun else ""


def event_state(status: str, progress: str) -> str:
    """One of EVENT_STATES. The organiser's status takes precedence: draft, cancelled, completed."""
    if status in (DRAFT, CANCELLED):
        return status
    if status == "COMPLETED" or progress == OVER:
        return FINISHED
    if progress == UNSCORED:
        return AWAITED
    return NOW if status == "LIVE" or progress == BEGUN else COMING
