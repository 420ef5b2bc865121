"""API tokens: each belongs to a user and has that user's rights."""

import hashlib
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from timely.clock import now
from timely.models.base import Base
from timely.models.columns import UtcDateTime
from timely.models.user import User


class Token(Base):
    """Only the digest is stored. A token has 256 random bits, so a plain digest cannot be reversed by search."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(always=True), default=now)

    user: Mapped[User] = relationship()


def digest_of(token: str) -> str:
    """The digest that is stored for a token."""
    return hashlib.sha256(token.encode()).hexdigest()
