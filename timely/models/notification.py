"""A notification: a line in the header of every page, to everybody or to one user."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from timely.clock import now
from timely.domain.statuses import PRIORITIES
from timely.models.base import Base
from timely.models.columns import Json, UtcDateTime, Word

if TYPE_CHECKING:
    from timely.models.event import Event


class Notification(Base):
    """Shown from its creation until it is deleted, because it was withdrawn or has expired. It is never changed.

    `user_id` is null if it is to everybody. `announcement_id` names the urgent announcement that created it. `words` is
    as that of an announcement.
    """

    __tablename__ = "notifications"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    message: Mapped[str] = mapped_column(Text, default="")
    type: Mapped[str] = mapped_column(String(10), default="info")
    priority: Mapped[str] = mapped_column(Word(6, PRIORITIES, "normal"), default="normal")
    words: Mapped[dict[str, Any] | None] = mapped_column(Json(optional=True))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    announcement_id: Mapped[int | None] = mapped_column(ForeignKey("announcements.id", ondelete="CASCADE"), index=True)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(always=True), default=now)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)

    event: Mapped[Event | None] = relationship(back_populates="notifications")
