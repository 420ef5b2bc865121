"""Saves how far each event has come, where its games or a new day have changed it."""

from collections.abc import Collection
from datetime import datetime

from timely.database.transactions import writing
from timely.extensions import db
from timely.models import Event
from timely.queries.event_progress import progress_to_save


def update_progress(moment: datetime, event_ids: Collection[int] | None = None) -> int:
    """Updates the progress of these events, else of all that are published or live; returns how many changed."""
    if not progress_to_save(moment, event_ids):
        return 0
    with writing():
        changed = progress_to_save(moment, event_ids)
        for id_, progress in changed.items():
            db.session.get_one(Event, id_).progress = progress
    return len(changed)
