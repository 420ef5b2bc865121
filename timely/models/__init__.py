"""SQLAlchemy models, with properties that depend on one record only."""

from timely.models import save_versions as save_versions
from timely.models.announcement import Announcement
from timely.models.audit import AuditEntry
from timely.models.deduction import Deduction
from timely.models.division import Division
from timely.models.event import Event
from timely.models.fixture import Fixture
from timely.models.meta import Meta
from timely.models.notification import Notification
from timely.models.pitch import Pitch
from timely.models.result import Result
from timely.models.right import Right
from timely.models.session import UserSession
from timely.models.stage import Entry, Group, Stage
from timely.models.team import Team
from timely.models.token import Token
from timely.models.topic import Change, Topic
from timely.models.user import User

__all__ = [
    "Announcement",
    "AuditEntry",
    "Change",
    "Deduction",
    "Division",
    "Entry",
    "Event",
    "Fixture",
    "Group",
    "Meta",
    "Notification",
    "Pitch",
    "Result",
    "Right",
    "Stage",
    "Team",
    "Token",
    "Topic",
    "User",
    "UserSession",
]
