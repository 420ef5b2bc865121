"""Progress of events by their games and days, judged by domain/event_states.py."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select

from timely.domain.event_states import Course, progress_at
from timely.extensions import db
from timely.models import Event, Fixture, Topic

OPEN = Fixture.status.in_(("SCHEDULED", "LIVE", "POSTPONED"))
# A postponed game will be played on a day that is not set yet.
NO_DAY = Fixture.status.in_(("SCHEDULED", "LIVE")) & Fixture.start_on.is_(None) | (Fixture.status == "POSTPONED")


IS_OPEN = Event.status.in_(("PUBLISHED", "LIVE"))


def open_events(topics: Collection[str]) -> list[int]:
    """The ids of the events of these topics that are published or live."""
    query = select(Event.id).join(Topic, Topic.event_id == Event.id).where(Topic.key.in_(topics), IS_OPEN)
    return list(db.session.scalars(query.distinct()))


def progress_to_save(moment: datetime, event_ids: Collection[int] | None = None) -> dict[int, str]:
    """{event id: its progress at *moment*} of the events whose saved progress differs; of all, or of these."""
    events = select(Event.id, Event.timezone, Event.starts_on, Event.ends_on, Event.progress)
    events = events.where(IS_OPEN) if event_ids is None else events.where(Event.id.in_(event_ids))
    rows = db.session.execute(events).all()
    games = {
        row[0]: row
        for row in db.session.execute(
            select(
                Fixture.event_id,
                func.max(Fixture.start_on),
                func.sum(case((OPEN, 1), else_=0)),
                func.max(case((OPEN, Fixture.start_on))),
                func.sum(case((NO_DAY, 1), else_=0)),
                func.sum(case((Fixture.status.in_(("LIVE", "FINISHED")), 1), else_=0)),
            )
            .where(Fixture.event_id.in_([row.id for row in rows]))
            .group_by(Fixture.event_id)
        )
    }
    found = {}
    for row in rows:
        today = moment.astimezone(ZoneInfo(row.timezone)).date()
        _, last_game, open_, last_open, no_day, begun = games.get(row.id, (row.id, None, 0, None, 0, 0))
        days = [day for day in (row.ends_on or row.starts_on, last_game) if day is not None]
        to_come = no_day + (1 if last_open is not None and last_open >= today else 0)
        progress = progress_at(today, Course(open_, to_come, begun > 0, max(days, default=None)))
        if progress != row.progress:
            found[row.id] = progress
    return found
