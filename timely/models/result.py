"""A result: what came of a fixture."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from timely.clock import now
from timely.domain.scores.stored_details import is_readable
from timely.domain.statuses import RESULT_STATUSES
from timely.models.base import Base
from timely.models.columns import Json, UtcDateTime, Word

if TYPE_CHECKING:
    from timely.models.fixture import Fixture


class Result(Base):
    """A running score is stored here too (`running`); neither it nor an `annulled` result counts in a table.

    `decided` is the side ("home", "away") to which a tie that the game left open was given, `decided_by` how: "lot" or
    "ruling". By a ruling it may be "none": neither goes on.
    """

    __tablename__ = "results"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    fixture_id: Mapped[int] = mapped_column(ForeignKey("fixtures.id", ondelete="CASCADE"), unique=True)
    home_score: Mapped[int]
    away_score: Mapped[int]
    home_pens: Mapped[int | None]
    away_pens: Mapped[int | None]
    extra: Mapped[dict[str, Any]] = mapped_column(Json(is_fit=is_readable), default=dict)
    status: Mapped[str] = mapped_column(Word(10, RESULT_STATUSES, "PENDING"), default="PENDING")
    running: Mapped[bool] = mapped_column(default=False)
    annulled: Mapped[bool] = mapped_column(default=False)
    decided: Mapped[str] = mapped_column(String(4), default="")
    decided_by: Mapped[str] = mapped_column(String(8), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    entered_by: Mapped[str] = mapped_column(String(80), default="")
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime(always=True), default=now)

    fixture: Mapped[Fixture] = relationship(back_populates="result")
