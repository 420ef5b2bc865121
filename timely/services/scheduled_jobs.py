"""Scheduled jobs: saves the changes that are due by the clock."""

from datetime import datetime

from sqlalchemy import bindparam, or_, select

from timely.database.transactions import writing
from timely.extensions import db
from timely.models import Announcement, Notification
from timely.models.columns import UtcDateTime
from timely.queries.game_states import states_to_save
from timely.services.game_states import update_states
from timely.services.notifications import update_notification_of

# Built once, for they are asked every second.
_moment = bindparam("moment", type_=UtcDateTime)
_DUE_ANNOUNCEMENTS = select(Announcement.id).where(
    or_(
        (Announcement.state == "WAITING") & (Announcement.publish_at <= _moment),
        (Announcement.state == "CURRENT") & (Announcement.expires_at <= _moment),
    )
)
_OVER_NOTIFICATIONS = select(Notification.id).where(Notification.expires_at <= _moment)
_IS_ANY_DUE = select(_DUE_ANNOUNCEMENTS.union_all(_OVER_NOTIFICATIONS).exists())


def run_due_jobs(moment: datetime) -> int:
    """Runs the jobs that are due at *moment*, and returns the number of records that they changed.

    Publishes and expires announcements, removes notifications that are over, and puts games into the state that they
    have by then: on, late, result awaited.
    """
    if not db.session.scalar(_IS_ANY_DUE, {"moment": moment}) and not states_to_save(moment):
        return 0
    with writing():
        due = db.session.scalars(_DUE_ANNOUNCEMENTS, {"moment": moment})
        announcements = [db.session.get_one(Announcement, id_) for id_ in due]
        for announcement in announcements:
            expired = announcement.expires_at is not None and announcement.expires_at <= moment
            announcement.state = "EXPIRED" if expired else "CURRENT"
            update_notification_of(announcement)
        ended = db.session.scalars(_OVER_NOTIFICATIONS, {"moment": moment})
        over = [db.session.get_one(Notification, id_) for id_ in ended]
        for notification in over:
            db.session.delete(notification)
        judged = update_states(moment)
    return len(announcements) + len(over) + judged
