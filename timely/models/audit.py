"""Audit entries: who changed what, when, and the values before and after."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from timely.clock import now
from timely.models.base import Base
from timely.models.columns import Json, UtcDateTime


class AuditEntry(Base):
    """`event_id` and `fixture_id` are not foreign keys: an entry outlives its subject.

    `changes` holds the rows that were changed (services/undo_journal.py), None if the change cannot be undone.
    `undoes_id` is the entry that this one undid, `undone_by_id` the one that undid this.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_event_id_deed", "event_id", "deed"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime(always=True), default=now)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column("deed", String(40))
    event_id: Mapped[int | None] = mapped_column(index=True)
    fixture_id: Mapped[int | None] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(String(160))
    before: Mapped[dict[str, Any] | None] = mapped_column(Json(optional=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(Json(optional=True))
    reason: Mapped[str] = mapped_column(String(300), default="")
    changes: Mapped[list[dict[str, Any]] | None] = mapped_column(Json(list, optional=True, or_null=True), deferred=True)
    undoes_id: Mapped[int | None]
    undone_by_id: Mapped[int | None]
