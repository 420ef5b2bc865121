"""Topics with their versions, and the change log that live messages are built from: a row per changed record."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from timely.models.base import Base

EVENTS = "events"
NOTIFICATIONS = "notifications"
# The topics that belong to no event, and have the same name for all clients; they are made with the database.
GLOBAL_TOPICS = (EVENTS, NOTIFICATIONS)


class Topic(Base):
    """`event_id` is not a foreign key: the topic of a deleted event stays, so that its subscribers learn of it."""

    __tablename__ = "topics"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    event_id: Mapped[int | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)


class Change(Base):
    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_topic_version", "topic", "version"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(80), ForeignKey("topics.key", ondelete="CASCADE"))
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[int]
    action: Mapped[str] = mapped_column(String(12))
