"""Rights of organisers and scorers in events, or on one pitch of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from timely.models.base import Base

if TYPE_CHECKING:
    from timely.models.user import User


class Right(Base):
    """An organiser's or a scorer's right in one event; a scorer's may be for one pitch only."""

    __tablename__ = "rights"
    __table_args__ = (UniqueConstraint("user_id", "event_id", "pitch_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    pitch_id: Mapped[int | None] = mapped_column(ForeignKey("pitches.id", ondelete="CASCADE"))

    user: Mapped[User] = relationship(back_populates="rights")
