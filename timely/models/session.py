"""Sessions: signed-in browsers. A row lasts as long as its cookie is valid."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from timely.clock import now
from timely.models.base import Base
from timely.models.columns import UtcDateTime


class UserSession(Base):
    """Only the digest of the cookie's random token is stored. `seen_at` is at most a day late."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(always=True), default=now)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime(always=True), default=now, index=True)
