"""Users who can sign in."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from timely.clock import now
from timely.models.base import Base
from timely.models.columns import UtcDateTime
from timely.models.right import Right

ROLES = ("administrator", "organiser", "scorer")


class User(UserMixin, Base):
    """`stamp` is part of the user id in a session: a new stamp signs the user out in every browser.

    `language` is the code that the user has chosen, "" if they never did.
    """

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str] = mapped_column(String(300))
    role: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10), default="")
    active: Mapped[bool] = mapped_column(default=True)
    stamp: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime(always=True), default=now)

    rights: Mapped[list[Right]] = relationship(cascade="all, delete-orphan", back_populates="user")

    def get_id(self) -> str:
        return f"{self.id}.{self.stamp}"

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def is_administrator(self) -> bool:
        return self.role == "administrator"
