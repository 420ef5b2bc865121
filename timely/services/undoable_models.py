"""Models whose rows are undone with the action that changed them, and the columns that are not."""

from timely.models import (
    Announcement,
    Deduction,
    Division,
    Entry,
    Event,
    Fixture,
    Group,
    Notification,
    Pitch,
    Result,
    Stage,
    Team,
)
from timely.models.base import Base
from timely.models.save_versions import BY_CLOCK

# The classes that belong to an event and are undone with the action that changed them.
KEPT: tuple[type[Base], ...] = (
    Event,
    Division,
    Team,
    Stage,
    Group,
    Entry,
    Pitch,
    Fixture,
    Result,
    Deduction,
    Announcement,
    Notification,
)
CLASSES: dict[str, type[Base]] = {cls.__tablename__: cls for cls in KEPT}
# Neither restored nor compared: save counters of a record, which undoing raises too; states that follow from the clock;
# the key of a private link, which is renewed so that the old one never opens anything again.
UNCOUNTED = frozenset({"version", "access_key"})
NOT_KEPT = {name: UNCOUNTED | BY_CLOCK.get(cls, frozenset()) for name, cls in CLASSES.items()}
