"""Saves how far each event has come, where its games or a new day have changed it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from timely.database.transactions import writing
from timely.extensions import db
from timely.models import Event
from timely.queries.event_progress import open_events, progress_to_save

SOMEWHERE_MIDNIGHT = 15 * 60  # seconds; every time zone is a multiple of it away from UTC


def update_progress(moment: datetime, event_ids: Collection[int] | None = None) -> int:
    """Updates the progress of these events, else of all that are published or live; returns how many changed."""
    if not progress_to_save(moment, event_ids):
        return 0
    with writing():
        changed = progress_to_save(moment, event_ids)
        for id_, progress in changed.items():
            db.session.get_one(Event, id_).progress = progress
    return len(changed)


class ProgressCheck:
    """Updates the events that have changed since the last run; all of them when a day may have begun somewhere."""

    def __init__(self) -> None:
        self._last_full: tuple[str, int] | None = None
        self._versions: Mapping[str, int] = {}

    def run(self, moment: datetime, epoch: str, versions: Mapping[str, int]) -> int:
        """The number of events whose progress changed. *versions* are those of all topics, *epoch* their database's."""
        full = epoch, int(moment.timestamp()) // SOMEWHERE_MIDNIGHT
        changed = [key for key, version in versions.items() if self._versions.get(key) != version]
        count = 0
        if full != self._last_full:
            count = update_progress(moment)
        elif changed and (event_ids := open_events(changed)):
            count = update_progress(moment, event_ids)
        self._last_full, self._versions = full, versions
        return count
