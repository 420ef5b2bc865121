"""A team of one event."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from timely.models.base import Base


class Team(Base):
    """A team, pair or single player. `members` holds the names of its players, one per line.

    `withdrawn` is "" while it plays, else "withdrawn" or "expelled".
    """

    __tablename__ = "teams"
    __table_args__ = (
        # A name is unique within its division, or among the teams that are in none.
        Index("uq_teams_name", "event_id", text("coalesce(division_id, 0)"), "name", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    colour: Mapped[str] = mapped_column(String(7), default="")
    division_id: Mapped[int | None] = mapped_column(ForeignKey("divisions.id", ondelete="SET NULL"), index=True)
    members: Mapped[str] = mapped_column(Text, default="")
    withdrawn: Mapped[str] = mapped_column(String(10), default="")
