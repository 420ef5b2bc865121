"""An announcement to all who follow an event."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from timely.clock import now
from timely.domain.statuses import ANNOUNCEMENT_STATES, ANNOUNCEMENT_TYPES, PRIORITIES
from timely.models.base import Base
from timely.models.columns import Json, UtcDateTime, Word

if TYPE_CHECKING:
    from timely.models.event import Event


class Announcement(Base):
    """Pages go by `state`, never by the time of day: WAITING, CURRENT, EXPIRED or WITHDRAWN.

    `words` has the texts that Timely itself has written (models/stored_words.py); `title` and `message` hold them in
    the event's language, or what somebody has typed. A task that runs once a second saves the next state when
    `publish_at` or `expires_at` has come.
    """

    __tablename__ = "announcements"
    __table_args__ = (Index("ix_announcements_state", "state"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    message: Mapped[str] = mapped_column(Text, default="")
    type: Mapped[str] = mapped_column(Word(10, ANNOUNCEMENT_TYPES, "info"), default="info")
    priority: Mapped[str] = mapped_column(Word(6, PRIORITIES, "normal"), default="normal")
    publish_at: Mapped[datetime] = mapped_column(UtcDateTime(always=True), default=now)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    words: Mapped[dict[str, Any] | None] = mapped_column(Json(optional=True))
    state: Mapped[str] = mapped_column(Word(10, ANNOUNCEMENT_STATES, "WITHDRAWN"), default="CURRENT")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    event: Mapped[Event] = relationship(back_populates="announcements")
