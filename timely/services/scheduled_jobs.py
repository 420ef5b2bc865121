"""Scheduled jobs: saves the changes that are due by the clock."""

from datetime import datetime

from sqlalchemy import Select, or_, select

from timely.database.transactions import writing
from timely.extensions import db
from timely.models import Announcement, Notification
from timely.queries.game_states import states_to_save
from timely.services.game_states import update_states
from timely.services.notifications import update_notification_of


def run_due_jobs(moment: datetime) -> int:
    """Runs the jobs that are due at *moment*, and returns the number of records that they changed.

    Publishes and expires announcements, removes notifications that are over, and puts games into the state that they
    have by then: on, late, result awaited.
    """
    due = _due_announcements(moment).union_all(_over_notifications(moment))
    if not db.session.scalar(select(due.exists())) and not states_to_save(moment):
        return 0
    with writing():
        announcements = [
            db.session.get_one(Announcement, id_) for id_ in db.session.scalars(_due_announcements(moment))
        ]
        for announcement in announcements:
            expired = announcement.expires_at is not None and announcement.expires_at <= moment
            announcement.state = "EXPIRED" if expired else "CURRENT"
            update_notification_of(announcement)
        over = [db.session.get_one(Notification, id_) for id_ in db.session.scalars(_over_notifications(moment))]
        for notification in over:
            db.session.delete(notification)
        judged = update_states(moment)
    return len(announcements) + len(over) + judged


def _due_announcements(moment: datetime) -> Select[int]:
    return select(Announcement.id).where(
        or_(
            (Announcement.state == "WAITING") & (Announcement.publish_at <= moment),
            (Announcement.state == "CURRENT") & (Announcement.expires_at <= moment),
        )
    )


def _over_notifications(moment: datetime) -> Select[int]:
    return select(Notification.id).where(Notification.expires_at <= moment)
