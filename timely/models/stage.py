"""Stages of an event, their groups (one table each), and the entries of teams in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from timely.models.base import Base
from timely.models.columns import Json, Word

if TYPE_CHECKING:
    from timely.models.division import Division
    from timely.models.event import Event

STAGE_NAMES = {"league": "League", "groups": "Groups", "knockout": "Knockout"}


class Stage(Base):
    """`kind` is league (one table), groups (several) or knockout (none).

    `options` holds the format that it was made from (`format`: Format.as_dict()), and how knockout ties are decided.
    """

    __tablename__ = "stages"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(Word(10, tuple(STAGE_NAMES), "league"))
    division_id: Mapped[int | None] = mapped_column(ForeignKey("divisions.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    options: Mapped[dict[str, Any]] = mapped_column(Json(), default=dict)

    event: Mapped[Event] = relationship(back_populates="stages")
    division: Mapped[Division | None] = relationship()
    groups: Mapped[list[Group]] = relationship(
        cascade="all, delete-orphan", order_by="Group.position", back_populates="stage"
    )


class Group(Base):
    """One table. Its name is "" if it is the only one of its stage."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("stage_id", "name"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(40), default="")
    position: Mapped[int] = mapped_column(default=1)

    stage: Mapped[Stage] = relationship(back_populates="groups")
    entries: Mapped[list[Entry]] = relationship(cascade="all, delete-orphan", order_by="Entry.id")

    @property
    def title(self) -> str:
        """The heading: "Group A", "Pool 1", "League"."""
        if not self.name:
            return STAGE_NAMES[self.stage.kind]
        return f"Group {self.name}" if len(self.name) <= 2 else self.name

    @property
    def full_title(self) -> str:
        """The heading with the division, if there is one: "U10 · Group A"."""
        division = self.stage.division
        return f"{division.name} · {self.title}" if division else self.title


class Entry(Base):
    """One team in one group."""

    __tablename__ = "entries"
    __table_args__ = (UniqueConstraint("group_id", "team_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
