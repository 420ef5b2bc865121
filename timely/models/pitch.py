"""A pitch, court, table or lane: where one game fits."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timely.models.base import Base
from timely.models.columns import Zone


class Pitch(Base):
    """`timezone` is "" if the event's time zone applies."""

    __tablename__ = "pitches"
    __table_args__ = (UniqueConstraint("event_id", "name"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    timezone: Mapped[str] = mapped_column(Zone(), default="")
