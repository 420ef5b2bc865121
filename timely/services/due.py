"""What happens by the clock: an ordinary save when it is due."""

from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select

from timely.database import writing
from timely.extensions import db
from timely.models import Announcement, Event, Fixture, Notification
from timely.services.notifications import keep_in_step

# A laptop that slept through a kick-off still puts the game on; one that is long past is for the organiser to say.
STILL_STARTING = timedelta(minutes=10)


def do_what_is_due(moment: datetime) -> int:
    """Publishes, expires, and puts games on that are due at *moment*; takes away notifications that are over.

    Returns how many records changed.
    """
    due = _due_announcements(moment).union_all(_due_fixtures(moment), _over_notifications(moment))
    if not db.session.scalar(select(due.exists())):
        return 0
    with writing():
        announcements = [
            db.session.get_one(Announcement, id_) for id_ in db.session.scalars(_due_announcements(moment))
        ]
        for announcement in announcements:
            expired = announcement.expires_at is not None and announcement.expires_at <= moment
            announcement.state = "EXPIRED" if expired else "CURRENT"
            keep_in_step(announcement)
        over = [db.session.get_one(Notification, id_) for id_ in db.session.scalars(_over_notifications(moment))]
        for notification in over:
            db.session.delete(notification)
        fixtures = [db.session.get_one(Fixture, id_) for id_ in db.session.scalars(_due_fixtures(moment))]
        for fixture in fixtures:
            fixture.status = "LIVE"
    return len(announcements) + len(over) + len(fixtures)


def _due_announcements(moment: datetime) -> Select[int]:
    return select(Announcement.id).where(
        or_(
            (Announcement.state == "WAITING") & (Announcement.publish_at <= moment),
            (Announcement.state == "CURRENT") & (Announcement.expires_at <= moment),
        )
    )


def _over_notifications(moment: datetime) -> Select[int]:
    return select(Notification.id).where(Notification.expires_at <= moment)


def _due_fixtures(moment: datetime) -> Select[int]:
    """Games of events that are on, whose time has just come and whose teams are known."""
    return (
        select(Fixture.id)
        .join(Event)
        .where(
            Event.status == "LIVE",
            Fixture.status == "SCHEDULED",
            Fixture.start_at <= moment,
            Fixture.start_at > moment - STILL_STARTING,
            Fixture.home_team_id.is_not(None),
            Fixture.away_team_id.is_not(None),
        )
    )
