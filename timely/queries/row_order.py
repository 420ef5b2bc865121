"""Row order of fixtures, announcements and notifications: as SQL, and as the sort keys by which scripts sort rows."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import case

from timely.models import Announcement, Fixture, Notification
from timely.models.base import table_of
from timely.models.read_only import FixtureView

# JSON values; keys of two rows are compared element by element, the smaller one first. The last element is the id.
SortKey = list[int | str]

URGENT = "urgent"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

_fixture = table_of(Fixture).c
# By day, unknown days last; then by time, unknown times first. For statements of the class and of the table.
FIXTURES = (
    _fixture.start_on.is_(None),
    _fixture.start_on,
    _fixture.start_at.is_not(None),
    _fixture.start_at,
    _fixture.id,
)
# Urgent ones first, then the newest first.
ANNOUNCEMENTS = (
    case((Announcement.priority == URGENT, 0), else_=1),
    Announcement.publish_at.desc(),
    Announcement.id.desc(),
)


def fixture_sort_key(fixture: FixtureView) -> SortKey:
    """The order of `FIXTURES`."""
    # Without an offset, so that a time without a fraction of a second sorts before one that has it.
    start_at = fixture.start_at.astimezone(UTC).replace(tzinfo=None).isoformat() if fixture.start_at else ""
    return [(fixture.start_on or date.max).isoformat(), start_at, fixture.id]


def announcement_sort_key(announcement: Announcement) -> SortKey:
    """The order of `ANNOUNCEMENTS`; times are in microseconds before 1970."""
    before = (LONG_AGO - announcement.publish_at) // timedelta(microseconds=1)
    return [int(announcement.priority != URGENT), before, -announcement.id]


def notification_sort_key(notification: Notification) -> SortKey:
    """Urgent ones first, then the newest first: ids rise with the time, as a notification is never changed."""
    return [int(notification.priority != URGENT), -notification.id]
